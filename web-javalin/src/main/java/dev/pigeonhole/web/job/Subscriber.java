package dev.pigeonhole.web.job;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** One who listens to a job. Who does not keep up is told how the job stands instead of all that happened. Thread-safe. */
final class Subscriber implements AutoCloseable {
    /** More than a feed keeps, so that whoever begins with all of it is not late already. */
    private static final int MOST_WAITING = 2_500;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<FeedEvent> waiting;
    private final Consumer<Subscriber> onClose;
    private boolean ended;

    Subscriber(List<FeedEvent> first, Consumer<Subscriber> onClose) {
        this.waiting = new ArrayDeque<>(first);
        this.onClose = onClose;
    }

    /** Never waits. */
    void offer(FeedEvent event) {
        lock.lock();
        try {
            if (waiting.size() >= MOST_WAITING) {
                waiting.clear();
                waiting.add(event.snapshot(true));
            } else {
                waiting.add(event);
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more comes. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean hasEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What has come; waits for it so long.
     *
     * @return empty if nothing came, or if it has ended
     */
    List<FeedEvent> take(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (waiting.isEmpty() && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            List<FeedEvent> taken = new ArrayList<>(waiting);
            waiting.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        onClose.accept(this);
    }
}
