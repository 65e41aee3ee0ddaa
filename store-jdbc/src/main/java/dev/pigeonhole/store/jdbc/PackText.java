package dev.pigeonhole.store.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.OptionalDouble;

/**
 * The text of a pack: a JSON array with an array of {@value #NUMBERS} whole numbers for each row. JSON, so that SQL can take it apart
 * too. Part of the format. Not thread-safe.
 */
final class PackText {
    static final int NUMBERS = 7;
    /** Stands for {@code null}. */
    static final long NONE = Long.MIN_VALUE;

    /** A confidence is a whole number of these; fewer bits than a {@code long} has, more than nearly all confidences have. */
    private static final double UNIT = 0x1p-60;

    private static final int CHARS_PER_ROW = 40;

    private final StringBuilder text = new StringBuilder(OutcomeGroup.ROWS * CHARS_PER_ROW);

    /** Sees the numbers of a row; an array that it must not keep. */
    interface Row {
        void see(long[] numbers) throws SQLException;
    }

    void add(long[] numbers) {
        text.append(text.isEmpty() ? "[[" : ",[");
        for (int i = 0; i < NUMBERS; i++) {
            if (i > 0) {
                text.append(',');
            }
            if (numbers[i] == NONE) {
                text.append("null");
            } else {
                text.append(numbers[i]);
            }
        }
        text.append(']');
    }

    String finish() {
        return text.append(']').toString();
    }

    /** Whether it comes back as it was; a very small one may not. */
    static boolean isExact(OptionalDouble confidence) {
        double value = confidence.orElse(0);
        return ((long) (value / UNIT)) * UNIT == value;
    }

    static long ofConfidence(OptionalDouble confidence) {
        return confidence.isPresent() ? (long) (confidence.getAsDouble() / UNIT) : NONE;
    }

    static OptionalDouble toConfidence(long number) {
        return number == NONE ? OptionalDouble.empty() : OptionalDouble.of(number * UNIT);
    }

    /** Hands over the rows in order. What does not look as it was written is damage. */
    static void read(String text, Row row) throws SQLException {
        new Reader(text).read(row);
    }

    private static final class Reader {
        private final byte[] text;
        private final long[] numbers = new long[NUMBERS];
        private int at;

        Reader(String text) {
            this.text = text.getBytes(StandardCharsets.ISO_8859_1); // What else is in there is damage, and becomes "?".
        }

        void read(Row row) throws SQLException {
            expect('[');
            do {
                expect('[');
                for (int i = 0; i < NUMBERS; i++) {
                    if (i > 0) {
                        expect(',');
                    }
                    numbers[i] = number();
                }
                expect(']');
                row.see(numbers);
            } while (isNext(','));
            expect(']');
            if (at != text.length) {
                throw damaged();
            }
        }

        private long number() throws DamagedException {
            if (isNext('n')) {
                expect('u');
                expect('l');
                expect('l');
                return NONE;
            }
            boolean negative = isNext('-');
            byte[] bytes = text;
            int p = at;
            long number = 0;
            while (p < bytes.length && bytes[p] >= '0' && bytes[p] <= '9') {
                number = number * 10 + bytes[p] - '0';
                p++;
            }
            if (p == at) {
                throw damaged();
            }
            at = p;
            return negative ? -number : number;
        }

        private boolean isNext(char c) {
            boolean is = at < text.length && text[at] == c;
            at += is ? 1 : 0;
            return is;
        }

        private void expect(char c) throws DamagedException {
            if (!isNext(c)) {
                throw damaged();
            }
        }

        private DamagedException damaged() {
            return new DamagedException("packed outcomes are not readable at character " + at);
        }
    }
}
