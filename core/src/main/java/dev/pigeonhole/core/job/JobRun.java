package dev.pigeonhole.core.job;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobLockedException;
import dev.pigeonhole.core.checkpoint.JobPlan;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.InputWatch;
import dev.pigeonhole.core.ledger.Bill;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One run of a job, from finding it to its summary. */
final class JobRun {
    private final JobRequest request;
    private final JobListener listener;
    private final Consumer<RunControl> begins;
    private final CheckpointStore store;
    private final InputWatch watch;
    private final long began = System.nanoTime();

    JobRun(JobRequest request, JobListener listener, Consumer<RunControl> begins) {
        this.request = request;
        this.listener = listener;
        this.begins = begins;
        this.store = request.store();
        this.watch = InputWatch.of(request.inputFile());
    }

    Summary run() {
        Summary summary = withLease();
        listener.on(new JobEvent.Ended(summary));
        return summary;
    }

    private Summary withLease() {
        Optional<JobRecord> known = known();
        if (known.isPresent() && request.existing() == Existing.FAIL) {
            throw new ConfigurationException("job " + known.get().id() + " is there already for this input and output ("
                    + known.get().state().name().toLowerCase(Locale.ROOT) + "); --existing resume goes on with it");
        }
        if (known.isPresent() && request.existing() == Existing.RESUME) {
            return goOn(known.get());
        }
        return begin();
    }

    private Optional<JobRecord> known() {
        JobFinder finder = new JobFinder(store);
        return request.id().isEmpty()
                ? finder.same(request.name(), request.inputFile(), request.output())
                : Optional.of(finder.byId(request.id()));
    }

    // ---- a new job

    private Summary begin() {
        Made made = make();
        try (JobLease lease = store.acquire(made.job().id(), holder())) {
            return leased(lease, true).run(made.categorizer());
        }
    }

    private record Made(JobRecord job, Categorizer categorizer) {}

    /** Everything of a new job but its run. */
    JobRecord create() {
        Optional<JobRecord> known = known();
        if (known.isPresent() && request.existing() != Existing.NEW) {
            throw new ConfigurationException("job " + known.get().id() + " is there already for this input and output");
        }
        return make().job();
    }

    private Made make() {
        boolean overwrite = request.existing() == Existing.NEW;
        OutputCheck.requireUsable(request, overwrite);
        CsvProfile profile = request.input().scan();
        OutputCheck.requireSpace(request.output(), profile);
        Categorizer categorizer = request.categorizer().apply(profile);
        SortedMap<String, String> launch = new TreeMap<>(request.launch());
        launch.put(LeasedRun.OVERWRITE, Boolean.toString(overwrite));
        JobPlan plan = new JobPlan(
                request.name(),
                request.inputFile(),
                request.output(),
                request.comparableSettings(categorizer.fingerprint(), profile.sha256()),
                launch,
                request.taxonomy().names(),
                profile);
        JobRecord job =
                overwrite ? store.create(plan) : store.createUnlessThere(plan).orElseThrow(this::begunMeanwhile);
        return new Made(job, categorizer);
    }

    /** Somebody else has asked for the same at the same moment. */
    private JobLockedException begunMeanwhile() {
        Optional<JobRecord> theirs = known();
        return new JobLockedException(
                theirs.map(JobRecord::id).orElse("for this input and output"),
                theirs.flatMap(JobRecord::holder).orElse(null));
    }

    // ---- a job that is there

    private Summary goOn(JobRecord job) {
        try (JobLease lease = store.acquire(job.id(), holder())) {
            Categorizer categorizer = check(job, lease);
            if (job.state() == JobState.INTERRUPTED) {
                listener.on(new JobEvent.Notice("the last run of this job ended without a word"
                        + (job.message().isEmpty() ? "" : "; " + job.message())
                        + mayBeBilled(lease.ledger().bill())));
            }
            boolean patient = job.reason()
                    .filter(reason -> reason == PauseReason.PROVIDER_UNAVAILABLE)
                    .isEmpty();
            long changed = lease.applyReviews();
            if (changed > 0) {
                listener.on(new JobEvent.Notice(changed + " rows are as people said"));
            }
            if (request.rebuild()) {
                return leased(lease, patient).rebuild(categorizer);
            } else if (request.retryFailed()) {
                reopen(lease);
            } else if (changed == 0
                    && job.state().isFinished()
                    && OutputPublisher.standing(job) == OutputPublisher.Standing.OURS) {
                lease.changeState(job.state(), null, job.message());
                return leased(lease, patient).nothingToDo(job.state());
            }
            return leased(lease, patient).run(categorizer);
        }
    }

    private static String mayBeBilled(Bill bill) {
        return bill.unanswered() == 0
                ? ""
                : "; up to " + bill.unanswered() + " calls of this job may be billed although no answer came";
    }

    /** Refuses what would not be the same job; a refused job stays as it was. */
    private Categorizer check(JobRecord job, JobLease lease) {
        try {
            requireOutputIsFree(job, lease);
            String input = request.input().sha256();
            SettingsCheck.requireSameInput(job.id(), job.plan().profile().sha256(), input);
            Categorizer categorizer = request.categorizer().apply(job.plan().profile());
            SettingsCheck.requireSame(
                    job.id(), job.plan().settings(), request.comparableSettings(categorizer.fingerprint(), input));
            if (request.rebuild()) {
                Rebuild.requirePossible(lease, job.state().isFinished());
            }
            return categorizer;
        } catch (ConfigurationException | InputException e) {
            restore(lease, job);
            throw e;
        }
    }

    /** Looked at before the first call, not only when everything is paid for. */
    private static void requireOutputIsFree(JobRecord job, JobLease lease) {
        boolean mayReplace = !job.state().isFinished() && LeasedRun.mayOverwrite(job);
        // With no row left, it may be ours: moved into place just before a sudden end. The publisher knows.
        boolean mayBeOurs = !job.state().isFinished()
                && lease.counts().total() == job.plan().profile().rows();
        if (!mayReplace && !mayBeOurs && OutputPublisher.standing(job) == OutputPublisher.Standing.FOREIGN) {
            throw new ConfigurationException("the output " + job.plan().output() + " was changed since job " + job.id()
                    + " wrote it, or was written by something else; move it away to go on with the job, or begin a new"
                    + " one with --existing new");
        }
    }

    private void reopen(JobLease lease) {
        long rows = lease.reopenFailures();
        listener.on(new JobEvent.Notice(
                rows == 0 ? "no failed row can be asked again" : rows + " failed rows are asked again"));
    }

    private static void restore(JobLease lease, JobRecord job) {
        // An interrupted one stays "running", held by nobody: so it is seen as interrupted again.
        JobState state = job.state() == JobState.INTERRUPTED ? JobState.RUNNING : job.state();
        lease.changeState(state, job.reason().orElse(null), job.message());
    }

    private LeasedRun leased(JobLease lease, boolean patient) {
        return new LeasedRun(request, lease, listener, begins, watch, began, patient);
    }

    private static Holder holder() {
        return new Holder(ProcessHandle.current().pid(), hostName(), Instant.now());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown host"; // The name is for people only.
        }
    }
}
