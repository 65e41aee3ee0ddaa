package dev.pigeonhole.core.testing;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Categorizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A categorizer that does as its script says: answers, waits, fails, answers wrongly; and counts what it was asked. For tests of
 * the engine and of programs that embed it. Thread-safe; a script belongs to its instance.
 */
public final class ScriptedCategorizer implements Categorizer {
    private final Function<Item, Outcome> answers;
    private final UnaryOperator<List<Outcome>> distortion;
    private final Function<List<Item>, Duration> delays;
    private final Map<Integer, Supplier<? extends RuntimeException>> failingCalls;
    private final Map<Long, Supplier<? extends RuntimeException>> failingRows;
    private final @Nullable CountDownLatch gate;
    private final int concurrency;
    private final Map<String, String> fingerprint;

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private final Map<Long, LongAdder> asked = new ConcurrentHashMap<>();
    private final AtomicInteger closed = new AtomicInteger();

    private ScriptedCategorizer(Builder script) {
        this.answers = script.answers;
        this.distortion = script.distortion;
        this.delays = script.delays;
        this.failingCalls = Map.copyOf(script.failingCalls);
        this.failingRows = Map.copyOf(script.failingRows);
        this.gate = script.gate;
        this.concurrency = script.concurrency;
        this.fingerprint = Map.copyOf(script.fingerprint);
    }

    /** A script that gives each item this answer, at once. */
    public static Builder answering(Function<Item, Outcome> answers) {
        return new Builder(answers);
    }

    @Override
    public List<Outcome> categorize(List<Item> items) {
        int call = calls.incrementAndGet();
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        try {
            items.forEach(item ->
                    asked.computeIfAbsent(item.row(), row -> new LongAdder()).increment());
            pass();
            pause(delays.apply(items));
            fail(failingCalls.get(call));
            items.forEach(item -> fail(failingRows.get(item.row())));
            return distortion.apply(items.stream().map(answers).toList());
        } finally {
            inFlight.decrementAndGet();
        }
    }

    @Override
    public Map<String, String> fingerprint() {
        return fingerprint;
    }

    @Override
    public int suggestedConcurrency() {
        return concurrency;
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }

    /** Calls begun. */
    public int calls() {
        return calls.get();
    }

    /** The most calls that were in flight at once. */
    public int mostInFlight() {
        return mostInFlight.get();
    }

    /** How often a row was asked about. */
    public long timesAsked(long row) {
        LongAdder times = asked.get(row);
        return times == null ? 0 : times.sum();
    }

    /** How many rows were asked about, every time counted. */
    public long rowsAsked() {
        return asked.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Whether somebody closed it. */
    public boolean isClosed() {
        return closed.get() > 0;
    }

    private void pass() {
        if (gate != null) {
            await(gate);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(Duration delay) {
        if (delay.isZero()) {
            return;
        }
        try {
            Thread.sleep(delay.toMillis(), delay.toNanosPart() % 1_000_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void fail(@Nullable Supplier<? extends RuntimeException> failure) {
        if (failure != null) {
            throw failure.get();
        }
    }

    /** Writes a script. Not thread-safe. */
    public static final class Builder {
        private final Function<Item, Outcome> answers;
        private UnaryOperator<List<Outcome>> distortion = UnaryOperator.identity();
        private Function<List<Item>, Duration> delays = items -> Duration.ZERO;
        private final Map<Integer, Supplier<? extends RuntimeException>> failingCalls = new HashMap<>();
        private final Map<Long, Supplier<? extends RuntimeException>> failingRows = new HashMap<>();
        private @Nullable CountDownLatch gate;
        private int concurrency = 4;
        private Map<String, String> fingerprint = Map.of("categorizer", "scripted");

        private Builder(Function<Item, Outcome> answers) {
            this.answers = Objects.requireNonNull(answers, "answers");
        }

        /** Every call takes this long. */
        public Builder taking(Duration delay) {
            return taking(items -> delay);
        }

        /** A call takes as long as this says of its items. */
        public Builder taking(Function<List<Item>, Duration> delay) {
            delays = delay;
            return this;
        }

        /** Every call waits until the latch is open. */
        public Builder waitingFor(CountDownLatch latch) {
            gate = latch;
            return this;
        }

        /** The n-th call, from 1, fails. */
        public Builder failingCall(int call, Supplier<? extends RuntimeException> failure) {
            failingCalls.put(call, failure);
            return this;
        }

        /** Every call that holds this row fails. */
        public Builder failingRow(long row, Supplier<? extends RuntimeException> failure) {
            failingRows.put(row, failure);
            return this;
        }

        /** The outcomes of every call are changed by this, which may break all rules. */
        public Builder distortedBy(UnaryOperator<List<Outcome>> change) {
            distortion = change;
            return this;
        }

        /** Leaves out the last outcome of every call. */
        public Builder forgettingTheLast() {
            return distortedBy(outcomes -> new ArrayList<>(outcomes.subList(0, outcomes.size() - 1)));
        }

        public Builder suggesting(int callsInFlight) {
            concurrency = callsInFlight;
            return this;
        }

        public Builder fingerprint(Map<String, String> values) {
            fingerprint = values;
            return this;
        }

        public ScriptedCategorizer build() {
            return new ScriptedCategorizer(this);
        }
    }
}
