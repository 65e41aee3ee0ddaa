package dev.pigeonhole.llm.pace;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.categorize.RetryPolicy;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Runs calls through the real {@link Turnstile} against a {@link FakeProvider}, as the engine would: so many callers, retries by
 * {@link Retries} that hold no caller. One thread, simulated time, late wake-ups and a jittery network by a seeded random.
 */
final class Simulation {
    record Sent(long at, FakeProvider.Kind kind) {}

    private record Event(long at, long order, Runnable what) {}

    private static final long TOKENS_ASIDE = 1_300;
    private static final long TOKENS_TAKEN = 1_000;

    final List<Sent> sent = new ArrayList<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Deque<Integer> ready = new ArrayDeque<>();
    private final Turnstile turnstile;
    private final FakeProvider provider;
    private final RetryPolicy retries;
    private final Random random;
    private final int places;
    private long now;
    private long order;
    private int inFlight;
    private int waiting;
    private long wakeAt = Long.MAX_VALUE;
    private int left;
    int answered;
    int refused;
    int givenUp;
    int mostInFlight;
    private double usedPlaceNanos;
    private long usedSince;
    private long lastStart;
    private double usedAtLastStart;

    Simulation(PaceSettings settings, FakeProvider provider, int calls, long seed) {
        this.turnstile = new Turnstile(settings);
        this.provider = provider;
        this.places = settings.concurrency();
        this.random = new Random(seed);
        this.retries = Retries.defaults(random::nextDouble);
        this.left = calls;
        for (int call = 0; call < calls; call++) {
            ready.add(0);
        }
    }

    Simulation run() {
        takeWork();
        while (left > 0) {
            Event next = events.remove();
            now = next.at();
            next.what().run();
            takeWork();
        }
        return this;
    }

    private void at(long time, Runnable what) {
        events.add(new Event(time, order++, what));
    }

    private long jitter() {
        return (long) (random.nextDouble() * random.nextDouble() * 4e6);
    }

    /** Callers that are free take work and queue up; the first of the queue passes if it may. */
    private void takeWork() {
        while (inFlight + waiting < places && waiting < ready.size()) {
            waiting++;
        }
        while (waiting > 0) {
            long wait = turnstile.waitNanos(now, TOKENS_ASIDE);
            if (wait == 0) {
                waiting--;
                send(ready.remove(), turnstile.take(now, TOKENS_ASIDE));
            } else {
                wakeIn(wait);
                return;
            }
        }
    }

    private void wakeIn(long wait) {
        if (wait == Turnstile.UNTIL_CHANGE || now + wait >= wakeAt) {
            return;
        }
        wakeAt = now + wait;
        at(now + wait + jitter(), () -> wakeAt = Long.MAX_VALUE);
    }

    private void send(int attempts, Turnstile.Pass pass) {
        countPlaces(1);
        if (attempts == 0) {
            lastStart = now;
            usedAtLastStart = usedPlaceNanos;
        }
        long arrives = now + jitter();
        at(arrives, () -> {
            FakeProvider.Reply reply = provider.receive(now, TOKENS_TAKEN);
            sent.add(new Sent(now, reply.kind()));
            at(now + reply.latencyNanos() + jitter(), () -> end(attempts + 1, pass, reply));
        });
    }

    private void countPlaces(int change) {
        usedPlaceNanos += (double) inFlight * (now - usedSince);
        usedSince = now;
        inFlight += change;
        mostInFlight = Math.max(mostInFlight, inFlight);
    }

    private void end(int attempts, Turnstile.Pass pass, FakeProvider.Reply reply) {
        countPlaces(-1);
        switch (reply.kind()) {
            case ANSWERED -> {
                Duration took = Duration.ofNanos(now - pass.sentAt());
                turnstile.answered(pass, now, TOKENS_TAKEN, reply.limits(), took);
                answered++;
                left--;
            }
            case LIMITED -> {
                turnstile.limited(pass, now, reply.limits());
                again(attempts, reply, FailureCause.RATE_LIMIT);
            }
            case FAILED -> {
                turnstile.failed(pass, now, reply.limits());
                again(attempts, reply, FailureCause.HTTP_5XX);
            }
            case REFUSED -> {
                turnstile.released(pass, now);
                refused++;
                left--;
            }
        }
    }

    private void again(int attempts, FakeProvider.Reply reply, FailureCause cause) {
        retries.delay(attempts, new TransientCategorizerException(cause, "failed", reply.retryAfter(), null))
                .ifPresentOrElse(delay -> at(now + delay.toNanos(), () -> ready.addFirst(attempts)), () -> {
                    givenUp++;
                    left--;
                });
    }

    double seconds() {
        return now / 1e9;
    }

    /** Places in use until the last call was first sent. */
    double fill() {
        return usedAtLastStart / ((double) lastStart * places);
    }

    long count(FakeProvider.Kind kind) {
        return sent.stream().filter(call -> call.kind() == kind).count();
    }

    double limitedShare() {
        return (double) count(FakeProvider.Kind.LIMITED) / sent.size();
    }

    /** Answered calls a second, from the first that was sent to the last. */
    double perSecond() {
        return answered / ((sent.get(sent.size() - 1).at() - sent.get(0).at()) / 1e9);
    }

    long answeredBetween(double from, double to) {
        return sent.stream()
                .filter(call -> call.kind() == FakeProvider.Kind.ANSWERED)
                .filter(call -> call.at() >= from * 1e9 && call.at() < to * 1e9)
                .count();
    }

    long sentBetween(double from, double to) {
        return sent.stream()
                .filter(call -> call.at() >= from * 1e9 && call.at() < to * 1e9)
                .count();
    }

    int limitInFlight() {
        return turnstile.limitInFlight();
    }

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "%.2f s, fill %.3f, %.1f/s, sent %d, limited %.4f, failed %d, given up %d, limit %d",
                seconds(),
                fill(),
                perSecond(),
                sent.size(),
                limitedShare(),
                count(FakeProvider.Kind.FAILED),
                givenUp,
                limitInFlight());
    }
}
