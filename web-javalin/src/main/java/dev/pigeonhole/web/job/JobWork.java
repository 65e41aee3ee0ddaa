package dev.pigeonhole.web.job;

import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import dev.pigeonhole.core.categorize.InputTexts;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.job.Job;
import dev.pigeonhole.workspace.InputSample;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.LaunchCheck;
import dev.pigeonhole.workspace.Providers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Wires jobs of the engine, as the command line does. Thread-safe. */
final class JobWork {
    private final Path workspace;
    private final CheckpointStore store;
    private final Clock clock;

    JobWork(Path workspace, CheckpointStore store, Clock clock) {
        this.workspace = workspace;
        this.store = store;
        this.clock = clock;
    }

    /** Makes a job that does not run yet. Calls nobody, and needs no key. */
    JobRecord create(JobOptions options, String name, SortedMap<String, String> extraLaunch) {
        Taxonomy taxonomy = LaunchCheck.requireUsable(options, workspace);
        SortedMap<String, String> launch = new TreeMap<>(extraLaunch);
        launch.putAll(options.toMap());
        CsvSource source = options.source();
        try (Opened reader = new Opened(profile -> Providers.forJob(options, profile, taxonomy, event -> {})
                .readerFor(InputSample.of(source, profile), taxonomy, options.providerOptions()))) {
            return options.job(store, taxonomy)
                    .name(name)
                    .launch(launch)
                    .categorizerFor(reader::open)
                    .build()
                    .create();
        }
    }

    /** Runs a job in this thread until it is done or has to wait. */
    void run(LiveJob live, JobOptions options, Purpose purpose) {
        Taxonomy taxonomy = LaunchCheck.requireUsable(options, workspace);
        CsvSource source = options.source();
        try (Opened categorizer = new Opened(profile -> {
            CategorizerProvider provider = Providers.forJob(options, profile, taxonomy, live);
            InputTexts texts = InputSample.of(source, profile);
            return purpose == Purpose.PUBLISH
                    ? provider.readerFor(texts, taxonomy, options.providerOptions())
                    : provider.createFor(texts, taxonomy, options.providerOptions());
        })) {
            Job job = options.job(store, taxonomy)
                    .id(live.id())
                    .retryFailed(purpose == Purpose.RETRY)
                    .categorizerFor(categorizer::open)
                    .build();
            live.runs(job);
            job.run(live);
        }
    }

    /**
     * Lets a job wait that nobody works on.
     *
     * @return the job; finished, and as it was, if another process has brought it to its end meanwhile
     */
    JobRecord putToRest(String id, PauseReason reason, String message) {
        Holder holder = new Holder(ProcessHandle.current().pid(), "this machine", clock.instant());
        try (JobLease lease = store.acquire(id, holder)) {
            JobRecord before = lease.before();
            if (before.state().isFinished()) {
                lease.changeState(before.state(), null, before.message());
            } else {
                lease.changeState(JobState.PAUSED, reason, message);
            }
            return lease.job();
        }
    }

    /** A categorizer that is made when it is needed, and closed if it was. */
    private static final class Opened implements AutoCloseable {
        private final Function<CsvProfile, Categorizer> maker;
        private final Deque<Categorizer> opened = new ArrayDeque<>();

        Opened(Function<CsvProfile, Categorizer> maker) {
            this.maker = maker;
        }

        Categorizer open(CsvProfile profile) {
            opened.push(maker.apply(profile));
            return opened.element();
        }

        @Override
        public void close() {
            opened.forEach(Categorizer::close);
        }
    }
}
