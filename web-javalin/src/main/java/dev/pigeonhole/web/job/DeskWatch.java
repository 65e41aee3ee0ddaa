package dev.pigeonhole.web.job;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after jobs at regular times: tells how far those are that run, and finds out what others did to those that somebody watches.
 * Thread-safe.
 */
final class DeskWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeskWatch.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final Collection<LiveJob> jobs;
    private final Consumer<LiveJob> refresh;
    private final List<Future<?>> tasks;
    /** Two, because looking into a large job takes its time. */
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "pigeonhole-desk");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Begins to watch.
     *
     * @param jobs can be walked while it changes
     * @param refresh looks into the store
     */
    DeskWatch(Collection<LiveJob> jobs, Consumer<LiveJob> refresh) {
        this.jobs = jobs;
        this.refresh = refresh;
        tasks = List.of(
                every(LiveJob.BETWEEN_PROGRESS, () -> jobs.forEach(LiveJob::tick)), every(BETWEEN_LOOKS, this::look));
    }

    private Future<?> every(Duration time, Runnable task) {
        return threads.scheduleWithFixedDelay(
                () -> guarded(task), time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        jobs.forEach(LiveJob::rest);
        jobs.stream().filter(LiveJob::isWatched).forEach(job -> guarded(() -> refresh.accept(job)));
    }

    /** What fails now may succeed the next time; an exception would end the watch. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("a job could not be looked at", e);
        }
    }

    @Override
    public void close() {
        tasks.forEach(task -> task.cancel(false));
        threads.shutdown();
        awaitEnd();
    }

    /** A look that is under way needs the store, which is closed next. */
    private void awaitEnd() {
        try {
            if (!threads.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a job was still being looked at when the desk was closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
