package dev.pigeonhole.core.job;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.FinishedBatch;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.KnownAnswer;
import dev.pigeonhole.core.checkpoint.Recording;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.combine.BatchFileWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The third stage, and the only one that writes: outcomes into the store, as many as have come in with one commit; then they are
 * counted; then, if they were the last of their batch, its file. Runs in the thread that runs the job.
 */
final class Recorder {
    /** Enough that a commit costs little, few enough that an answer is durable soon. */
    private static final int MOST_REPORTS = 512;

    /** The store is locked while they get their names. */
    private static final int MOST_FILES = 16;

    private final RunContext context;
    private final JobLease lease;
    private final JobListener listener;
    private final long rows;
    private final Stages stages;
    private final Conversation conversation;
    private final Map<Integer, OpenBatch> open = new HashMap<>();
    /** What is not durable yet. */
    private final List<Report.Settled> held = new ArrayList<>();
    /** What may be written now. */
    private final List<BatchFileWriter.Rows> complete = new ArrayList<>();

    private final RunFigures figures;
    private Counts counts;
    private long batches;
    private long rowsInBatches;
    private int stagesLeft;
    private boolean storeFailed;
    private boolean inputChanged;
    private Optional<Report.Pause> pause = Optional.empty();
    private @Nullable Throwable failure;

    Recorder(RunContext context, Stages stages, Conversation conversation, RunFigures figures) {
        this.context = context;
        this.lease = context.lease();
        this.listener = context.listener();
        this.rows = lease.job().plan().profile().rows();
        this.stages = stages;
        this.conversation = conversation;
        this.figures = figures;
        this.counts = lease.counts();
        lease.forEachBatch(this::countBatch);
    }

    /**
     * Records until that many stages have ended, and all that they left behind. Trouble with a file or a listener ends the job,
     * but not the recording: an answer that came is kept. Trouble with the store leaves the answers here; they are tried once
     * more when the last one is in. If the input was changed, what came since the last look may be about other texts: the answers
     * are kept with their texts, but not as outcomes of rows.
     */
    void run(int stageCount) {
        stagesLeft = stageCount;
        while (stagesLeft > 0) {
            record(stages.reports(MOST_REPORTS));
        }
        if (!held.isEmpty()) {
            lease.record(recording());
        }
    }

    private void record(List<Report> reports) {
        for (Report report : reports) {
            if (report instanceof Report.Settled settled) {
                held.add(settled);
            }
        }
        inputChanged = inputChanged || !guarded(context.lookAtInput());
        if (storeFailed || !guarded(() -> lease.record(recording()))) {
            storeFailed = true;
            accountEnds(reports);
            return;
        }
        stages.recorded(held);
        held.clear();
        if (inputChanged) {
            accountEnds(reports);
            return;
        }
        reports.forEach(report -> guarded(() -> account(report)));
        while (!complete.isEmpty() && failure == null) {
            guarded(this::writeFiles);
        }
        guarded(this::tellWarnings);
        guarded(() -> listener.on(new JobEvent.Advanced(progress())));
    }

    private void accountEnds(List<Report> reports) {
        reports.stream().filter(Report.StageEnded.class::isInstance).forEach(this::account);
    }

    private Recording recording() {
        List<RowOutcome> rows = new ArrayList<>();
        List<KnownAnswer> answers = new ArrayList<>();
        List<Long> calls = new ArrayList<>();
        for (Report.Settled settled : held) {
            rows.addAll(inputChanged ? List.of() : settled.rows());
            answers.addAll(settled.answers());
            calls.addAll(settled.calls());
        }
        return new Recording(rows, answers, calls);
    }

    /** Runs a step; if it fails, nothing more is sent, and false is returned. */
    private boolean guarded(Runnable step) {
        try {
            step.run();
            return true;
        } catch (RuntimeException | Error e) {
            keep(e);
            return false;
        }
    }

    private void tellWarnings() {
        for (String warning : conversation.warnings()) {
            stages.warn(warning);
            listener.on(new JobEvent.Notice(warning));
        }
    }

    /** Everything here comes after the commit. */
    private void account(Report report) {
        if (report instanceof Report.Settled settled) {
            count(settled);
        } else if (report instanceof Report.BatchRead read) {
            OpenBatch batch = openBatch(read.number());
            batch.recorded += read.recorded();
            batch.rows = read.rows();
            batch.firstRow = read.firstRow();
            listIfComplete(read.number(), batch);
        } else if (report instanceof Report.Told told) {
            figures.retries += told.event() instanceof JobEvent.Retrying ? 1 : 0;
            listener.on(told.event());
        } else if (report instanceof Report.Pause asked) {
            pause = Optional.of(asked);
        } else if (report instanceof Report.StageEnded ended) {
            stagesLeft--;
            keep(ended.failure());
        }
    }

    private void count(Report.Settled settled) {
        for (RowOutcome row : settled.rows()) {
            counts = counts.plus(row.outcome());
            if (row.outcome() instanceof Outcome.Failed failed) {
                listener.on(new JobEvent.RowFailed(row.row(), failed.cause(), row.attempts(), failed.message()));
            }
        }
        countCall(settled);
        if (settled.batch() == Work.NO_BATCH) {
            return;
        }
        OpenBatch batch = openBatch(settled.batch());
        batch.recorded += settled.rows().size();
        listIfComplete(settled.batch(), batch);
    }

    /** What was put into a lane is no call yet. */
    private void countCall(Report.Settled settled) {
        if (settled.rows().isEmpty() && settled.calls().isEmpty()) {
            return;
        }
        figures.calls += settled.places();
        if (settled.callNanos() > 0) {
            figures.answered++;
            figures.callNanos += settled.callNanos();
            figures.lastAnswer = System.nanoTime();
        }
    }

    private OpenBatch openBatch(int number) {
        return open.computeIfAbsent(number, n -> new OpenBatch());
    }

    private void listIfComplete(int number, OpenBatch batch) {
        if (batch.rows == batch.recorded) {
            open.remove(number);
            complete.add(new BatchFileWriter.Rows(number, batch.firstRow, batch.firstRow + batch.rows - 1));
        }
    }

    private void writeFiles() {
        List<BatchFileWriter.Rows> some = complete.subList(0, Math.min(MOST_FILES, complete.size()));
        BatchFileWriter batchFiles = context.batchFiles();
        List<FinishedBatch> finished = batchFiles.write(some);
        some.clear();
        finished.forEach(this::countBatch);
        finished.forEach(batch -> listener.on(new JobEvent.BatchPublished(batch, batchFiles.file(batch.number()))));
    }

    private void countBatch(FinishedBatch batch) {
        batches++;
        rowsInBatches += batch.file().rows();
    }

    /** Whether every row is in a batch file. Without it, rows that all have an outcome are no output yet. */
    boolean isComplete() {
        return rowsInBatches == rows;
    }

    private void keep(@Nullable Throwable ended) {
        if (ended == null) {
            return;
        }
        stages.stop();
        if (failure == null) {
            failure = ended;
        } else if (failure != ended) {
            failure.addSuppressed(ended);
        }
    }

    private Progress progress() {
        long now = System.nanoTime();
        int waitingInCalls = conversation.held();
        return new Progress(
                rows,
                counts,
                figures.rowsBefore,
                figures.calls,
                Duration.ofNanos(figures.answered == 0 ? 0 : figures.callNanos / figures.answered),
                Math.max(0, stages.inFlight() - waitingInCalls),
                stages.waiting() + waitingInCalls,
                context.concurrency(),
                batches,
                lease.ledger().bill(),
                Duration.ofNanos(now - figures.began),
                Duration.ofNanos(now - figures.lastAnswer),
                conversation.sentinels());
    }

    /** Why the job has to wait, if it has to. */
    Optional<Report.Pause> pause() {
        return pause;
    }

    /** What ended a stage before its time. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** A batch that is not finished; {@code rows} is not known before it is read to its end. */
    private static final class OpenBatch {
        private long firstRow;
        private long rows = -1;
        private long recorded;
    }
}
