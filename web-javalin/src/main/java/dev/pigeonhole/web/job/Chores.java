package dev.pigeonhole.web.job;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.PigeonholeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Work in the background, one piece at most for each job. If it fails, whoever asks next is told; after that it is tried again.
 * Thread-safe.
 *
 * @param <C> what one piece of work is
 */
final class Chores<C extends Chores.Chore> implements AutoCloseable {
    /** One piece of work. */
    interface Chore {
        /**
         * Does it.
         *
         * @throws InterruptedException it was stopped
         */
        void run() throws InterruptedException;
    }

    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final Logger log;
    private final String thread;
    private final String failing;
    private final String lasting;
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final Map<String, PigeonholeException> failures = new ConcurrentHashMap<>();

    /**
     * @param thread how the threads' names begin
     * @param failing what cannot be done when it fails, as words for people
     * @param lasting what goes on when it does not end in time, as words for people
     */
    Chores(Logger log, String thread, String failing, String lasting) {
        this.log = log;
        this.thread = thread;
        this.failing = failing;
        this.lasting = lasting;
    }

    /** Throws what went wrong last, once. */
    void throwFailure(String job) {
        PigeonholeException failure = failures.remove(job);
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * What is under way for the job, begun if need be.
     *
     * @param chore the work, if there is any to do; asked only if nothing is under way
     */
    Optional<Running> begin(String job, Supplier<Optional<C>> chore) {
        return Optional.ofNullable(running.computeIfAbsent(
                job,
                id -> chore.get().map(work -> new Running(id, work).start()).orElse(null)));
    }

    /** Ends what is under way for a job that is to be deleted. */
    void forget(String job) {
        Running under = running.remove(job);
        if (under != null) {
            under.stop();
        }
        failures.remove(job);
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        running.values().forEach(Running::stop);
    }

    /** A piece of work and the thread that does it. */
    final class Running {
        private final String job;
        private final C chore;
        private final Thread worker;
        private final CountDownLatch ended = new CountDownLatch(1);

        private Running(String job, C chore) {
            this.job = job;
            this.chore = chore;
            this.worker = new Thread(this::run, thread + job);
            worker.setDaemon(true);
        }

        private Running start() {
            worker.start();
            return this;
        }

        C chore() {
            return chore;
        }

        /** Whether it has ended by then. */
        boolean await(Duration atMost) {
            try {
                return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** The store may be closed, or the job's folder removed, when this returns. */
        private void stop() {
            worker.interrupt();
            if (!await(DRAIN)) {
                log.warn("{} job={}", lasting, job);
            }
        }

        private void run() {
            try {
                chore.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // Stopped: the thread ends here.
            } catch (PigeonholeException e) {
                log.warn("{} job={} message={}", failing, job, e.getMessage());
                failures.put(job, e);
            } catch (RuntimeException | Error e) {
                log.error("{} job={}", failing, job, e);
                failures.put(
                        job,
                        new ConfigurationException(
                                "the " + failing + ": something unexpected happened; error.log says more", e));
            } finally {
                running.remove(job, this);
                ended.countDown();
            }
        }
    }
}
