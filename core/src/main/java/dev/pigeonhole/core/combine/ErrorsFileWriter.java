package dev.pigeonhole.core.combine;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.FinishedBatch;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.csv.CsvCells;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRecord;
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
    public static final List<String> COLUMNS =
            List.of("row", "line", "batch", "sub_batch", "cause", "attempts", "message");

    private static final int MAX_MESSAGE = 300;

    private final JobLease lease;
    private final CsvSource source;
    private final CsvProfile profile;
    private final Disk disk;
    private final CsvCells cells;
    private final char delimiter;

    public ErrorsFileWriter(JobLease lease, CsvSource source, CsvProfile profile, Disk disk) {
        this.lease = lease;
        this.source = source;
        this.profile = profile;
        this.disk = disk;
        this.delimiter = profile.dialect().outputDelimiter();
        this.cells = CsvCells.delimitedBy(delimiter);
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
                InputRecords input = new InputRecords(source, profile)) {
            file.write(line(cells.join(COLUMNS), profile.header(), "surplus"));
            Deque<FinishedBatch> batches = failedBatches();
            lease.forEachFailure(row -> file.write(line(row, input.record(row.row()), batchOf(row, batches))));
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

    private String line(RowOutcome row, CsvRecord csv, int batch) {
        if (!(row.outcome() instanceof Outcome.Failed failed)) {
            throw new IllegalStateException("row " + row.row() + " has not failed");
        }
        String reason = cells.join(List.of(
                Long.toString(row.row()),
                Long.toString(csv.line()),
                Integer.toString(batch),
                row.subBatch() == 0 ? "" : Integer.toString(row.subBatch()),
                failed.cause().name(),
                Integer.toString(row.attempts()),
                harmless(failed.message())));
        return line(reason, csv.columns(), cells.join(List.of(csv.surplus())));
    }

    private String line(String reason, String columns, String surplus) {
        return reason
                + delimiter
                + columns
                + delimiter
                + surplus
                + profile.dialect().lineEnding();
    }

    /** A message may quote a server: short, on one line, and never a formula for a spreadsheet. */
    private static String harmless(String message) {
        String line = message.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").strip();
        String shortened = line.length() <= MAX_MESSAGE ? line : cut(line) + "…";
        return shortened.isEmpty() || "=+-@＝＋－＠".indexOf(shortened.charAt(0)) < 0 ? shortened : "'" + shortened;
    }

    private static String cut(String line) {
        int end = MAX_MESSAGE - 1;
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end);
    }
}
