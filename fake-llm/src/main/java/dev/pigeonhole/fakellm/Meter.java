package dev.pigeonhole.fakellm;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Counts calls and measures how many are in flight. Thread-safe. Times in nanoseconds. */
final class Meter {
    private final LongSupplier nanos;
    private final int logSize;
    private final Deque<Call> log = new ArrayDeque<>();
    private final Map<Integer, Long> byStatus = new TreeMap<>();
    private final List<Long> admittedInSecond = new ArrayList<>();

    private long calls;
    private long ended;
    private long first;
    private long lastArrival;
    private long lastEnd;
    private long lastChange;
    private int inFlight;
    private int peak;
    private double callNanos;
    private double callNanosAtLastArrival;
    private long admitted;
    private long limited;
    private long promptTokens;
    private long cachedTokens;
    private long answerTokens;
    private long items;
    private long broken;
    private long connections;
    private long redirects;
    private long leaks;

    /** @param logSize how many of the last calls are remembered one by one */
    Meter(LongSupplier nanos, int logSize) {
        this.nanos = nanos;
        this.logSize = logSize;
    }

    /** A call that has arrived: its number and when that was. */
    record Arrival(long number, long at, Duration sinceFirst) {}

    synchronized Arrival arrive() {
        long now = nanos.getAsLong();
        if (calls == 0) {
            first = now;
            lastEnd = now;
            lastChange = now;
        }
        change(now, 1);
        calls++;
        lastArrival = now;
        callNanosAtLastArrival = callNanos;
        peak = Math.max(peak, inFlight);
        return new Arrival(calls, now, Duration.ofNanos(now - first));
    }

    synchronized void admit(boolean passed) {
        if (!passed) {
            limited++;
            return;
        }
        admitted++;
        int second = (int) ((nanos.getAsLong() - first) / 1_000_000_000L);
        while (admittedInSecond.size() <= second) {
            admittedInSecond.add(0L);
        }
        admittedInSecond.set(second, admittedInSecond.get(second) + 1);
    }

    synchronized void bill(int prompt, int cached, int answer, int records) {
        promptTokens += prompt;
        cachedTokens += cached;
        answerTokens += answer;
        items += records;
    }

    /** @param call with its number, and what only its end tells left at zero */
    synchronized void end(Arrival arrival, Call call) {
        long now = nanos.getAsLong();
        change(now, -1);
        ended++;
        lastEnd = now;
        byStatus.merge(call.status(), 1L, Long::sum);
        broken += call.whole() ? 0 : 1;
        if (log.size() == logSize) {
            log.pollFirst();
        }
        log.addLast(timed(call, arrival, now));
    }

    /** The last byte of a call that had ended well could not be sent after all. */
    synchronized void takeBack() {
        broken++;
    }

    private Call timed(Call call, Arrival arrival, long now) {
        return new Call(
                call.number(),
                seconds(arrival.at() - first),
                seconds(now - arrival.at()),
                call.status(),
                call.fault(),
                call.items(),
                call.promptTokens(),
                call.cachedTokens(),
                call.answerTokens(),
                call.whole());
    }

    private void change(long now, int by) {
        callNanos += (double) inFlight * (now - lastChange);
        lastChange = now;
        inFlight += by;
    }

    synchronized void connect() {
        connections++;
    }

    synchronized void followRedirect(boolean withKey) {
        redirects++;
        leaks += withKey ? 1 : 0;
    }

    synchronized List<Call> log() {
        return List.copyOf(log);
    }

    synchronized Stats stats(Map<Fault, Long> byFault) {
        double arrivals = seconds(lastArrival - first);
        return new Stats(
                calls,
                ended,
                byStatus,
                byFault,
                inFlight,
                peak,
                arrivals > 0 ? callNanosAtLastArrival / (lastArrival - first) : inFlight,
                arrivals,
                seconds(lastEnd - first),
                admitted,
                limited,
                calls > 0 ? (double) limited / calls : 0,
                arrivals > 0 ? admitted / arrivals : 0,
                admittedInSecond,
                promptTokens,
                cachedTokens,
                answerTokens,
                items,
                broken,
                connections,
                redirects,
                leaks);
    }

    private static double seconds(long time) {
        return time / 1e9;
    }

    /** From here on as if nothing had been. Calls in flight are counted when they end. */
    synchronized void clear() {
        log.clear();
        byStatus.clear();
        admittedInSecond.clear();
        calls = 0;
        ended = 0;
        peak = inFlight;
        callNanos = 0;
        callNanosAtLastArrival = 0;
        admitted = 0;
        limited = 0;
        promptTokens = 0;
        cachedTokens = 0;
        answerTokens = 0;
        items = 0;
        broken = 0;
        connections = 0;
        redirects = 0;
        leaks = 0;
    }
}
