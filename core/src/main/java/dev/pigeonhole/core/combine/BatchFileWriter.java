package dev.pigeonhole.core.combine;

import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.FinishedBatch;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.PublishedFile;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.file.Disk;
import dev.pigeonhole.core.file.DurableFile;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes the file of a batch from the input and the recorded outcomes, and publishes it. What it writes depends on nothing else,
 * so any batch file can be made again. Keeps the input open between batches: the next one mostly begins where the last one ended. Not
 * thread-safe.
 */
public final class BatchFileWriter implements AutoCloseable {
    private final JobLease lease;
    private final OutputLines lines;
    private final Disk disk;
    private final Path directory;

    public BatchFileWriter(JobLease lease, CsvSource source, CsvProfile profile, Disk disk) {
        this.lease = lease;
        this.lines = new OutputLines(source, profile);
        this.disk = disk;
        this.directory = lease.job().directory();
    }

    /** The file of a batch: {@code batches/batch-00001.csv} in the job's folder. */
    public static Path file(Path jobDirectory, int number) {
        return jobDirectory.resolve("batches").resolve(String.format(Locale.ROOT, "batch-%05d.csv", number));
    }

    /** The file of a batch of this job. */
    public Path file(int number) {
        return file(directory, number);
    }

    /**
     * Writes and publishes a batch of which every row has an outcome.
     *
     * @throws IllegalStateException a row has none
     */
    public FinishedBatch write(int number, long firstRow, long lastRow) {
        Path target = file(number);
        Path temporary = directory.resolve("tmp").resolve(target.getFileName() + "-" + lease.epoch());
        try (DurableFile file = DurableFile.create(disk, target, temporary)) {
            Counts counts = writeRows(file, firstRow, lastRow);
            file.seal();
            FinishedBatch batch = new FinishedBatch(
                    number, firstRow, counts, new PublishedFile(counts.total(), file.bytes(), file.sha256()));
            if (batch.lastRow() != lastRow) {
                throw new IllegalStateException("batch " + number + ": " + counts.total() + " outcomes for rows "
                        + firstRow + " to " + lastRow);
            }
            lease.publishBatch(batch, file::publish);
            return batch;
        }
    }

    private Counts writeRows(DurableFile file, long firstRow, long lastRow) {
        Writing writing = new Writing(file, firstRow);
        lease.forEachOutcome(firstRow, lastRow, writing::append);
        return writing.counts;
    }

    @Override
    public void close() {
        lines.close();
    }

    private final class Writing {
        private final DurableFile file;
        private Counts counts = Counts.NONE;
        private long next;

        Writing(DurableFile file, long firstRow) {
            this.file = file;
            this.next = firstRow;
        }

        void append(RowOutcome row) {
            if (next != row.row()) {
                throw new IllegalStateException("row " + next + " has no outcome");
            }
            next++;
            file.write(lines.line(row));
            counts = counts.plus(row.outcome());
        }
    }
}
