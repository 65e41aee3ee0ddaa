package dev.pigeonhole.core.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Good rows for as many megabytes as wanted, made as they are read, then something that never ends. */
class EndlessQuoteTest {
    private static final long GOOD_BYTES = Integer.getInteger("pigeonhole.endless-mb", 32) * (1L << 20);
    private static final int MOST_CHARS = 1 << 20;
    private static final byte[] ROW = "4711,\"a text, as people write it\"\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] MORE = "and more of it ".repeat(100).getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @ValueSource(strings = {"4712,\"never closed ", "4712,a line without end "})
    void whatNeverEndsIsRefusedWithItsLineAndSoonAfterTheCap(String odd) throws IOException {
        Rows rows = new Rows(odd);
        CharWindow window = new CharWindow(rows, 0, StandardCharsets.UTF_8, false, null);
        CsvOptions options = CsvOptions.DEFAULT.withMaxRecordChars(MOST_CHARS);
        try (RecordFramer framer = new RecordFramer(Path.of("endless.csv"), window, ',', options)) {
            long good = GOOD_BYTES / ROW.length + 1;
            for (long row = 0; row < good; row++) {
                assertThat(framer.hasMore()).isTrue();
                framer.next();
            }
            assertThat(framer.hasMore()).isTrue();
            assertThatThrownBy(framer::next)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("line " + (good + 1))
                    .hasMessageContaining("more than 1048576 characters");
        }
        assertThat(rows.given).isLessThan(GOOD_BYTES + 3L * MOST_CHARS);
        assertThat(window.chars.length).isLessThan(2 * MOST_CHARS);
    }

    /** Bytes of rows up to a number of them, then other bytes again and again. */
    private static final class Rows implements ReadableByteChannel {
        private final byte[] odd;
        private byte[] now = ROW;
        private int at;
        private long given;

        Rows(String odd) {
            this.odd = odd.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public int read(ByteBuffer target) {
            int before = target.remaining();
            while (target.hasRemaining()) {
                int count = Math.min(target.remaining(), now.length - at);
                target.put(now, at, count);
                at += count;
                given += count;
                if (at == now.length) {
                    at = 0;
                    now = given <= GOOD_BYTES ? ROW : now == ROW ? odd : MORE;
                }
            }
            return before;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
