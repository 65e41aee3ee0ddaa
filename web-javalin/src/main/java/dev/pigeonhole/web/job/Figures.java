package dev.pigeonhole.web.job;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.Facets;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobRows;
import dev.pigeonhole.core.checkpoint.RowFilter;
import dev.pigeonhole.core.ledger.Bill;
import java.util.Map;

/**
 * What a store says of a job at one moment. Immutable.
 *
 * @param facets of all its rows, what people said included
 * @param reviewed rows of which people said something
 * @param unpublished rows whose outcome is not in the output yet, because people changed it
 * @param batches files of finished batches
 */
record Figures(Facets facets, Bill bill, long reviewed, long unpublished, long batches) {
    static final Figures NONE =
            new Figures(new Facets(Counts.NONE, Map.of(), Map.of(), Map.of(), 0, true), Bill.NONE, 0, 0, 0);

    static Figures read(CheckpointStore store, JobRecord job) {
        JobRows rows = store.rows(job.id());
        return new Figures(
                rows.facets(RowFilter.ALL),
                store.bill(job.id()),
                rows.reviewed(),
                rows.unpublished(),
                BatchFiles.of(job).count());
    }

    /** Without what needs a look at every row: how many there are of each category and cause, and what is not published. */
    static Figures quick(CheckpointStore store, JobRecord job) {
        Facets facets = new Facets(store.counts(job.id()), Map.of(), Map.of(), Map.of(), 0, true);
        return new Figures(
                facets, store.bill(job.id()), 0, 0, BatchFiles.of(job).count());
    }

    Counts counts() {
        return facets.counts();
    }

    /** Failed rows that can be asked again. */
    long retryable() {
        return facets.byCause().entrySet().stream()
                .filter(cause -> cause.getKey().canAskAgain())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Rows that failed for a reason. */
    long failed(FailureCause cause) {
        return facets.byCause().getOrDefault(cause, 0L);
    }
}
