package dev.pigeonhole.core.job;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.Answer;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import dev.pigeonhole.core.checkpoint.KnownAnswer;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
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
    /** Room may have come just before the last work was done. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /** A provider may ask for more than can be counted in nanoseconds. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);

    private static final long LEAST_SILENCE_NANOS = 1_000_000_000L;
    private static final long LONGEST_SILENCE_NANOS = 60_000_000_000L;

    /** Together, answers that cost nothing wait up to 50 ms. */
    private static final int GATHERINGS = 10;

    private static final long GATHERING_NANOS = 5_000_000;

    /** Source of an answer that was not asked for. */
    private static final String CACHE = "cache";

    private final FailureLog log;
    private final int concurrency;
    private final Window window;
    private final Window places;
    private final SharedTexts texts;
    private final boolean patient;
    private final int gatherings;
    private final Runnable onStop;
    private final WorkQueue queue = new WorkQueue();
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger givenUpInARow = new AtomicInteger();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile boolean interrupted;
    /** By the clock of {@link System#nanoTime}; 0 if nothing was answered yet. */
    private volatile long lastAnswered;

    /**
     * @param concurrency callers
     * @param window bounds everything that is read and not recorded
     * @param places bounds calls that are sent and not recorded
     * @param texts what rows with the same text share
     * @param patient whether the job has not waited for the provider already
     * @param free whether answers cost nothing
     * @param onStop tells those who wait within a call that nothing is sent any more
     */
    Stages(
            String jobId,
            int concurrency,
            Window window,
            Window places,
            SharedTexts texts,
            boolean patient,
            boolean free,
            Runnable onStop) {
        this.log = new FailureLog(jobId);
        this.concurrency = concurrency;
        this.window = window;
        this.places = places;
        this.texts = texts;
        this.patient = patient;
        this.gatherings = free ? GATHERINGS : 0;
        this.onStop = onStop;
    }

    // ---- reader

    int weightOf(Item item) {
        return window.weightOf(List.of(item));
    }

    int leastWeight() {
        return window.weightOf(List.of());
    }

    /** Takes room in the window if there is some. */
    boolean hasRoom(int weight) {
        return window.tryEnter(weight);
    }

    /** Waits for room in the window. False if there is nothing to wait for any more. */
    boolean awaitRoom(int weight) {
        return window.enter(weight);
    }

    /** Waits for room as long as callers have work that will make some. False if they have none left. */
    boolean awaitRoomFromCalls(int weight) {
        while (!queue.isIdle() && !isStopping() && !Thread.currentThread().isInterrupted()) {
            if (window.enter(weight, LOOK_AGAIN)) {
                return true;
            }
        }
        return window.tryEnter(weight);
    }

    /** Gives room back that was taken for nothing. */
    void leaveRoom(int weight) {
        window.leave(weight);
    }

    /** Hands items to the callers; they have their room already. */
    void send(int batch, int subBatch, List<Item> items, int weight) {
        queue.add(Work.first(batch, subBatch, items, weight));
    }

    /** Hands over what nobody has to be asked about; it has its room already. */
    void settle(Report.Settled settled) {
        reports.add(settled);
        settled.rows().forEach(row -> log.row(row, null));
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

    void answered(Work work, Answer answer, long begin) {
        lastAnswered = System.nanoTime();
        givenUpInARow.set(0);
        int left = work.weight();
        for (int i = answer.again().size() - 1; i >= 0; i--) {
            Question next = answer.again().get(i);
            int weight = work.share(next.items().size());
            left -= weight;
            queue.addFirst(work.with(next, weight));
        }
        settle(work, answer.outcomes(), answer.call(), left, lastAnswered - begin);
    }

    void failed(Work work, FailureCause cause, String message) {
        Outcome failed = new Outcome.Failed(cause, message);
        SortedMap<Long, Outcome> outcomes = new TreeMap<>();
        work.items().forEach(item -> outcomes.put(item.row(), failed));
        settle(work, outcomes, OptionalLong.empty(), work.weight(), 0);
    }

    void retry(Work work, Duration wish, TransientCategorizerException e) {
        Duration delay = wish.compareTo(LONGEST_WAIT) < 0 ? wish : LONGEST_WAIT;
        places.leave(1);
        queue.addLater(work.afterFailure(System.nanoTime()), delay);
        report(new Report.Told(
                new JobEvent.Retrying(work.items().size(), work.attempts(), delay, e.failure(), e.getMessage())));
        log.calledAgain(work, delay, e);
    }

    /**
     * All attempts are used up. If nobody else got an answer meanwhile, that is no trouble of these rows: then the job waits. A job
     * that has waited for this already, and goes on, gives up the rows, because they may be the cause; but not one sub-batch after
     * the other, and only one if nobody was answered at all.
     */
    void gaveUp(Work work, TransientCategorizerException e) {
        int most = !patient && lastAnswered == 0 ? 1 : Math.max(3, concurrency);
        boolean tooMany = givenUpInARow.incrementAndGet() > most;
        if (tooMany || (patient && nobodyIsAnswered(work, System.nanoTime()))) {
            pause(PauseReason.PROVIDER_UNAVAILABLE, e.getMessage());
        } else {
            failed(work, e.failure(), e.getMessage());
        }
    }

    private boolean nobodyIsAnswered(Work work, long now) {
        if (work.failures() == 0 || now - work.failedAt() < LEAST_SILENCE_NANOS) {
            return false; // Too soon to say.
        }
        long since = Math.max(work.failedAt() - now, -LONGEST_SILENCE_NANOS);
        return lastAnswered == 0 || lastAnswered - now < since;
    }

    /** A call was not made, because the job stops. */
    void withdrawn() {
        places.leave(1);
    }

    void split(Work work) {
        places.leave(1);
        List<Work> halves = work.halves();
        for (int i = halves.size() - 1; i >= 0; i--) {
            queue.addFirst(halves.get(i));
        }
        queue.done();
    }

    private void settle(Work work, SortedMap<Long, Outcome> outcomes, OptionalLong call, int weight, long nanos) {
        List<RowOutcome> rows = new ArrayList<>(outcomes.size());
        List<KnownAnswer> answers = new ArrayList<>();
        List<Report> others = new ArrayList<>();
        for (Item item : work.items()) {
            Outcome outcome = outcomes.get(item.row());
            if (outcome != null) {
                RowOutcome row = new RowOutcome(item.row(), outcome, work.subBatch(), work.attempts());
                log.row(row, item);
                rows.add(row);
                SharedTexts.Consequence consequence = texts.settled(item.row(), outcome);
                consequence.answer().ifPresent(answers::add);
                for (SharedTexts.Follower follower : consequence.followers()) {
                    others.add(settled(follower, outcome));
                }
            }
        }
        List<Long> calls = call.isPresent() ? List.of(call.getAsLong()) : List.of();
        reports.add(new Report.Settled(work.batch(), rows, answers, calls, weight, 1, nanos));
        reports.addAll(others);
        queue.done();
    }

    /** The outcome of a row that has the same text as one that was asked about. */
    private Report settled(SharedTexts.Follower follower, Outcome outcome) {
        RowOutcome row = new RowOutcome(follower.row(), fromCache(outcome), 0, 0);
        log.row(row, null);
        return new Report.Settled(follower.batch(), List.of(row), List.of(), List.of(), follower.weight(), 0, 0);
    }

    /** The same answer, but said to come from an earlier row or an earlier job. */
    static Outcome fromCache(Outcome outcome) {
        if (outcome instanceof Outcome.Categorized answer) {
            return new Outcome.Categorized(answer.category(), answer.confidence(), CACHE);
        } else if (outcome instanceof Outcome.Unmatched answer) {
            return new Outcome.Unmatched(answer.confidence(), CACHE);
        }
        return outcome;
    }

    // ---- recorder

    void warn(String message) {
        log.warning(message);
    }

    void report(Report report) {
        reports.add(report);
    }

    /** Waits up to a second for a report; then takes what else is there, or soon will be, up to {@code most}. */
    List<Report> reports(int most) {
        List<Report> taken = new ArrayList<>();
        try {
            Report first = reports.poll(1, TimeUnit.SECONDS);
            if (first != null) {
                taken.add(first);
                reports.drainTo(taken, most - 1);
                gather(taken, most);
            }
        } catch (InterruptedException e) {
            // Kept for the end: a set flag would close the files that the recorder has to write yet.
            interrupted = true;
            pause(PauseReason.USER, "the thread that runs the job was interrupted");
            reports.drainTo(taken, most);
        }
        return taken;
    }

    /**
     * Answers that cost nothing may wait a little, so that more of them share a commit: should this process end now, they are only
     * worked out again. Anything else than an answer waits for nothing.
     */
    private void gather(List<Report> taken, int most) throws InterruptedException {
        for (int i = 0; i < gatherings && taken.size() < most / 2 && areAnswers(taken); i++) {
            // Asleep, not at the queue: to wake for each of them costs what is to be saved.
            TimeUnit.NANOSECONDS.sleep(GATHERING_NANOS);
            reports.drainTo(taken, most - taken.size());
        }
    }

    private static boolean areAnswers(List<Report> reports) {
        return reports.get(reports.size() - 1) instanceof Report.Settled;
    }

    /** All these are durable. Their room is given back at once: who waits for it is woken once, and not for each of them. */
    void recorded(List<Report.Settled> all) {
        int weight = 0;
        int held = 0;
        for (Report.Settled settled : all) {
            weight += settled.weight();
            held += settled.places();
            texts.recorded(settled.answers());
        }
        window.leave(weight);
        places.leave(held);
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
        onStop.run();
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
