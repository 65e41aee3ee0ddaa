package dev.pigeonhole.llm.pace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** How many tokens were set aside in the last minute, counted in slices of a quarter of a second. Not thread-safe. */
final class TokenMinute {
    private static final long SLICE_NANOS = 250_000_000;
    private static final long SLICES = 240;

    private static final class Slice {
        private final long number;
        private long tokens;

        Slice(long number) {
            this.number = number;
        }
    }

    private final Deque<Slice> slices = new ArrayDeque<>();
    private long sum;

    /** How long until so many more keep to the limit; a call above the limit goes alone. */
    long waitNanos(long now, long needed, long limit) {
        forget(now);
        long over = sum + Math.min(needed, limit) - limit;
        long wait = 0;
        for (Iterator<Slice> oldest = slices.iterator(); over > 0 && oldest.hasNext(); ) {
            Slice slice = oldest.next();
            over -= slice.tokens;
            wait = (slice.number + SLICES + 1) * SLICE_NANOS - now;
        }
        return wait;
    }

    void add(long now, long tokens) {
        forget(now);
        long number = Math.floorDiv(now, SLICE_NANOS);
        Slice last = slices.peekLast();
        if (last == null || last.number != number) {
            last = new Slice(number);
            slices.addLast(last);
        }
        last.tokens += tokens;
        sum += tokens;
    }

    /** Takes back what was set aside at some time; nothing if that is longer ago. */
    void subtract(long at, long tokens) {
        long number = Math.floorDiv(at, SLICE_NANOS);
        for (Iterator<Slice> newest = slices.descendingIterator(); newest.hasNext(); ) {
            Slice slice = newest.next();
            if (slice.number == number) {
                slice.tokens -= tokens;
                sum -= tokens;
            }
            if (slice.number <= number) {
                return;
            }
        }
    }

    void clear() {
        slices.clear();
        sum = 0;
    }

    private void forget(long now) {
        long oldest = Math.floorDiv(now, SLICE_NANOS) - SLICES;
        for (Slice first = slices.peekFirst(); first != null && first.number < oldest; first = slices.peekFirst()) {
            sum -= first.tokens;
            slices.removeFirst();
        }
    }
}
