package dev.pigeonhole.web.job;

import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import dev.pigeonhole.workspace.JobOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The jobs that run or wait for their turn, each in a thread of its own. Thread-safe. */
final class JobQueue {
    /** A job whose turn will come. */
    record Turn(LiveJob live, JobOptions options, Purpose purpose) {}

    private final DeskLimits limits;
    private final Function<Turn, Runnable> work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private final Set<String> running = new HashSet<>();
    /** Jobs that something else is done with, so that they cannot be taken up. */
    private final Set<String> aside = new HashSet<>();

    private int places;
    private int ending;
    private boolean closed;

    /** @param work runs a job to its end, throws nothing, and returns what tells of it */
    JobQueue(DeskLimits limits, Function<Turn, Runnable> work) {
        this.limits = limits;
        this.work = work;
    }

    /**
     * Keeps a place for a job that is being made.
     *
     * @throws ProblemException there is none
     */
    void takePlace() {
        lock.lock();
        try {
            requireRoom();
            places++;
        } finally {
            lock.unlock();
        }
    }

    void leavePlace() {
        lock.lock();
        try {
            places--;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets a job wait for its turn, which may be now. One that waits or runs already stays as it is.
     *
     * @throws ProblemException too many wait already
     */
    void add(Turn turn) {
        lock.lock();
        try {
            if (holds(turn.live().id())) {
                return;
            }
            requireNotAside(turn.live().id());
            requireRoom();
            waiting.addLast(turn);
            turn.live().queued(turn.options());
            startNext();
        } finally {
            lock.unlock();
        }
    }

    private boolean holds(String id) {
        return running.contains(id)
                || waiting.stream().anyMatch(turn -> turn.live().id().equals(id));
    }

    private void requireNotAside(String id) {
        if (aside.contains(id)) {
            throw new ProblemException(
                    Problem.of(ProblemType.BUSY, "this job is being stopped or deleted; ask again in a moment"));
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new ProblemException(
                    Problem.of(ProblemType.NOT_READY, "the server is being stopped; start it again"));
        }
    }

    private void requireRoom() {
        requireOpen();
        if (running.size() + waiting.size() + places >= limits.running() + limits.queued()) {
            throw new ProblemException(Problem.of(
                    ProblemType.TOO_MANY,
                    limits.running() + " jobs run and " + limits.queued()
                            + " wait already; try again when one of them is done"));
        }
    }

    /** Takes a job out of the queue; false if it does not wait in it. */
    boolean withdraw(LiveJob live) {
        lock.lock();
        try {
            boolean removed = waiting.removeIf(turn -> turn.live() == live);
            if (removed) {
                live.withdrawn();
            }
            return removed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does something with a job that does not run, and takes it out of the queue before; nobody can take it up meanwhile.
     *
     * @return false if it runs; nothing was done then
     * @throws ProblemException something else is being done with it
     */
    boolean setAside(LiveJob live, Runnable work) {
        if (!keepOut(live)) {
            return false;
        }
        try {
            work.run();
            return true;
        } finally {
            letIn(live.id());
        }
    }

    private boolean keepOut(LiveJob live) {
        lock.lock();
        try {
            requireOpen();
            requireNotAside(live.id());
            if (running.contains(live.id())) {
                return false;
            }
            aside.add(live.id());
            if (waiting.removeIf(turn -> turn.live() == live)) {
                live.withdrawn();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void letIn(String id) {
        lock.lock();
        try {
            aside.remove(id);
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void startNext() {
        while (!closed && running.size() < limits.running() && !waiting.isEmpty()) {
            Turn turn = waiting.removeFirst();
            running.add(turn.live().id());
            turn.live().begins();
            Thread thread =
                    new Thread(() -> run(turn), "pigeonhole-" + turn.live().id());
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The end is told only when the job can be taken up again: somebody may ask for it at once. */
    private void run(Turn turn) {
        Runnable tellEnd = () -> {};
        try {
            tellEnd = work.apply(turn);
        } finally {
            leave(turn.live().id());
            tellEnd.run();
            hasEnded();
        }
    }

    private void leave(String id) {
        lock.lock();
        try {
            running.remove(id);
            ending++;
            startNext();
        } finally {
            lock.unlock();
        }
    }

    private void hasEnded() {
        lock.lock();
        try {
            ending--;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Begins nothing more; returns the jobs that waited for their turn. */
    List<LiveJob> close() {
        lock.lock();
        try {
            closed = true;
            List<LiveJob> left = waiting.stream().map(Turn::live).toList();
            waiting.clear();
            return left;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is done with any job any more, and nothing can stop it: the store is closed next. */
    void awaitEnd() {
        lock.lock();
        try {
            while (isBusy()) {
                ended.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isBusy() {
        return !running.isEmpty() || ending > 0 || !aside.isEmpty();
    }
}
