package dev.pigeonhole.core.combine;

import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;

/** Writes a line for each outcome as it is handed over. Good for one use; not thread-safe. */
final class OutcomeStream {
    private static final int BUFFER = 1 << 16;

    private final OutputStream target;
    private long before;
    private long written;

    OutcomeStream(OutputStream target) {
        this.target = new BufferedOutputStream(target, BUFFER);
    }

    /**
     * Writes all and flushes; the target stays open.
     *
     * @param line empty to pass a row over
     * @return lines written, the head left out
     */
    long write(String head, Consumer<Consumer<RowOutcome>> rows, Function<RowOutcome, CharSequence> line)
            throws IOException {
        try {
            append(head);
            rows.accept(row -> add(row, line));
            target.flush();
            return written;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void add(RowOutcome row, Function<RowOutcome, CharSequence> line) {
        if (row.row() <= before) {
            throw new IllegalStateException("row " + row.row() + " came after row " + before);
        }
        before = row.row();
        CharSequence text = line.apply(row);
        if (text.length() > 0) {
            append(text);
            written++;
        }
    }

    private void append(CharSequence text) {
        try {
            target.write(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
