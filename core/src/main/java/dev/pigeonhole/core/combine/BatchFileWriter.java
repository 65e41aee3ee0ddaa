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
import java.util.ArrayList;
import java.util.List;
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
    private final Runnable lastLook;
    private final Path directory;

    /** @param lastLook at the input, after it was read and before files are published; throws if what was read must not be used */
    public BatchFileWriter(JobLease lease, CsvSource source, CsvProfile profile, Disk disk, Runnable lastLook) {
        this.lease = lease;
        this.lines = new OutputLines(source, profile);
        this.disk = disk;
        this.lastLook = lastLook;
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
     * A batch of which every row has an outcome.
     *
     * @param number from 1
     */
    public record Rows(int number, long firstRow, long lastRow) {}

    /**
     * Writes and publishes a batch.
     *
     * @throws IllegalStateException a row has no outcome
     */
    public FinishedBatch write(int number, long firstRow, long lastRow) {
        return write(List.of(new Rows(number, firstRow, lastRow))).get(0);
    }

    /**
     * Writes batches, each forced to the disk, and publishes them together: what has to be forced besides the files is forced once
     * for all of them.
     *
     * @throws IllegalStateException a row has no outcome
     */
    public List<FinishedBatch> write(List<Rows> batches) {
        List<DurableFile> files = new ArrayList<>();
        List<FinishedBatch> finished = new ArrayList<>();
        try {
            for (Rows batch : batches) {
                DurableFile file = create(batch.number());
                files.add(file);
                finished.add(sealed(batch, file));
            }
            lastLook.run();
            lease.publishBatches(finished, () -> DurableFile.publishAll(files));
            return finished;
        } catch (RuntimeException | Error e) {
            DurableFile.closeAll(files, e);
            throw e;
        }
    }

    private DurableFile create(int number) {
        Path target = file(number);
        Path temporary = directory.resolve("tmp").resolve(target.getFileName() + "-" + lease.epoch());
        return DurableFile.create(disk, target, temporary);
    }

    private FinishedBatch sealed(Rows rows, DurableFile file) {
        Counts counts = writeRows(file, rows.firstRow(), rows.lastRow());
        file.seal();
        FinishedBatch batch = new FinishedBatch(
                rows.number(), rows.firstRow(), counts, new PublishedFile(counts.total(), file.bytes(), file.sha256()));
        if (batch.lastRow() != rows.lastRow()) {
            throw new IllegalStateException("batch " + rows.number() + ": " + counts.total() + " outcomes for rows "
                    + rows.firstRow() + " to " + rows.lastRow());
        }
        return batch;
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
