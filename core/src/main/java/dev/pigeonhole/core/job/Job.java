package dev.pigeonhole.core.job;

import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.combine.Combiner;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.file.Disk;
import dev.pigeonhole.core.file.RealPath;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One input, one taxonomy, one configuration, run to the end: over several processes if need be. {@link #run} may be called
 * once; {@link #pause} from any thread.
 */
public final class Job {
    private final JobRequest request;
    private final AtomicReference<@Nullable RunControl> control = new AtomicReference<>();
    private volatile @Nullable Asked asked;

    private Job(JobRequest request) {
        this.request = request;
    }

    /** Input, taxonomy, categorizer, checkpoints and output are needed; the rest has defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Runs the job and tells nobody how it goes. */
    public Summary run() {
        return run(event -> {});
    }

    /**
     * Runs the job. Blocks until every row has an outcome and the output is published, or until the job has to wait.
     *
     * @param listener told what happens, in this thread
     * @throws dev.pigeonhole.core.InputException the input cannot be read; nothing was sent
     * @throws dev.pigeonhole.core.ConfigurationException a setting is wrong, or differs from what the job was begun with
     * @throws dev.pigeonhole.core.checkpoint.JobLockedException the job is being run by somebody else
     * @throws dev.pigeonhole.core.StorageException something could not be saved; the job can be resumed
     */
    public Summary run(JobListener listener) {
        Objects.requireNonNull(listener, "listener");
        return new JobRun(request, listener, this::began).run();
    }

    /**
     * Makes the job and does not run it: it is {@link dev.pigeonhole.core.checkpoint.JobState#PAUSED} until it is run by its id.
     * Reads the input to its end.
     *
     * @throws dev.pigeonhole.core.InputException the input cannot be read
     * @throws dev.pigeonhole.core.ConfigurationException a setting is wrong, or the job is there already
     */
    public JobRecord create() {
        return new JobRun(request, event -> {}, running -> {}).create();
    }

    /**
     * Asks the job to stop sending. {@link #run} returns when the calls in flight are recorded. Asking early or twice does no
     * harm.
     *
     * @param message why, in one line; kept with the job
     */
    public void pause(String message) {
        stop(new Asked(PauseReason.USER, message));
    }

    /** Like {@link #pause}, for good: nobody is reminded of the job any more. It can still be taken up again by its id. */
    public void cancel(String message) {
        stop(new Asked(PauseReason.CANCELLED, message));
    }

    private void stop(Asked what) {
        asked = what;
        RunControl running = control.get();
        if (running != null) {
            what.of(running);
        }
    }

    private void began(RunControl running) {
        control.set(running);
        Asked what = asked;
        if (what != null) {
            what.of(running);
        }
    }

    private record Asked(PauseReason reason, String message) {
        void of(RunControl running) {
            running.pause(reason, message);
        }
    }

    /** Collects what a job needs. Not thread-safe; {@link #build} copies, so a builder can make several jobs. */
    public static final class Builder {
        private @Nullable CsvSource input;
        private @Nullable Taxonomy taxonomy;
        private @Nullable Function<? super CsvProfile, ? extends Categorizer> categorizer;
        private @Nullable CheckpointStore checkpoints;
        private @Nullable Path output;
        private String id = "";
        private String name = "";
        private Existing existing = Existing.RESUME;
        private JobSettings settings = JobSettings.defaults();
        private SortedMap<String, String> launch = new TreeMap<>();
        private boolean retryFailed;
        private boolean rebuild;
        private Combiner combiner = Combiner.bytewise();
        private Disk disk = Disk.real();

        private Builder() {}

        public Builder input(CsvSource source) {
            input = source;
            return this;
        }

        public Builder taxonomy(Taxonomy categories) {
            taxonomy = categories;
            return this;
        }

        /** The categorizer; the caller closes it. */
        public Builder categorizer(Categorizer adapter) {
            return categorizer(() -> adapter);
        }

        /** A categorizer made only when it is needed, after the job is known to be free. The caller closes it. */
        public Builder categorizer(Supplier<? extends Categorizer> adapter) {
            return categorizerFor(profile -> adapter.get());
        }

        /**
         * A categorizer made only when it is needed, after the job is known to be free and its input to be the same as ever; from the
         * input's profile, if it learns from the input. The caller closes it.
         */
        public Builder categorizerFor(Function<? super CsvProfile, ? extends Categorizer> adapter) {
            categorizer = adapter;
            return this;
        }

        /** Where progress is kept; the caller closes it. */
        public Builder checkpoints(CheckpointStore store) {
            checkpoints = store;
            return this;
        }

        public Builder output(Path file) {
            output = file;
            return this;
        }

        /** Goes on with the job of this id, instead of looking for one with the same input and output. */
        public Builder id(String jobId) {
            id = jobId;
            return this;
        }

        /** What the user calls the job; jobs of different names are different jobs. */
        public Builder name(String jobName) {
            name = jobName;
            return this;
        }

        public Builder existing(Existing policy) {
            existing = policy;
            return this;
        }

        public Builder settings(JobSettings values) {
            settings = values;
            return this;
        }

        /** How the job was asked for; kept with it, never compared. No secrets. */
        public Builder launch(Map<String, String> values) {
            launch = new TreeMap<>(values);
            return this;
        }

        /** Asks again about the rows that failed, and publishes anew. */
        public Builder retryFailed(boolean retry) {
            retryFailed = retry;
            return this;
        }

        /** Makes the outcomes of a finished job anew from the stored answers, and publishes anew. Makes no call. */
        public Builder rebuild(boolean anew) {
            rebuild = anew;
            return this;
        }

        public Builder combiner(Combiner joiner) {
            combiner = joiner;
            return this;
        }

        /** The file system that results are written to; for tests. */
        public Builder disk(Disk files) {
            disk = files;
            return this;
        }

        /**
         * Makes the job; it does nothing yet.
         *
         * @throws NullPointerException something needed is missing
         */
        public Job build() {
            return new Job(new JobRequest(
                    Objects.requireNonNull(input, "input"),
                    Objects.requireNonNull(taxonomy, "taxonomy"),
                    Objects.requireNonNull(categorizer, "categorizer"),
                    Objects.requireNonNull(checkpoints, "checkpoints"),
                    RealPath.of(Objects.requireNonNull(output, "output")),
                    id,
                    name,
                    existing,
                    settings,
                    new TreeMap<>(launch),
                    retryFailed,
                    rebuild,
                    combiner,
                    disk));
        }
    }
}
