package dev.pigeonhole.core.job;

import dev.pigeonhole.core.PermanentException;
import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.categorize.Assignment;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.checkpoint.StaleLeaseException;
import dev.pigeonhole.core.checkpoint.Tally;
import dev.pigeonhole.core.combine.BatchFileWriter;
import dev.pigeonhole.core.combine.ErrorsFileWriter;
import dev.pigeonhole.core.combine.ResultColumns;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.InputWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a job that is ours and is as it was asked for: from the first row that is left to the summary. */
final class LeasedRun {
    /** Name of the launch value that says whether the output may replace a file. */
    static final String OVERWRITE = "overwrite";

    private static final Logger LOG = LoggerFactory.getLogger(Job.class);

    private final JobRequest request;
    private final JobLease lease;
    private final JobListener listener;
    private final Consumer<RunControl> begins;
    private final InputWatch watch;
    private final long began;
    private final boolean patient;
    private final JobRecord job;
    private final long sentBefore;

    /**
     * @param watch on the input, from before it was looked at
     * @param patient whether the job has not waited for the provider just before
     */
    LeasedRun(
            JobRequest request,
            JobLease lease,
            JobListener listener,
            Consumer<RunControl> begins,
            InputWatch watch,
            long began,
            boolean patient) {
        this.request = request;
        this.lease = lease;
        this.listener = listener;
        this.begins = begins;
        this.watch = watch;
        this.began = began;
        this.patient = patient;
        this.job = lease.job();
        this.sentBefore = lease.ledger().bill().sent();
    }

    /** Asks about all rows that are left, and publishes; or stops on the way, for a reason that is kept. */
    Summary run(Categorizer categorizer) {
        return run(categorizer, begin(categorizer));
    }

    /** The same from the stored answers, without a call. */
    Summary rebuild(Categorizer categorizer) {
        return run(categorizer, Rebuild.withoutCalls(begin(categorizer)));
    }

    private Conversation begin(Categorizer categorizer) {
        boolean told = request.settings().concurrency() > 0;
        return categorizer.begin(new Assignment(
                lease.ledger(), concurrency(categorizer), told, Optional.of(new RowMemory(lease, request.input()))));
    }

    private Summary run(Categorizer categorizer, Conversation conversation) {
        int concurrency = concurrency(categorizer);
        lease.changeState(JobState.RUNNING, null, afterASuddenEnd(categorizer, conversation, concurrency));
        try (conversation;
                BatchFileWriter batchFiles = new BatchFileWriter(
                        lease, request.input(), job.plan().profile(), request.disk(), this::requireSameInput)) {
            wipeTemporaryFiles();
            long before = lease.counts().total();
            listener.on(new JobEvent.Started(lease.job(), before, concurrency));
            notices(job.plan().profile());
            if (request.rebuild()) {
                Rebuild.run(lease, new Answers(conversation, request.taxonomy()));
            }
            RunControl control = new RunControl(conversation);
            begins.accept(control);
            RunContext context = new RunContext(
                    lease, request, categorizer, concurrency, patient, batchFiles, this::requireSameInput, listener);
            Passes passes = new Passes(context, conversation, control);
            return ended(passes.run(), conversation, batchFiles, before);
        } catch (StaleLeaseException e) {
            throw e; // The job belongs to somebody else now; its state is theirs to set.
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    /** Asked before what was read is recorded or published. */
    private void requireSameInput() {
        watch.requireUnchanged(job.plan().profile().sha256());
    }

    /** The summary of a job that is finished already. */
    Summary nothingToDo(JobState state) {
        Tally tally = lease.tally();
        return summary(
                state,
                null,
                "nothing left to do",
                tally,
                null,
                null,
                tally.counts().total());
    }

    private int concurrency(Categorizer categorizer) {
        int asked = request.settings().concurrency();
        int suited = Math.min(JobSettings.MAX_CONCURRENCY, Math.max(1, categorizer.suggestedConcurrency()));
        return asked > 0 ? asked : suited;
    }

    /** Kept while the job runs, for the one who finds it interrupted. */
    private static String afterASuddenEnd(Categorizer categorizer, Conversation conversation, int concurrency) {
        if (categorizer.isFree()) {
            return "answers that were not recorded yet are worked out again, at no cost";
        }
        String inFlight = "up to " + concurrency + " calls were in flight; they are sent again";
        return conversation.lane().isEmpty() ? inFlight : inFlight + ", and batches under way are waited for";
    }

    /** What earlier runs left behind when they ended suddenly. */
    private void wipeTemporaryFiles() {
        try {
            request.disk().wipe(job.directory().resolve("tmp"));
        } catch (IOException e) {
            throw new StorageException("cannot clear " + job.directory().resolve("tmp") + ": " + e.getMessage(), e);
        }
    }

    private void notices(CsvProfile profile) {
        Notices.of(profile).forEach(text -> listener.on(new JobEvent.Notice(text)));
        ResultColumns columns = ResultColumns.of(profile);
        if (!columns.collisions().isEmpty()) {
            listener.on(new JobEvent.Notice("the input has a column " + String.join(", ", columns.collisions())
                    + " already; the result columns are " + String.join(", ", columns.names())));
        }
    }

    /** An interrupt is handed back at the very end: a set flag would close the files that have to be written yet. */
    private Summary ended(Passes.Result result, Conversation conversation, BatchFileWriter batchFiles, long before) {
        try {
            Report.Pause pause = result.pause();
            return pause != null && !result.complete()
                    ? paused(pause, result, conversation, before)
                    : finished(batchFiles, result, conversation, before);
        } finally {
            if (result.interrupted()) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Summary paused(Report.Pause pause, Passes.Result result, Conversation conversation, long before) {
        lease.changeState(JobState.PAUSED, pause.reason(), pause.message());
        return summary(JobState.PAUSED, pause, pause.message(), lease.tally(), result, conversation, before);
    }

    private Summary finished(BatchFileWriter batchFiles, Passes.Result result, Conversation conversation, long before) {
        Tally tally = publisher(batchFiles).publish();
        JobState state = tally.counts().failed() == 0 ? JobState.COMPLETED : JobState.COMPLETED_WITH_FAILURES;
        Summary summary = summary(state, null, "", tally, result, conversation, before);
        lease.changeState(state, null, "");
        return summary;
    }

    private OutputPublisher publisher(BatchFileWriter batchFiles) {
        ErrorsFileWriter errors =
                new ErrorsFileWriter(lease, request.input(), job.plan().profile(), request.disk());
        return new OutputPublisher(
                lease,
                batchFiles,
                errors,
                request.combiner(),
                this::requireSameInput,
                request.disk(),
                request.settings().outputBom(),
                mayOverwrite(job));
    }

    /** Only what was there before the job may be replaced unseen, not what was made of its output since. */
    static boolean mayOverwrite(JobRecord job) {
        return job.output().isEmpty()
                && Boolean.parseBoolean(job.plan().launch().get(OVERWRITE));
    }

    /** Keeps the reason with the job, as far as the store still takes it, and hands the exception on. */
    private RuntimeException failed(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof PigeonholeException) {
            LOG.error("job failed job={} message={}", job.id(), message);
        } else {
            LOG.error("job failed job={}", job.id(), e);
        }
        try {
            lease.changeState(JobState.FAILED, null, message);
        } catch (PermanentException again) {
            e.addSuppressed(again);
        }
        return e;
    }

    private Summary summary(
            JobState state,
            Report.@Nullable Pause pause,
            String message,
            Tally tally,
            Passes.@Nullable Result result,
            @Nullable Conversation conversation,
            long before) {
        Path errors = ErrorsFileWriter.file(job.directory());
        return new Summary(
                job.id(),
                state,
                Optional.ofNullable(pause).map(Report.Pause::reason),
                message,
                job.plan().profile().rows(),
                tally,
                batches(),
                before,
                calls(result),
                result == null ? 0 : result.retries(),
                lease.ledger().bill(),
                Duration.ofNanos(System.nanoTime() - began),
                state.isFinished() ? Optional.of(job.plan().output()) : Optional.empty(),
                state.isFinished() && Files.exists(errors) ? Optional.of(errors) : Optional.empty(),
                job.directory(),
                result == null ? Optional.empty() : result.shortlist(),
                conversation == null ? Optional.empty() : conversation.agreement(),
                conversation == null ? Optional.empty() : conversation.sentinels());
    }

    /** Calls that were really sent, where they are counted. */
    private long calls(Passes.@Nullable Result result) {
        if (result == null) {
            return 0;
        }
        long sent = lease.ledger().bill().sent();
        return sent == 0 ? result.calls() : sent - sentBefore;
    }

    private long batches() {
        long[] batches = {0};
        lease.forEachBatch(batch -> batches[0]++);
        return batches[0];
    }
}
