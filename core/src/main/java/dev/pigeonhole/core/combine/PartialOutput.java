package dev.pigeonhole.core.combine;

import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What is done of a job so far, as its output would have it: the same header, and the rows that have an outcome, in input order. Once
 * all rows have one, it is the output, byte for byte. Immutable and thread-safe; memory does not grow with the job.
 */
public final class PartialOutput {
    private final CsvSource source;
    private final CsvProfile profile;
    private final boolean bom;

    /**
     * @param profile of this source
     * @param bom whether a byte order mark comes first
     */
    public PartialOutput(CsvSource source, CsvProfile profile, boolean bom) {
        this.source = Objects.requireNonNull(source, "source");
        this.profile = Objects.requireNonNull(profile, "profile");
        this.bom = bom;
    }

    /**
     * Writes the header and the rows, in UTF-8, and flushes. The stream stays open.
     *
     * @param rows hands over outcomes in row order, as {@link dev.pigeonhole.core.checkpoint.JobRows#forEach} does
     * @return rows written
     * @throws IOException the stream cannot be written to
     * @throws dev.pigeonhole.core.InputException the input is no longer what it was
     */
    public long writeTo(OutputStream target, Consumer<Consumer<RowOutcome>> rows) throws IOException {
        try (OutputLines lines = new OutputLines(source, profile)) {
            return new OutcomeStream(target).write(ResultColumns.head(profile, bom), rows, lines::line);
        }
    }
}
