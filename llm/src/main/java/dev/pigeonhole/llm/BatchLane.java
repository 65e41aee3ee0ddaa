package dev.pigeonhole.llm;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.categorize.Lane;
import dev.pigeonhole.core.categorize.LaneStatus;
import dev.pigeonhole.core.categorize.NotSentException;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.llm.lane.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Lane} over a provider's batches. Thread-safe: one thread at a time puts or awaits; who asks how it stands never waits
 * for them.
 */
final class BatchLane implements Lane, AutoCloseable {
    private final LaneDesk desk;
    private final Drafter drafter;
    private final String modelName;
    private final LanePlan plan;
    private final LaneCollector collector;
    private final LaneSteps steps;
    private final List<String> warnings;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private volatile LaneStatus status = LaneStatus.NONE;
    private volatile @Nullable Instant firstBegun;
    private volatile boolean moneyIsShort;
    private volatile boolean moneyCameFree;
    private boolean newsSinceDone;
    private @Nullable StorageException broken;

    /** @param submissions of earlier runs, those that are over included */
    BatchLane(
            LaneDesk desk,
            Drafter drafter,
            String modelName,
            LanePlan plan,
            List<Submission> submissions,
            List<String> warnings) {
        this.desk = desk;
        this.drafter = drafter;
        this.modelName = modelName;
        this.plan = plan;
        this.warnings = warnings;
        int last = submissions.stream().mapToInt(Submission::number).max().orElse(0);
        this.collector = new LaneCollector(desk, last + 1);
        this.steps = new LaneSteps(desk, collector, plan.intervals(), warnings::add);
        this.firstBegun = submissions.stream()
                .map(Submission::begun)
                .min(Instant::compareTo)
                .orElse(null);
        submissions.stream()
                .filter(submission -> submission.stage() != Submission.Stage.DONE)
                .forEach(steps::takeUp);
        tell();
    }

    @Override
    public boolean isUnderWay(long row) {
        return desk.rows().isUnderWay(row);
    }

    @Override
    public boolean takes(long row) {
        return !isOver() && !isShortOfMoney() && desk.rows().mayCome(row);
    }

    private boolean isShortOfMoney() {
        return moneyIsShort && !moneyCameFree;
    }

    private boolean isOver() {
        return plan.isOver(desk.now(), firstBegun);
    }

    @Override
    public boolean put(Question question) {
        requireRunning();
        if (isOver()) {
            return false;
        }
        List<Drafter.Drafted> drafted =
                drafter.divide(question).stream().map(drafter::draft).toList();
        List<CallIntent> intents = drafted.stream().map(this::intent).toList();
        lock.lock();
        try {
            requireRunning();
            return broken == null && take(drafted, intents);
        } catch (StorageException e) {
            broken = e; // The thread that runs the job gets it from await.
            return false;
        } finally {
            tell();
            lock.unlock();
        }
    }

    private CallIntent intent(Drafter.Drafted drafted) {
        List<Long> rows =
                drafted.question().items().stream().map(item -> item.row()).toList();
        return new CallIntent(
                rows,
                drafted.question().round(),
                modelName,
                CallFormat.ofBatch(drafted.draft().mode()),
                desk.money().worstCase(drafted.draft()));
    }

    private boolean take(List<Drafter.Drafted> drafted, List<CallIntent> intents) {
        List<Long> rows = LaneDesk.rowsOf(intents);
        if (desk.rows().isAnyUnderWay(rows)) {
            return false;
        }
        if (!desk.money().offer(intents)) {
            moneyIsShort = true;
            moneyCameFree = false;
            return false;
        }
        desk.rows().put(rows);
        newsSinceDone = true;
        if (firstBegun == null) {
            firstBegun = desk.now();
        }
        for (Submission full : collector.add(drafted, intents)) {
            steps.add(full);
            steps.handOver();
        }
        return true;
    }

    @Override
    public Delivery await(Duration atMost) {
        lock.lock();
        try {
            requireIntact();
            collector.close().forEach(steps::add);
            Instant until = desk.now().plus(atMost);
            while (true) {
                requireRunning();
                Optional<Delivery.Arrived> arrived = steps.next(isOver());
                tell();
                if (arrived.isPresent()) {
                    moneyCameFree = true;
                    newsSinceDone = true;
                    return arrived.get();
                }
                if (steps.areDone()) {
                    return done();
                }
                Instant now = desk.now();
                if (!now.isBefore(until)) {
                    return new Delivery.Waiting();
                }
                rest(now, until);
            }
        } finally {
            tell();
            lock.unlock();
        }
    }

    private void rest(Instant now, Instant until) {
        Instant due = plan.beforeDeadline(now, steps.due(), firstBegun);
        Instant end = due.isBefore(until) ? due : until;
        if (end.isAfter(now)) {
            desk.tools().rest().rest(Duration.between(now, end), stopped);
        }
    }

    /** Said twice in a row, it means that collecting again has brought nothing. */
    private Delivery done() {
        if (!newsSinceDone) {
            desk.rows().beginAnew();
            moneyIsShort = false;
        }
        newsSinceDone = false;
        return new Delivery.Done();
    }

    @Override
    public boolean wantsMore() {
        boolean money = moneyIsShort && moneyCameFree;
        return !isOver() && (money || desk.rows().someMayComeAgain());
    }

    @Override
    public LaneStatus status() {
        return status;
    }

    private void tell() {
        status = steps.status(collector.pending(), plan.deadline(firstBegun));
    }

    private void requireIntact() {
        StorageException what = broken;
        if (what != null) {
            throw what;
        }
    }

    private void requireRunning() {
        if (stopped.getCount() == 0) {
            throw new NotSentException();
        }
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    /** Whether the lane has brought the answer of the call in this run. */
    boolean hasFetched(long call) {
        lock.lock();
        try {
            return steps.hasFetched(call);
        } finally {
            lock.unlock();
        }
    }

    /** What has come up since this was called last. */
    List<String> warnings() {
        synchronized (warnings) {
            List<String> news = new ArrayList<>(warnings);
            warnings.clear();
            return news;
        }
    }

    /** What was put and not handed over was not sent; the next run collects it again. */
    @Override
    public void close() {
        stop();
        lock.lock();
        try {
            if (broken == null) {
                collector.abandon();
            }
        } finally {
            lock.unlock();
        }
    }
}
