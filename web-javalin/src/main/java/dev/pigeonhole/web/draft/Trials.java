package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.Sample;
import dev.pigeonhole.workspace.quote.Measurements;
import dev.pigeonhole.workspace.quote.TrialMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trials of drafts: each in a thread of its own, the last of each draft kept with it. Thread-safe. */
final class Trials implements AutoCloseable {
    static final int MOST_ROWS = 1_000;
    static final int USUAL_ROWS = 25;

    private static final Logger LOG = LoggerFactory.getLogger(Trials.class);
    private static final String FILE = "trial.json";
    private static final String FILES = "files";
    private static final int AT_ONCE = 2;
    private static final long SEED = 1;

    private record Running(TrialRun run, Thread thread) {}

    private final TrialFolder trials;
    private final DraftFolders folders;
    private final CheckpointStore store;
    private final Estimates estimates;
    private final Measurements measured;
    private final Json json;
    private final Clock clock;
    private final Supplier<String> names;
    private final Duration patience;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param patience calls in flight are waited for so long when a trial is to end */
    Trials(
            TrialFolder trials,
            DraftFolders folders,
            CheckpointStore store,
            Estimates estimates,
            Measurements measured,
            Json json,
            Clock clock,
            Supplier<String> names,
            Duration patience) {
        this.trials = trials;
        this.folders = folders;
        this.store = store;
        this.estimates = estimates;
        this.measured = measured;
        this.json = json;
        this.clock = clock;
        this.names = names;
        this.patience = patience;
    }

    /**
     * Begins a trial.
     *
     * @param rows from 1 to {@value #MOST_ROWS}
     * @throws ProblemException this draft has one already, or there are too many
     */
    Map<String, @Nullable Object> begin(Recipe recipe, int rows) {
        String id = recipe.draft().id();
        if (running.containsKey(id)) {
            throw new ProblemException(
                    Problem.of(ProblemType.DRAFT_CONFLICT, "a trial of this draft is running; wait for its end"));
        } else if (closed || !places.tryAcquire()) {
            throw new ProblemException(Problem.of(
                    ProblemType.TOO_MANY, AT_ONCE + " trials are running already; try again when one has ended"));
        }
        String files = TrialFolder.PREFIX + names.get();
        boolean handedOver = false;
        try {
            TrialRun run = prepare(recipe, rows, files);
            forget(id);
            keep(id, files, run.running());
            Thread thread = new Thread(() -> work(id, run), "trial-" + id);
            running.put(id, new Running(run, thread));
            thread.start();
            handedOver = true;
            return shown(run.running(), recipe.key());
        } finally {
            if (!handedOver) {
                running.remove(id);
                places.release();
                trials.remove(files);
            }
        }
    }

    private TrialRun prepare(Recipe recipe, int rows, String name) {
        List<CsvItem> sample = Sample.of(recipe.source(), recipe.profile(), rows, SEED);
        if (sample.isEmpty()) {
            throw new ProblemException(Problem.of(
                    ProblemType.DRAFT_CONFLICT, "no row has a text in the chosen columns, so there is nothing to try"));
        }
        folders.write(recipe.draft().id(), Recipe.CATEGORIES, CategoryFile.write(recipe.taxonomy()));
        JobOptions options = trials.write(name, sample).optionsLike(recipe.options());
        return new TrialRun(
                recipe,
                name,
                options,
                sample,
                store,
                estimates.of(recipe).line(),
                TrialMeter.of(store, recipe.options(), options, recipe.taxonomy(), sample, clock),
                measured,
                clock.instant());
    }

    private void work(String id, TrialRun run) {
        try {
            keep(id, run.files(), run.run(() -> keep(id, run.files(), run.running())));
        } catch (RuntimeException e) {
            LOG.error("unexpected, in the trial of draft={}", id, e);
            keep(id, run.files(), run.state(TrialState.FAILED, Faults.UNEXPECTED));
        } finally {
            estimates.forget();
            running.remove(id);
            places.release();
        }
    }

    /** A draft that was deleted meanwhile has no place for it any more. */
    private void keep(String id, String files, TrialState state) {
        if (folders.isThere(id)) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("version", 1);
            map.put("key", state.key());
            map.put("job", state.jobId());
            map.put(FILES, files);
            map.put("trial", state.toMap());
            folders.write(id, FILE, json.write(map));
        }
    }

    /** The last trial of a draft; empty if there was none. */
    Optional<Map<String, @Nullable Object>> last(String id, String key) {
        Running now = running.get(id);
        return now == null
                ? folders.read(id, FILE).map(text -> kept(id, text, key))
                : Optional.of(shown(now.run().running(), key));
    }

    private Map<String, @Nullable Object> kept(String id, String text, String key) {
        Map<?, ?> file = json.read(text, Map.class);
        Map<String, @Nullable Object> trial = new LinkedHashMap<>();
        if (file.get("trial") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> trial.put(String.valueOf(name), value));
        }
        if (TrialState.RUNNING.equals(trial.get("state"))) {
            trial.put("state", TrialState.FAILED);
            trial.put("problem", Faults.STOPPED.toMap(TrialRun.instance(id)));
        }
        trial.put("stale", !key.equals(file.get("key")));
        return trial;
    }

    private static Map<String, @Nullable Object> shown(TrialState state, String key) {
        Map<String, @Nullable Object> map = state.toMap();
        map.put("stale", !state.key().equals(key));
        return map;
    }

    /** What the last trial measured for the whole file; empty if there was none of just this recipe. */
    Optional<Object> measured(Recipe recipe) {
        return last(recipe.draft().id(), recipe.key())
                .filter(trial -> Boolean.FALSE.equals(trial.get("stale")))
                .filter(trial -> TrialState.DONE.equals(trial.get("state")))
                .map(trial -> trial.get("fileCost"));
    }

    /** Removes the last trial of a draft, with the rows that it copied; the answers that were paid for stay known. */
    void forget(String id) {
        filesOf(id).ifPresent(trials::remove);
        folders.delete(id, FILE);
    }

    /** What the files of the last trial of a draft are called; empty if there are none. */
    private Optional<String> filesOf(String id) {
        return folders.read(id, FILE)
                .map(text -> json.read(text, Map.class))
                .flatMap(map -> map.containsKey(FILES)
                        ? Optional.of(String.valueOf(map.get(FILES)))
                        : trials.filesOf(String.valueOf(map.get("job"))));
    }

    /** Removes what trials have left of which no draft knows: each was ended by the end of its process. Before the first trial. */
    void sweep() {
        if (trials.isThere()) {
            trials.removeAllBut(
                    folders.ids().stream().flatMap(id -> readable(id).stream()).collect(Collectors.toSet()));
        }
    }

    /** A damaged file must not keep the server from starting. */
    private Optional<String> readable(String id) {
        try {
            return filesOf(id);
        } catch (ProblemException e) {
            LOG.warn("the trial of draft={} cannot be read: {}", id, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Asks the trial of a draft to end, and waits for that a while: what it is still asking would be asked and paid for again.
     *
     * @param then what the person can do if it takes longer
     * @throws ProblemException it has not ended yet
     */
    void requireEnded(String id, String why, String then) {
        Running now = running.get(id);
        if (now == null) {
            return;
        }
        now.run().stop(why);
        await(now.thread());
        if (now.thread().isAlive()) {
            throw new ProblemException(Problem.of(
                    ProblemType.DRAFT_CONFLICT, "the trial is ending, its last calls are being answered; " + then));
        }
    }

    /** Stops all. */
    @Override
    public void close() {
        closed = true;
        List<Running> all = new ArrayList<>(running.values());
        all.forEach(each -> each.run().stop("the server was stopped"));
        all.forEach(each -> await(each.thread()));
    }

    private void await(Thread thread) {
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
