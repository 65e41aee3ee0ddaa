package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.categorize.Estimator;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import dev.pigeonhole.workspace.InputCount;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.Providers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Counts what drafts would take, and remembers the last counts. Calls nobody. Thread-safe. */
final class Estimates {
    private static final int MOST = 24;
    private static final int AT_ONCE = 4;

    private final CheckpointStore store;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Map<String, Counted> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Counted> eldest) {
            return size() > MOST;
        }
    };

    Estimates(CheckpointStore store) {
        this.store = store;
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
        if (!places.tryAcquire()) {
            throw new ProblemException(Problem.of(
                    ProblemType.TOO_MANY, AT_ONCE + " files are being counted already; try again in a moment"));
        }
        try {
            Counted counted = Counted.of(count(recipe));
            synchronized (known) {
                known.put(recipe.key(), counted);
            }
            return counted;
        } finally {
            places.release();
        }
    }

    /** Answers have become known since: the next count begins anew. */
    void forget() {
        synchronized (known) {
            known.clear();
        }
    }

    private InputCount count(Recipe recipe) {
        JobOptions options = recipe.options();
        Optional<Estimator> estimator =
                Providers.named(options.provider()).estimator(recipe.taxonomy(), options.providerOptions());
        return estimator.isPresent()
                ? InputCount.of(
                        recipe.source(),
                        recipe.profile(),
                        options.settings(),
                        store,
                        recipe.taxonomy(),
                        estimator.get())
                : InputCount.of(recipe.source(), recipe.profile(), options.settings(), store);
    }
}
