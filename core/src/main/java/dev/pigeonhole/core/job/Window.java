package dev.pigeonhole.core.job;

import dev.pigeonhole.core.Item;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds what is between reader and recorder, in number and in characters, and so the memory of a job. Thread-safe.
 */
final class Window {
    private final int capacity;
    private final int least;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private int used;
    private boolean closed;

    /**
     * @param entries groups of rows that fit in, if they are short
     * @param chars characters that fit in
     */
    Window(int entries, int chars) {
        this.capacity = Math.max(chars, entries);
        this.least = Math.max(1, capacity / entries);
    }

    /** What a group takes; at most the whole window, so that the largest gets through alone. */
    int weightOf(List<Item> items) {
        long chars = 0;
        for (Item item : items) {
            chars += item.text().length();
        }
        return (int) Math.min(capacity, Math.max(least, chars));
    }

    /** Takes room if there is some. */
    boolean tryEnter(int weight) {
        lock.lock();
        try {
            boolean fits = !closed && used + weight <= capacity;
            used += fits ? weight : 0;
            return fits;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for room. False if the window was closed. */
    boolean enter(int weight) {
        lock.lock();
        try {
            while (!closed && used + weight > capacity) {
                freed.awaitUninterruptibly();
            }
            if (!closed) {
                used += weight;
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for room for some time. False if there was none, or if the window was closed. */
    boolean enter(int weight, Duration longest) {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (!closed && used + weight > capacity && left > 0) {
                left = freed.awaitNanos(left);
            }
            return tryEnter(weight);
        } catch (InterruptedException e) {
            // Nobody interrupts the reader on purpose; whoever does gets no room, and sees the flag.
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    void leave(int weight) {
        lock.lock();
        try {
            used -= weight;
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody in any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
