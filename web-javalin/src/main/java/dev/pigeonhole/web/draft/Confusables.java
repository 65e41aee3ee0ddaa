package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.Digest;
import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.RankerProvider;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import dev.pigeonhole.workspace.ConfusionForecast;
import dev.pigeonhole.workspace.LintNote;
import dev.pigeonhole.workspace.LintSample;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries the categories of drafts on some of their rows, to foretell which will be confused, and remembers the last results. Takes
 * seconds with hundreds of categories, so it is asked for by itself and never while a draft is saved. Thread-safe.
 */
final class Confusables {
    /** Enough to see what is near to what; with labels more are needed to see it of each pair. */
    private static final int ROWS = 400;

    private static final int LABELLED_ROWS = 1_000;
    private static final long SEED = 1;
    private static final int MOST = 24;
    /** Each takes a processor for itself. */
    private static final int AT_ONCE = 2;

    private final Optional<RankerProvider> rankers;
    private final Json json;
    private final Duration patience;
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final Map<String, FutureTask<ConfusionForecast>> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FutureTask<ConfusionForecast>> eldest) {
            return size() > MOST;
        }
    };

    /**
     * Nothing is foretold yet.
     *
     * @param rankers empty if none is on the class path: then nothing ever is
     * @param patience a place is waited for so long
     */
    Confusables(Optional<RankerProvider> rankers, Json json, Duration patience) {
        this.rankers = rankers;
        this.json = json;
        this.patience = patience;
    }

    /**
     * What will be confused in a draft. The same is looked at once, whoever asks meanwhile.
     *
     * @param inspected null if there is no file
     * @param source its file, if there is one
     * @throws ProblemException too many drafts are being looked at
     */
    Map<String, @Nullable Object> of(Draft draft, @Nullable Inspected inspected, Optional<CsvSource> source) {
        if (rankers.isEmpty() || draft.categories().isEmpty()) {
            return toMap(new ConfusionForecast(List.of(), 0, 0, 0));
        }
        RankerProvider provider = rankers.get();
        String key = key(draft);
        FutureTask<ConfusionForecast> task;
        synchronized (known) {
            task = known.computeIfAbsent(
                    key, k -> new FutureTask<>(() -> inPlace(() -> forecast(provider, draft, inspected, source))));
        }
        task.run();
        return toMap(result(key, task));
    }

    private ConfusionForecast inPlace(Supplier<ConfusionForecast> look) throws InterruptedException {
        if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ProblemException(Problem.of(
                    ProblemType.TOO_MANY, AT_ONCE + " drafts are being looked at already; try again in a moment"));
        }
        try {
            return look.get();
        } finally {
            places.release();
        }
    }

    private ConfusionForecast result(String key, FutureTask<ConfusionForecast> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            synchronized (known) {
                known.remove(key, task);
            }
            if (e.getCause() instanceof PigeonholeException told) {
                throw told;
            }
            throw new IllegalStateException("a look at categories has failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while categories were looked at", e);
        }
    }

    private static ConfusionForecast forecast(
            RankerProvider rankers, Draft draft, @Nullable Inspected inspected, Optional<CsvSource> source) {
        Taxonomy taxonomy = draft.categories().taxonomy();
        if (source.isPresent()
                && inspected instanceof Inspected.Found found
                && !draft.columns().text().isEmpty()
                && found.takes(draft.columns().text())) {
            CsvProfile profile = found.inspection().profile();
            return ConfusionForecast.of(rankers, taxonomy, sample(draft, source.get(), profile));
        }
        return ConfusionForecast.of(rankers, taxonomy);
    }

    private static LintSample sample(Draft draft, CsvSource source, CsvProfile profile) {
        String truth = draft.columns().truth();
        return truth == null || draft.columns().text().contains(truth)
                ? LintSample.of(source, profile, ROWS, SEED)
                : LintSample.labelled(source, profile, truth, LABELLED_ROWS, SEED);
    }

    /** Changes with all that a forecast depends on. */
    private String key(Draft draft) {
        DraftFile file = draft.file();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", file == null ? "" : file.toKeep());
        map.put("reading", draft.reading().toMap());
        map.put("columns", draft.columns().toMap());
        map.put("categories", draft.categories().toMap());
        return Digest.sha256(json.write(map));
    }

    private static Map<String, @Nullable Object> toMap(ConfusionForecast forecast) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("rows", forecast.rows());
        map.put("judged", forecast.judged());
        map.put("right", forecast.right());
        map.put("notes", forecast.notes().stream().map(LintNote::toMap).toList());
        return map;
    }
}
