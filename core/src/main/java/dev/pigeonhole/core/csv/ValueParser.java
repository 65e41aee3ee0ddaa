package dev.pigeonhole.core.csv;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Makes values of framed records, one by one, with a single Commons CSV parser that is fed record after record. Should the
 * parser ever see a record otherwise than {@link RecordFramer}, reading ends: no row may be cut at two different places.
 * Not thread-safe.
 */
final class ValueParser {
    /** Two low surrogates in a row: no decoder yields that, so the line is never cut. */
    private static final String NO_DELIMITER = "\udc00\udc00";

    private final Feed feed = new Feed();
    private final Iterator<CSVRecord> records;

    ValueParser(char delimiter, boolean lenientQuotes) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter == CsvDialect.NONE ? NO_DELIMITER : String.valueOf(delimiter))
                .setIgnoreEmptyLines(false)
                .setTrailingData(lenientQuotes)
                .get();
        try {
            records =
                    CSVParser.builder().setReader(feed).setFormat(format).get().iterator();
        } catch (IOException e) {
            throw new UncheckedIOException("nothing was read yet", e);
        }
    }

    /** The values of the record that was framed last. */
    List<String> parse(RecordFramer framer) {
        CSVRecord record = read(framer);
        return record.toList();
    }

    /** The record that was framed last. */
    CSVRecord read(RecordFramer framer) {
        long before = feed.fed;
        feed.offer(framer.span());
        CSVRecord record;
        try {
            record = records.next();
        } catch (UncheckedIOException | IllegalStateException e) {
            throw framer.disagreement();
        }
        if (record.getCharacterPosition() != before || !feed.isEmpty() || record.size() != framer.fields()) {
            throw framer.disagreement();
        }
        return record;
    }

    /** Hands out one record and a line feed, and never more. */
    private static final class Feed extends Reader {
        private CharSpan record = new CharSpan(new char[0], 0, 0);
        private int given = 1;
        private long fed;

        void offer(CharSpan next) {
            record = next;
            given = 0;
            fed += next.length() + 1L;
        }

        boolean isEmpty() {
            return given > record.length();
        }

        @Override
        public int read(char[] target, int offset, int count) throws IOException {
            if (isEmpty()) {
                throw new IOException("more was asked for than one record");
            }
            int copied = Math.min(count, record.length() - given);
            System.arraycopy(record.chars(), record.start() + given, target, offset, copied);
            given += copied;
            if (copied < count) {
                target[offset + copied] = '\n';
                copied++;
                given++;
            }
            return copied;
        }

        @Override
        public void close() {}
    }
}
