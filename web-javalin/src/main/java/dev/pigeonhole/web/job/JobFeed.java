package dev.pigeonhole.web.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The events of one job: numbered without gaps, the last ones kept for those who were cut off. Thread-safe; nobody waits here for a
 * slow reader.
 */
final class JobFeed {
    private static final int MOST_EVENTS = 2_000;
    /** Jobs with thousands of categories have long events. */
    private static final long MOST_CHARS = 8_000_000;

    private final Deque<FeedEvent> ring = new ArrayDeque<>();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private long seq;
    private long chars;
    private boolean closed;

    /** @param before number before the first; not one that an earlier process has used, so that nothing is taken for known */
    JobFeed(long before) {
        this.seq = before;
    }

    /** Tells something. The job is written with the number that it is given. */
    synchronized void publish(String name, LongFunction<String> job, String more) {
        seq++;
        FeedEvent event = new FeedEvent(seq, name, job.apply(seq), more);
        ring.addLast(event);
        chars += event.chars();
        while (ring.size() > MOST_EVENTS || (chars > MOST_CHARS && ring.size() > 1)) {
            chars -= ring.removeFirst().chars();
        }
        subscribers.forEach(subscriber -> subscriber.offer(event));
    }

    /** Keeps no more than how the job stands. */
    synchronized void forget() {
        while (ring.size() > 1) {
            chars -= ring.removeFirst().chars();
        }
    }

    /** How the job stood last; null if nothing was ever told. */
    synchronized @Nullable String latest() {
        return ring.isEmpty() ? null : ring.getLast().job();
    }

    /** The number of the last event. */
    synchronized long seq() {
        return seq;
    }

    synchronized boolean isWatched() {
        return !subscribers.isEmpty();
    }

    /**
     * Begins to listen: with what was missed since an event, if it is still here; else with how the job stands. Something must have
     * been told before.
     *
     * @param after the last event that the listener has
     */
    synchronized Subscriber subscribe(OptionalLong after) {
        List<FeedEvent> first = new ArrayList<>();
        if (after.isPresent() && isKnown(after.getAsLong())) {
            ring.stream().filter(event -> event.seq() > after.getAsLong()).forEach(first::add);
        } else {
            first.add(ring.getLast().snapshot(after.isPresent()));
        }
        Subscriber subscriber = new Subscriber(first, this::unsubscribe);
        if (closed) {
            subscriber.end();
        }
        subscribers.add(subscriber);
        return subscriber;
    }

    /** Whether all that came after an event is here. */
    private boolean isKnown(long after) {
        return after <= seq && after >= ring.getFirst().seq() - 1;
    }

    private synchronized void unsubscribe(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    /** Ends all streams, and those to come. */
    synchronized void close() {
        closed = true;
        subscribers.forEach(Subscriber::end);
    }
}
