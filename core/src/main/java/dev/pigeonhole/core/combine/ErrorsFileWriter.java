package dev.pigeonhole.core.combine;

import dev.pigeonhole.core.checkpoint.FinishedBatch;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.file.Disk;
import dev.pigeonhole.core.file.DurableFile;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Writes {@code errors.csv}: one line per failed row, with the reason in front and the original columns behind. */
public final class ErrorsFileWriter {
    /** The columns before the original ones. Behind these comes {@code surplus}: what a long row has too much. */
    public static final List<String> COLUMNS = ErrorLines.COLUMNS;

    private final JobLease lease;
    private final CsvSource source;
    private final CsvProfile profile;
    private final Disk disk;

    public ErrorsFileWriter(JobLease lease, CsvSource source, CsvProfile profile, Disk disk) {
        this.lease = lease;
        this.source = source;
        this.profile = profile;
        this.disk = disk;
    }

    /** The file in the job's folder. */
    public static Path file(Path jobDirectory) {
        return jobDirectory.resolve("errors.csv");
    }

    /** Writes all failures of the job as they are now, and publishes the file. */
    public void write() {
        Path target = file(lease.job().directory());
        Path temporary = lease.job().directory().resolve("tmp").resolve("errors.csv-" + lease.epoch());
        try (DurableFile file = DurableFile.create(disk, target, temporary);
                ErrorLines lines = new ErrorLines(source, profile)) {
            file.write(lines.header());
            Deque<FinishedBatch> batches = failedBatches();
            lease.forEachFailure(row -> file.write(lines.line(row, batchOf(row, batches))));
            file.seal();
            file.publish();
        }
    }

    private Deque<FinishedBatch> failedBatches() {
        Deque<FinishedBatch> batches = new ArrayDeque<>();
        lease.forEachBatch(batch -> {
            if (batch.counts().failed() > 0) {
                batches.add(batch);
            }
        });
        return batches;
    }

    private static int batchOf(RowOutcome row, Deque<FinishedBatch> batches) {
        while (batches.getFirst().lastRow() < row.row()) {
            batches.removeFirst();
        }
        return batches.getFirst().number();
    }
}
