package dev.pigeonhole.core.combine;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongToIntFunction;

/**
 * The failures of a job as they are now, in the format of {@code errors.csv}, also while the job is not finished. Immutable and
 * thread-safe; memory does not grow with the job.
 */
public final class ErrorsFile {
    private final CsvSource source;
    private final CsvProfile profile;
    private final LongToIntFunction batchOf;

    /**
     * @param profile of this source
     * @param batchOf number of the batch that a row belongs to, both from 1
     */
    public ErrorsFile(CsvSource source, CsvProfile profile, LongToIntFunction batchOf) {
        this.source = Objects.requireNonNull(source, "source");
        this.profile = Objects.requireNonNull(profile, "profile");
        this.batchOf = Objects.requireNonNull(batchOf, "batchOf");
    }

    /**
     * Writes the header and a line for each failed row, in UTF-8, and flushes. The stream stays open.
     *
     * @param rows hands over outcomes in row order; those that are no failures are passed over
     * @return rows written
     * @throws IOException the stream cannot be written to
     * @throws dev.pigeonhole.core.InputException the input is no longer what it was
     */
    public long writeTo(OutputStream target, Consumer<Consumer<RowOutcome>> rows) throws IOException {
        try (ErrorLines lines = new ErrorLines(source, profile)) {
            OutcomeStream stream = new OutcomeStream(target);
            return stream.write(
                    lines.header(),
                    rows,
                    row -> row.outcome() instanceof Outcome.Failed
                            ? lines.line(row, batchOf.applyAsInt(row.row()))
                            : "");
        }
    }
}
