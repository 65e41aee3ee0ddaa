package dev.pigeonhole.web.job;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobRows;
import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the texts of jobs searchable in the background, when somebody searches for the first time. Thread-safe. */
final class SearchIndexes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SearchIndexes.class);

    private final CheckpointStore store;
    private final Chores<Indexing> chores = new Chores<>(
            LOG, "pigeonhole-search-", "texts cannot be made searchable", "texts are still being made searchable");

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
        chores.throwFailure(job.id());
        double progress = chores.begin(job.id(), () -> Optional.of(new Indexing(job, rows)))
                .map(under -> under.chore().progress())
                .orElse(0.0);
        throw new ProblemException(new Problem(
                ProblemType.NOT_READY,
                "the texts are being made searchable; ask again in a moment",
                Map.of("progress", progress)));
    }

    /** Ends what is under way for a job that is to be deleted. */
    void forget(String jobId) {
        chores.forget(jobId);
    }

    /** Ends what is under way; it begins anew with the next search. */
    @Override
    public void close() {
        chores.close();
    }

    private static final class Indexing implements Chores.Chore {
        private final JobRecord job;
        private final JobRows rows;
        private volatile long at;

        Indexing(JobRecord job, JobRows rows) {
            this.job = job;
            this.rows = rows;
        }

        double progress() {
            long total = Math.max(1, job.plan().profile().rows());
            return Math.round(Math.min(at, total) * 100.0 / total) / 100.0;
        }

        @Override
        public void run() {
            try (CsvRows<CsvItem> items =
                    JobDesk.options(job).source().items(job.plan().profile(), 1)) {
                rows.makeSearchable(new Texts(items), row -> at = row);
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
