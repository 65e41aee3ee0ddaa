package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.quote.Measurements;
import dev.pigeonhole.workspace.quote.Quote;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Counts what drafts would take, and remembers the last counts. Calls nobody. Thread-safe. */
final class Estimates {
    private static final int MOST = 24;
    private static final int AT_ONCE = 4;

    private final CheckpointStore store;
    private final Measurements measured;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Map<String, Counted> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Counted> eldest) {
            return size() > MOST;
        }
    };

    Estimates(CheckpointStore store, Measurements measured) {
        this.store = store;
        this.measured = measured;
    }

    /**
     * Reads the input to its end, unless that was done before.
     *
     * @throws ProblemException too many are being counted
     */
    Counted of(Recipe recipe) {
        synchronized (known) {
            Counted before = known.get(recipe.key());
            if (before != null) {
                return before;
            }
        }
        Counted counted = counted(recipe, List.of());
        synchronized (known) {
            known.put(recipe.key(), counted);
        }
        return counted;
    }

    /** Answers have become known since: the next count begins anew. */
    void forget() {
        synchronized (known) {
            known.clear();
        }
    }

    /** Of several models side by side; not remembered, because it is asked for on purpose. */
    Counted of(Recipe recipe, List<String> models) {
        return models.isEmpty() ? of(recipe) : counted(recipe, models);
    }

    private Counted counted(Recipe recipe, List<String> models) {
        if (!places.tryAcquire()) {
            throw new ProblemException(Problem.of(
                    ProblemType.TOO_MANY, AT_ONCE + " files are being counted already; try again in a moment"));
        }
        try {
            JobOptions options = recipe.options();
            return Counted.of(Quote.of(store, options, recipe.profile(), recipe.taxonomy(), measured, models), options);
        } finally {
            places.release();
        }
    }
}
