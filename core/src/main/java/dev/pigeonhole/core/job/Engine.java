package dev.pigeonhole.core.job;

import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.Pass;
import dev.pigeonhole.core.categorize.RetryPolicy;
import dev.pigeonhole.core.checkpoint.AnswerKey;
import dev.pigeonhole.core.checkpoint.JobLease;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one pass of a run: one reader, N callers, and in the calling thread the recorder. Whatever happens, all
 * threads have ended when it returns, and every answer that came was recorded unless the store itself failed.
 */
final class Engine {
    private static final int WINDOW_PER_CALL = 8;
    private static final int LEAST_WINDOW = 256;
    /** Answers come so fast that many more wait for a commit. */
    private static final int LEAST_WINDOW_IF_FREE = 512;

    private static final int MOST_WINDOW_CHARS = 64 << 20;

    private final JobLease lease;
    private final Stages stages;
    private final Recorder recorder;
    private final List<Thread> threads = new ArrayList<>();
    private final RowReader reader;

    /** @param opens whether the first call may go alone */
    Engine(RunContext context, Conversation conversation, Pass pass, boolean opens, RunFigures figures) {
        JobRequest request = context.request();
        Categorizer categorizer = context.categorizer();
        int concurrency = context.concurrency();
        this.lease = context.lease();
        JobSettings settings = request.settings();
        int least = categorizer.isFree() ? LEAST_WINDOW_IF_FREE : LEAST_WINDOW;
        int calls = Math.max(least, concurrency * WINDOW_PER_CALL);
        int entries = (int) Math.min(Integer.MAX_VALUE, (long) calls * settings.subBatchSize());
        // A twentieth of the heap: characters take up to two bytes, and wait twice, as text and in what is made of it.
        int chars = (int) Math.min(MOST_WINDOW_CHARS, Runtime.getRuntime().maxMemory() / 20);
        int unrecorded = categorizer.isFree() ? calls : concurrency;
        SharedTexts texts = new SharedTexts();
        this.stages = new Stages(
                lease.job().id(),
                concurrency,
                new Window(entries, chars),
                new Window(unrecorded, unrecorded),
                texts,
                context.patient(),
                categorizer.isFree(),
                conversation::stop);
        Answers answers = new Answers(conversation, request.taxonomy());
        this.recorder = new Recorder(context, stages, conversation, figures);
        this.reader = new RowReader(
                lease,
                request.input(),
                settings,
                pass,
                answers,
                texts,
                categorizer.isFree() ? null : scope(request, categorizer),
                PaidAnswers.load(lease, answers),
                stages);
        long rowsLeft = lease.job().plan().profile().rows() - lease.counts().total();
        double rounds = (double) rowsLeft / settings.subBatchSize() / concurrency;
        Opening opening = !opens || categorizer.isFree() ? Opening.none() : Opening.before(rounds);
        RetryPolicy retries = settings.retries().orElseGet(categorizer::suggestedRetries);
        for (int i = 1; i <= concurrency; i++) {
            threads.add(stage("caller-" + i, new Caller(answers, retries, stages, opening, i == 1)));
        }
        // The last to start: if there cannot be so many threads, nothing was sent yet.
        threads.add(stage("reader", this::read));
    }

    private byte[] scope(JobRequest request, Categorizer categorizer) {
        String only = categorizer.hasLastingAnswers() ? "" : lease.job().id();
        return AnswerKey.scope(request.taxonomy(), categorizer.answerFingerprint(), only);
    }

    /**
     * What is known when the stages have ended.
     *
     * @param complete whether every row is in a batch file
     * @param pause why the job was asked to wait; it has to only if it is not complete
     * @param interrupted whether the thread was interrupted meanwhile; its flag is not set any more
     */
    record Result(boolean complete, Report.@Nullable Pause pause, boolean interrupted) {}

    /** Blocks until all rows have an outcome, or the job has to wait. */
    Result run() {
        boolean ended = false;
        try {
            threads.forEach(Thread::start);
            recorder.run(threads.size());
            ended = true;
        } finally {
            if (!ended) { // Not otherwise: a later pass has to send yet.
                stages.stop();
            }
            threads.forEach(Engine::join);
        }
        if (recorder.failure().isPresent() && stages.wasInterrupted()) {
            Thread.currentThread().interrupt();
        }
        recorder.failure().ifPresent(Engine::rethrow);
        return new Result(recorder.isComplete(), recorder.pause().orElse(null), stages.wasInterrupted());
    }

    /** Sends nothing more; {@link #run} returns when the calls in flight are recorded. May be called from any thread. */
    void pause(PauseReason reason, String message) {
        stages.pause(reason, message);
    }

    private void read() {
        reader.run();
        stages.readerEnds();
    }

    private Thread stage(String name, Runnable task) {
        Thread thread =
                new Thread(() -> runStage(task), "pigeonhole-" + lease.job().id() + "-" + name);
        thread.setDaemon(true);
        return thread;
    }

    /** A stage that fails must not leave the others waiting for it. */
    private void runStage(Runnable task) {
        Throwable failure = null;
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            stages.stop();
            failure = e;
        } finally {
            stages.report(new Report.StageEnded(failure));
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }
}
