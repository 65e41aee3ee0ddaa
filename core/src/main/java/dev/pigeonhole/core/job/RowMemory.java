package dev.pigeonhole.core.job;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.JobMemory;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongPredicate;

/** What the store and the input know of a job that is held. */
final class RowMemory implements JobMemory {
    /** As many rows as lie between two marks of the pre-scan. */
    private static final long BLOCK = 2_000;

    private final JobLease lease;
    private final CsvSource source;
    private final CsvProfile profile;

    RowMemory(JobLease lease, CsvSource source) {
        this.lease = lease;
        this.source = source;
        this.profile = lease.job().plan().profile();
    }

    @Override
    public String jobId() {
        return lease.job().id();
    }

    @Override
    public long rows() {
        return profile.rows();
    }

    @Override
    public Path directory() {
        return lease.job().directory();
    }

    @Override
    public void forEachOutcome(LongPredicate wanted, BiConsumer<Item, Outcome> consumer) {
        for (long first = 1; first <= profile.rows(); first += BLOCK) {
            long last = Math.min(profile.rows(), first + BLOCK - 1);
            if (hasAny(wanted, first, last)) {
                read(first, last, outcomes(wanted, first, last), consumer);
            }
        }
    }

    private static boolean hasAny(LongPredicate wanted, long first, long last) {
        for (long row = first; row <= last; row++) {
            if (wanted.test(row)) {
                return true;
            }
        }
        return false;
    }

    private Map<Long, Outcome> outcomes(LongPredicate wanted, long first, long last) {
        Map<Long, Outcome> outcomes = new HashMap<>();
        lease.forEachOutcome(first, last, row -> {
            if (wanted.test(row.row())) {
                outcomes.put(row.row(), row.outcome());
            }
        });
        return outcomes;
    }

    private void read(long first, long last, Map<Long, Outcome> outcomes, BiConsumer<Item, Outcome> consumer) {
        if (outcomes.isEmpty()) {
            return;
        }
        try (CsvRows<CsvItem> rows = source.items(profile, first)) {
            while (rows.hasNext()) {
                CsvItem row = rows.next();
                if (row.row() > last) {
                    return;
                }
                Outcome outcome = outcomes.get(row.row());
                if (outcome != null && !row.misshapen() && !row.text().isBlank()) {
                    consumer.accept(new Item(row.row(), row.text()), outcome);
                }
            }
        }
    }

    @Override
    public long reopen(String from, double confidence) {
        return lease.reopenUnsure(from, confidence);
    }
}
