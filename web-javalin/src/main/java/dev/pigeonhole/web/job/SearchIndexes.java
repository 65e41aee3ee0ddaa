package dev.pigeonhole.web.job;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobRows;
import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the texts of jobs searchable in the background, when somebody searches for the first time. Thread-safe. */
final class SearchIndexes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SearchIndexes.class);

    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final CheckpointStore store;
    private final Map<String, Making> making = new ConcurrentHashMap<>();
    /** Told to whoever searches next; after that it is tried again. */
    private final Map<String, PigeonholeException> failures = new ConcurrentHashMap<>();

    SearchIndexes(CheckpointStore store) {
        this.store = store;
    }

    /**
     * Returns if the texts can be searched; else sees to it that they can be soon.
     *
     * @throws ProblemException they cannot yet; it says how far it is
     */
    void require(JobRecord job) {
        JobRows rows = store.rows(job.id());
        if (rows.isSearchable()) {
            return;
        }
        PigeonholeException failure = failures.remove(job.id());
        if (failure != null) {
            throw failure;
        }
        Making under = making.computeIfAbsent(job.id(), id -> new Making(job, rows).start());
        throw new ProblemException(new Problem(
                ProblemType.NOT_READY,
                "the texts are being made searchable; ask again in a moment",
                Map.of("progress", under.progress())));
    }

    /** Ends what is under way for a job that is to be deleted. */
    void forget(String jobId) {
        Making under = making.remove(jobId);
        if (under != null) {
            under.stop();
        }
        failures.remove(jobId);
    }

    /** Ends what is under way; it begins anew with the next search. */
    @Override
    public void close() {
        making.values().forEach(Making::stop);
    }

    private final class Making {
        private final JobRecord job;
        private final JobRows rows;
        private final Thread thread;
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile long at;

        Making(JobRecord job, JobRows rows) {
            this.job = job;
            this.rows = rows;
            this.thread = new Thread(this::run, "pigeonhole-search-" + job.id());
            thread.setDaemon(true);
        }

        Making start() {
            thread.start();
            return this;
        }

        /** The store may be closed, or the job's folder removed, when this returns. */
        void stop() {
            thread.interrupt();
            try {
                if (!ended.await(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.warn("texts are still being made searchable job={}", job.id());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        double progress() {
            long total = Math.max(1, job.plan().profile().rows());
            return Math.round(Math.min(at, total) * 100.0 / total) / 100.0;
        }

        private void run() {
            try (CsvRows<CsvItem> items =
                    JobDesk.options(job).source().items(job.plan().profile(), 1)) {
                rows.makeSearchable(new Texts(items), row -> at = row);
            } catch (PigeonholeException e) {
                LOG.warn("texts cannot be made searchable job={} message={}", job.id(), e.getMessage());
                failures.put(job.id(), e);
            } catch (RuntimeException | Error e) {
                LOG.error("texts cannot be made searchable job={}", job.id(), e);
                failures.put(
                        job.id(),
                        new ConfigurationException(
                                "the texts cannot be made searchable: something unexpected happened; error.log says more",
                                e));
            } finally {
                making.remove(job.id(), this);
                ended.countDown();
            }
        }
    }

    /** Rows that have a text. */
    private static final class Texts implements Iterator<Item> {
        private final Iterator<CsvItem> items;
        private @Nullable Item next;

        Texts(Iterator<CsvItem> items) {
            this.items = items;
        }

        @Override
        public boolean hasNext() {
            while (next == null && items.hasNext()) {
                CsvItem item = items.next();
                next = item.misshapen() || item.text().isBlank() ? null : new Item(item.row(), item.text());
            }
            return next != null;
        }

        @Override
        public Item next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            Item item = next;
            next = null;
            return item;
        }
    }
}
