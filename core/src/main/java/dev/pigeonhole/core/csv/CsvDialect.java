package dev.pigeonhole.core.csv;

import java.nio.charset.Charset;
import java.util.Objects;

/**
 * How the file is written, as the pre-scan found it or the user said it. Immutable.
 *
 * @param charset how bytes become characters
 * @param bom whether the file begins with a byte order mark
 * @param delimiter the character between columns; {@link #NONE} for a file of one column in which every line is one value
 * @param lineEnding the most frequent line ending outside quotes: LF, CR LF or CR
 */
public record CsvDialect(Charset charset, boolean bom, char delimiter, String lineEnding) {
    /** No delimiter at all: one column. Not a character that text holds. */
    public static final char NONE = '\u001f';

    public CsvDialect {
        Objects.requireNonNull(charset, "charset");
        if (!lineEnding.equals("\n") && !lineEnding.equals("\r\n") && !lineEnding.equals("\r")) {
            throw new IllegalArgumentException("not a line ending");
        }
    }

    /** The delimiter as {@link CsvSource#delimiter} takes it: {@code comma}, {@code tab}, …, the character, or {@code none}. */
    public String delimiterName() {
        return Delimiters.name(delimiter);
    }

    /** The delimiter of everything that is written for this input. */
    public char outputDelimiter() {
        return delimiter == NONE ? ',' : delimiter;
    }
}
