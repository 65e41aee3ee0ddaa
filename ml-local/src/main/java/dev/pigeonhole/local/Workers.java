package dev.pigeonhole.local;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs tasks side by side. Stateless. */
final class Workers {
    private Workers() {}

    /**
     * Blocks until all are done.
     *
     * @throws CancellationException the calling thread was interrupted; its flag is set again
     */
    static <T> void run(List<Callable<T>> tasks, int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, tasks.size()));
        try {
            for (Future<T> done : pool.invokeAll(tasks)) {
                done.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("training failed: " + e.getCause(), e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static CancellationException cancelled(InterruptedException cause) {
        CancellationException cancelled = new CancellationException("training was interrupted");
        cancelled.initCause(cause);
        return cancelled;
    }
}
