package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.web.job.JobDesk;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.Providers;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes jobs of drafts: of each draft at most one. Thread-safe. */
final class Launch {
    /** A job that has begun, and how the API shows it. */
    record Started(String job, Map<String, @Nullable Object> view) {}

    private static final int MOST_KEY = 200;

    private final Drafts drafts;
    private final DraftFolders folders;
    private final Recipes recipes;
    private final Estimates estimates;
    private final Trials trials;
    private final CheckpointStore store;
    private final LostJobs lost;
    private final JobDesk jobs;

    Launch(
            Drafts drafts,
            DraftFolders folders,
            Recipes recipes,
            Estimates estimates,
            Trials trials,
            CheckpointStore store,
            LostJobs lost,
            JobDesk jobs) {
        this.drafts = drafts;
        this.folders = folders;
        this.recipes = recipes;
        this.estimates = estimates;
        this.trials = trials;
        this.store = store;
        this.lost = lost;
        this.jobs = jobs;
    }

    /** @param key the same key gives the same job; empty for none */
    Started start(String id, String key) {
        if (key.length() > MOST_KEY) {
            throw new ProblemException(
                    Problem.of(ProblemType.MALFORMED, "an idempotency key has at most " + MOST_KEY + " characters"));
        }
        String job = drafts.locked(id, draft -> started(draft, key));
        return new Started(job, jobs.view(job));
    }

    private String started(Draft seen, String key) {
        if (seen.isJob() && !key.isEmpty() && key.equals(seen.startKey())) {
            goOn(seen.job());
            return seen.job();
        }
        Draft draft = drafts.settled(seen);
        if (draft.isJob() && lost.waits(draft.job())) {
            drafts.save(draft.withJob(draft.job(), key));
            goOn(draft.job());
            return draft.job();
        }
        Drafts.requireOpen(draft);
        return begin(recipes.of(draft), key);
    }

    /** A job that the draft had lost, or that found no place, has never run. What somebody has stopped stays so. */
    private void goOn(String job) {
        if (lost.waits(job)) {
            if (store.find(job).filter(Launch::isIdle).isPresent()) {
                jobs.resume(job, Optional.empty());
            }
            lost.goesOn(job);
        }
    }

    private static boolean isIdle(JobRecord job) {
        return job.state() == JobState.INTERRUPTED
                || (job.state() == JobState.PAUSED && job.reason().isEmpty());
    }

    /** The draft knows its job before that can cost anything. */
    private String begin(Recipe recipe, String key) {
        requireKey(recipe);
        Draft draft = recipe.draft();
        trials.requireEnded(draft.id(), "the job begins", "start in a moment");
        SortedMap<String, String> launch = new TreeMap<>();
        launch.put(Likeness.DRAFT, draft.id());
        DraftFile file = draft.file();
        put(launch, Likeness.FILE, file == null ? null : file.name());
        put(launch, Likeness.ID_COLUMN, draft.columns().id());
        put(launch, JobOptions.TRUTH_COLUMN, draft.columns().truth());
        estimates.of(recipe).forecast().ifPresent(cost -> launch.putAll(cost.toMap()));
        folders.write(draft.id(), Recipe.CATEGORIES, CategoryFile.write(recipe.taxonomy()));
        boolean known = false;
        try {
            String job = jobs.begin(recipe.options(), draft.settings().name(), launch, made -> {
                drafts.save(draft.withJob(made, key));
                lost.foundAgain(made);
            });
            lost.goesOn(job);
            known = true;
            return job;
        } finally {
            if (!known) {
                lost.doubt(draft.id());
            }
        }
    }

    private static void put(SortedMap<String, String> launch, String key, @Nullable String value) {
        if (value != null) {
            launch.put(key, value);
        }
    }

    /**
     * Whoever is paid wants a key: better told now than by a job that cannot begin.
     *
     * @throws dev.pigeonhole.core.MissingKeyException there is none
     */
    static void requireKey(Recipe recipe) {
        JobOptions options = recipe.options();
        if (recipe.draft().settings().asksModel()) {
            Providers.named(options.provider())
                    .create(recipe.taxonomy(), options.providerOptions())
                    .close();
        }
    }
}
