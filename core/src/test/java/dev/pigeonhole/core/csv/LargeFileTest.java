package dev.pigeonhole.core.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.InputException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeFileTest {
    private static final int MEBI = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void anUnclosedQuoteInALargeFileIsRefusedWithTheLineWhereItOpens() throws IOException {
        Path file = rows(400_000, 100_000, "\"never closed");
        assertThat(Files.size(file)).isGreaterThan(15 * MEBI);
        assertThatThrownBy(() -> CsvSource.of(file).maxRecordChars(MEBI).scan())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("row 100000 (line 100001)")
                .hasMessageContaining("more than 1048576 characters")
                .hasMessageContaining("quote opens on line 100001");
    }

    @Test
    void oneEndlessLineIsRefused() throws IOException {
        Path file = folder.resolve("line.csv");
        byte[] block = "words and no end of line ".repeat(4_000).getBytes(StandardCharsets.UTF_8);
        try (var out = Files.newOutputStream(file)) {
            out.write("text\n".getBytes(StandardCharsets.UTF_8));
            for (int written = 0; written < 20 * MEBI; written += block.length) {
                out.write(block);
            }
        }
        assertThatThrownBy(() -> CsvSource.of(file).maxRecordChars(MEBI).scan())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("row 1 (line 2)")
                .hasMessageContaining("more than 1048576 characters")
                .hasMessageContaining("no line break");
    }

    @Test
    void readingStopsSoonAfterTheLongestRecordAllowed() throws IOException {
        for (String start : new String[] {"a,b\n1,\"", "a,b\n1,"}) {
            EndlessChannel endless = new EndlessChannel(start);
            CharWindow window = new CharWindow(endless, 0, StandardCharsets.UTF_8, false, null);
            try (RecordFramer framer = new RecordFramer(
                    Path.of("endless.csv"), window, ',', CsvOptions.DEFAULT.withMaxRecordChars(MEBI))) {
                assertThat(framer.hasMore()).isTrue();
                framer.next();
                assertThat(framer.hasMore()).isTrue();
                assertThatThrownBy(framer::next).isInstanceOf(InputException.class);
            }
            assertThat(endless.given).isBetween((long) MEBI, 2L * MEBI);
            assertThat(window.chars.length).isLessThan(2 * MEBI);
        }
    }

    @Test
    void aFieldOfTenMebibytesIsRead() throws IOException {
        String big = "many words, ".repeat(10 * MEBI / 12);
        Path file = Files.writeString(folder.resolve("big.csv"), "id,text\n1,\"" + big + "\"\n2,small\n");
        CsvSource source = CsvSource.of(file).maxRecordChars(16 * MEBI);
        CsvProfile profile = source.scan();
        assertThat(profile.rows()).isEqualTo(2);
        try (CsvRows<CsvItem> items = source.items(profile, 1)) {
            assertThat(items.next().text().equals(big)).isTrue();
            assertThat(items.next().text()).isEqualTo("small");
        }
    }

    @Test
    void aRecordMayHaveExactlyTheLargestSize() throws IOException {
        for (String ending : new String[] {"", "\n", "\r\n"}) {
            Path file = Files.writeString(folder.resolve("cap.csv"), "id,text\n1," + "x".repeat(98) + ending);
            assertThat(CsvSource.of(file).maxRecordChars(100).scan().rows()).isEqualTo(1);
            assertThatThrownBy(() -> CsvSource.of(file).maxRecordChars(99).scan())
                    .isInstanceOf(InputException.class);
        }
    }

    @Test
    void everyRowOfALargeFileIsReadAndAnyCanBeReachedByAMark() throws IOException {
        CsvSource source = CsvSource.of(rows(200_000, 0, ""));
        CsvProfile profile = source.scan();
        assertThat(profile.rows()).isEqualTo(200_000);
        assertThat(profile.index()).hasSize(100);
        try (CsvRows<CsvItem> items = source.items(profile, 123_456)) {
            assertThat(items.next().text()).startsWith("row 123456 ");
        }
        long rows = 0;
        try (CsvRows<CsvRecord> records = source.records(profile, 1)) {
            while (records.hasNext()) {
                rows += records.next().row() == rows + 1 ? 1 : 0;
            }
        }
        assertThat(rows).isEqualTo(200_000);
    }

    private Path rows(int count, int oddRow, String oddText) throws IOException {
        Path file = folder.resolve("rows.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("id,text\n");
            for (int row = 1; row <= count; row++) {
                String text = row == oddRow ? oddText : "row " + row + " with a text as people write it é";
                out.write(row + "," + text + "\n");
            }
        }
        return file;
    }

    /** Goes on for ever after its start, and counts what it gave. */
    private static final class EndlessChannel implements ReadableByteChannel {
        private final byte[] start;
        private long given;

        EndlessChannel(String start) {
            this.start = start.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read(ByteBuffer target) {
            byte[] bytes = given == 0 ? start : new byte[target.remaining()];
            if (given > 0) {
                Arrays.fill(bytes, (byte) 'x');
            }
            target.put(bytes);
            given += bytes.length;
            return bytes.length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
