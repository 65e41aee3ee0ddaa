package dev.pigeonhole.core.job;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.batch.Batcher;
import dev.pigeonhole.core.checkpoint.FinishedBatch;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first stage: rows into batches into sub-batches; what has an outcome already is left out. Sub-batches are cut from all
 * items of a batch, so that a resumed run asks in the same groups as an uninterrupted one. Runs in one thread.
 */
final class RowReader implements Runnable {
    private static final int SETTLED_GROUP = 1_000;

    private final JobLease lease;
    private final CsvSource source;
    private final CsvProfile profile;
    private final Batcher<CsvItem> batcher;
    private final Batcher<CsvItem> subBatcher;
    private final Stages stages;

    private int batchNumber = 1;

    RowReader(
            JobLease lease,
            CsvSource source,
            CsvProfile profile,
            Batcher<CsvItem> batcher,
            Batcher<CsvItem> subBatcher,
            Stages stages) {
        this.lease = lease;
        this.source = source;
        this.profile = profile;
        this.batcher = batcher;
        this.subBatcher = subBatcher;
        this.stages = stages;
    }

    @Override
    public void run() {
        long row = 1;
        while (row <= profile.rows() && !stages.isStopping()) {
            Optional<FinishedBatch> finished = lease.batchStartingAt(row);
            row = finished.isPresent() ? skip(finished.get()) : readFrom(row);
        }
    }

    private long skip(FinishedBatch finished) {
        batchNumber = finished.number() + 1;
        return finished.lastRow() + 1;
    }

    /** Reads batches until the end of the input or the next finished batch; returns the row to go on with. */
    private long readFrom(long firstRow) {
        Batcher.Cutter<CsvItem> cutter = batcher.start();
        RecordedRows recorded = new RecordedRows(lease);
        try (CsvRows<CsvItem> rows = source.items(profile, firstRow)) {
            OpenBatch batch = null;
            while (rows.hasNext() && !stages.isStopping()) {
                CsvItem row = rows.next();
                if (cutter.cutsBefore(row)) {
                    if (batch != null) {
                        batch.end();
                        if (lease.batchStartingAt(row.row()).isPresent()) {
                            return row.row();
                        }
                    }
                    batch = new OpenBatch(batchNumber++, row.row(), recorded);
                }
                if (batch == null) {
                    throw new IllegalStateException("a batcher must cut before the first row");
                }
                batch.add(row);
            }
            if (batch != null && !stages.isStopping()) {
                batch.end();
            }
        }
        return profile.rows() + 1;
    }

    /** A batch being read. */
    private final class OpenBatch {
        private final int number;
        private final long firstRow;
        private final RecordedRows recorded;
        private final Batcher.Cutter<CsvItem> cutter = subBatcher.start();
        private final List<RowOutcome> settled = new ArrayList<>();
        private final List<Item> items = new ArrayList<>();
        private int subBatch;
        private long rows;
        private long rowsRecorded;

        OpenBatch(int number, long firstRow, RecordedRows recorded) {
            this.number = number;
            this.firstRow = firstRow;
            this.recorded = recorded;
        }

        void add(CsvItem row) {
            rows++;
            boolean done = recorded.contains(row.row());
            rowsRecorded += done ? 1 : 0;
            Outcome known = knownOutcome(row);
            if (known != null) {
                if (!done) {
                    settle(new RowOutcome(row.row(), known, 0, 0));
                }
                return;
            }
            if (cutter.cutsBefore(row)) {
                sendItems();
                subBatch++;
            }
            if (!done) {
                items.add(new Item(row.row(), row.text()));
            }
        }

        void end() {
            sendItems();
            sendSettled();
            stages.report(new Report.BatchRead(number, firstRow, rows, rowsRecorded));
        }

        private void settle(RowOutcome row) {
            settled.add(row);
            if (settled.size() == SETTLED_GROUP) {
                sendSettled();
            }
        }

        private void sendItems() {
            if (!items.isEmpty()) {
                stages.send(number, subBatch, items);
                items.clear();
            }
        }

        private void sendSettled() {
            if (!settled.isEmpty()) {
                stages.settle(number, settled);
                settled.clear();
            }
        }
    }

    /** The outcome of a row that nobody has to be asked about. */
    private @Nullable Outcome knownOutcome(CsvItem row) {
        if (row.misshapen()) {
            return new Outcome.Failed(
                    FailureCause.CSV_SHAPE,
                    "the row does not have the " + profile.columns().size() + " columns of the header");
        }
        return row.text().isBlank() ? new Outcome.Skipped() : null;
    }
}
