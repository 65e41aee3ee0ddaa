package dev.pigeonhole.core.job;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What lies between the stages: work on its way to the callers, reports on their way to the recorder, and the window that bounds
 * both. Nothing here blocks except where work has to be waited for. Thread-safe.
 */
final class Stages {
    /** A provider may ask for more than can be counted in nanoseconds. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);

    private final FailureLog log;
    private final int concurrency;
    private final Window window;
    private final Window places;
    private final WorkQueue queue = new WorkQueue();
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger givenUpInARow = new AtomicInteger();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile boolean interrupted;

    /**
     * @param concurrency callers
     * @param window bounds everything that is read and not recorded
     * @param places bounds calls that are sent and not recorded
     */
    Stages(String jobId, int concurrency, Window window, Window places) {
        this.log = new FailureLog(jobId);
        this.concurrency = concurrency;
        this.window = window;
        this.places = places;
    }

    // ---- reader

    void send(int batch, int subBatch, List<Item> items) {
        int weight = window.weightOf(items);
        if (window.enter(weight)) {
            queue.add(new Work(batch, subBatch, items, 0, weight));
        }
    }

    void settle(int batch, List<RowOutcome> rows) {
        int weight = window.weightOf(List.of());
        if (window.enter(weight)) {
            reports.add(new Report.Settled(batch, List.copyOf(rows), weight, 0, 0));
            rows.forEach(row -> log.row(row, null));
        }
    }

    void readerEnds() {
        queue.complete();
    }

    // ---- callers

    /** Waits for a place and for work. Empty when there will be none. */
    Optional<Work> take() {
        if (!places.enter(1)) {
            return Optional.empty();
        }
        Optional<Work> work = queue.take();
        if (work.isEmpty()) {
            places.leave(1);
        }
        return work;
    }

    void callBegins() {
        inFlight.incrementAndGet();
    }

    void callEnds() {
        inFlight.decrementAndGet();
    }

    void answered(Work work, List<Outcome> outcomes, long begin) {
        givenUpInARow.set(0);
        settle(work, outcomes, System.nanoTime() - begin);
    }

    void failed(Work work, FailureCause cause, String message) {
        Outcome failed = new Outcome.Failed(cause, message);
        settle(work, work.items().stream().map(item -> failed).toList(), 0);
    }

    void retry(Work work, Duration wish, TransientCategorizerException e) {
        Duration delay = wish.compareTo(LONGEST_WAIT) < 0 ? wish : LONGEST_WAIT;
        places.leave(1);
        queue.addLater(work, delay);
        report(new Report.Told(
                new JobEvent.Retrying(work.items().size(), work.attempts(), delay, e.failure(), e.getMessage())));
        log.calledAgain(work, delay, e);
    }

    /**
     * All attempts are used up. One sub-batch after the other ending so, with no answer between, is no trouble of these rows:
     * then the job waits instead of marking the whole file as failed.
     */
    void gaveUp(Work work, TransientCategorizerException e) {
        if (givenUpInARow.incrementAndGet() > Math.max(3, concurrency)) {
            pause(PauseReason.PROVIDER_UNAVAILABLE, e.getMessage());
        } else {
            failed(work, e.failure(), e.getMessage());
        }
    }

    void split(Work work) {
        places.leave(1);
        work.halves().forEach(queue::add);
        queue.done();
    }

    private void settle(Work work, List<Outcome> outcomes, long nanos) {
        List<RowOutcome> rows = new ArrayList<>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
            Item item = work.items().get(i);
            RowOutcome row = new RowOutcome(item.row(), outcomes.get(i), work.subBatch(), work.attempts());
            log.row(row, item);
            rows.add(row);
        }
        reports.add(new Report.Settled(work.batch(), rows, work.weight(), 1, nanos));
        queue.done();
    }

    // ---- recorder

    void report(Report report) {
        reports.add(report);
    }

    /** Waits up to a second for a report; then takes what else is there, up to {@code most}. */
    List<Report> reports(int most) {
        List<Report> taken = new ArrayList<>();
        try {
            Report first = reports.poll(1, TimeUnit.SECONDS);
            if (first != null) {
                taken.add(first);
                reports.drainTo(taken, most - 1);
            }
        } catch (InterruptedException e) {
            // Kept for the end: a set flag would close the files that the recorder has to write yet.
            interrupted = true;
            pause(PauseReason.USER, "the thread that runs the job was interrupted");
            reports.drainTo(taken, most);
        }
        return taken;
    }

    void recorded(Report.Settled settled) {
        window.leave(settled.weight());
        places.leave(settled.places());
    }

    int inFlight() {
        return inFlight.get();
    }

    int waiting() {
        return queue.waiting();
    }

    // ---- stopping

    /** Sends nothing more; answers under way are still recorded. */
    void pause(PauseReason reason, String message) {
        if (stop()) {
            report(new Report.Pause(reason, message));
        }
    }

    /** Sends nothing more. False if that was so already. */
    boolean stop() {
        boolean first = stopping.compareAndSet(false, true);
        queue.stop();
        window.close();
        places.close();
        return first;
    }

    /** Whether the thread of the recorder was interrupted meanwhile. */
    boolean wasInterrupted() {
        return interrupted;
    }

    boolean isStopping() {
        return stopping.get();
    }
}
