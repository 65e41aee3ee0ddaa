package dev.pigeonhole.core.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables made from seeds: what was written is what is read. A failing seed is the parameter that JUnit shows. */
class RoundTripTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasWrittenIsWhatIsRead(long seed) throws IOException {
        RandomTable table = new RandomTable(seed);
        int column = new Random(seed).nextInt(table.width);
        CsvSource source = table.described(source(table.bytes)).textColumns("#" + (column + 1));
        CsvProfile profile = source.scan();

        assertThat(profile.rows()).isEqualTo(table.rows.size());
        assertThat(profile.oddities().shortRows() + profile.oddities().longRows())
                .isZero();
        assertThat(profile.sha256()).isEqualTo(source.sha256());
        assertThat(profile.bytes()).isEqualTo(table.bytes.length);
        List<CsvRecord> records = all(source.records(profile, 1));
        assertThat(texts(all(source.items(profile, 1)))).isEqualTo(expectedTexts(table, column));
        for (int i = 0; i < table.rows.size(); i++) {
            checkRecord(table, i, records.get(i));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readingFromAnyRowEqualsReadingFromTheFirst(long seed) throws IOException {
        RandomTable table = new RandomTable(seed);
        Random random = new Random(seed);
        CsvSource source = table.described(source(table.bytes)).textColumns("#1");
        CsvProfile profile = source.scan();
        List<CsvItem> items = all(source.items(profile, 1));
        List<CsvRecord> records = all(source.records(profile, 1));

        LongStream marks = profile.index().stream().mapToLong(RowMark::row);
        LongStream others = LongStream.range(0, 4).map(i -> 1 + random.nextInt((int) profile.rows() + 1));
        LongStream.concat(LongStream.concat(marks, others), LongStream.of(profile.rows() + 1))
                .forEach(from -> {
                    assertThat(all(source.items(profile, from))).isEqualTo(items.subList((int) from - 1, items.size()));
                    assertThat(all(source.records(profile, from)))
                            .isEqualTo(records.subList((int) from - 1, records.size()));
                });
    }

    @ParameterizedTest
    @MethodSource("borders")
    void aBorderBetweenTwoBlocksOfBytesIsNotSeen(int shift) throws IOException {
        StringBuilder csv = new StringBuilder("id,text\r\n0," + "x".repeat(65_500 - shift) + "\r\n");
        for (int row = 1; row < 12; row++) {
            csv.append(row).append(",\"a\"\"é🐀\r\n").append(row).append("\"\r\n\r\n");
        }
        CsvSource source = source(csv.toString().getBytes("UTF-8"));
        CsvProfile profile = source.scan();

        assertThat(profile.rows()).isEqualTo(12);
        assertThat(profile.oddities()).isEqualTo(new CsvProfile.Oddities(11, 0, 0, 0, 0, 0));
        List<String> texts = texts(all(source.items(profile, 2)));
        for (int row = 1; row < 12; row++) {
            assertThat(texts.get(row - 1)).isEqualTo("a\"é🐀\r\n" + row);
        }
    }

    @ParameterizedTest
    @MethodSource("borders")
    void badBytesAtABorderAreReplacedAndCountedOnce(int shift) throws IOException {
        byte[] csv = ("id,text\r\n0," + "x".repeat(65_500 - shift) + "\r\n1,aéb\r2,céd\r3,e\r").getBytes("ISO-8859-1");
        CsvSource source = source(csv).replaceBadBytes(true);
        CsvProfile profile = source.scan();

        assertThat(profile.oddities().rowsWithBadBytes()).isEqualTo(2);
        assertThat(texts(all(source.items(profile, 2)))).containsExactly("a\ufffdb", "c\ufffdd", "e");
    }

    @Test
    void marksAreExactWhereBadBytesAreReplaced() throws IOException {
        StringBuilder csv = new StringBuilder("id,text\n");
        for (int row = 1; row <= 9_000; row++) {
            csv.append(row).append(row % 3 == 0 ? ",caf\u00e9\n" : ",tea\n");
        }
        CsvSource source = source(csv.toString().getBytes("ISO-8859-1")).replaceBadBytes(true);
        CsvProfile profile = source.scan();

        assertThat(profile.oddities().rowsWithBadBytes()).isEqualTo(3_000);
        assertThat(profile.index()).hasSize(5).allSatisfy(mark -> {
            int offset = csv.indexOf("\n" + mark.row() + ",") + 1;
            assertThat(mark.offset()).isEqualTo(offset);
        });
        assertThat(all(source.items(profile, 8_999)))
                .containsExactly(new CsvItem(8_999, "tea", false), new CsvItem(9_000, "caf\ufffd", false));
    }

    @Test
    void anEncodingWithShiftsIsReadFromTheStartEachTime() throws IOException {
        StringBuilder csv = new StringBuilder("id,text\n");
        for (int row = 1; row <= 5_000; row++) {
            csv.append(row).append(",漢字\n");
        }
        CsvSource source = source(csv.toString().getBytes("ISO-2022-JP")).encoding("ISO-2022-JP");
        CsvProfile profile = source.scan();

        assertThat(profile.index()).containsExactly(new RowMark(1, 2, 0));
        assertThat(all(source.items(profile, 4_999)))
                .containsExactly(new CsvItem(4_999, "漢字", false), new CsvItem(5_000, "漢字", false));
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 100), LongStream.of(System.nanoTime()));
    }

    static IntStream borders() {
        return IntStream.range(0, 70);
    }

    private CsvSource source(byte[] bytes) throws IOException {
        return CsvSource.of(Files.write(folder.resolve("input.csv"), bytes));
    }

    /** The text columns of the record are the ones that were written, byte for byte, and valid CSV on their own. */
    private static void checkRecord(RandomTable table, int index, CsvRecord record) {
        String raw = table.raws.get(index);
        boolean undelimited = table.delimiter == CsvDialect.NONE;
        if (!undelimited || raw.indexOf(',') < 0) {
            assertEquals(raw, record.columns());
        }
        char delimiter = undelimited ? ',' : table.delimiter;
        List<List<String>> read = TinyCsv.records(record.columns() + "\n", delimiter);
        assertEquals(List.of(table.rows.get(index)), read);
    }

    private static List<String> expectedTexts(RandomTable table, int column) {
        return table.rows.stream()
                .map(cells -> cells.get(column).replace("\0", ""))
                .map(text -> text.isBlank() ? "" : text)
                .toList();
    }

    private static List<String> texts(List<CsvItem> items) {
        return items.stream().map(CsvItem::text).toList();
    }

    private static <R> List<R> all(CsvRows<R> rows) {
        List<R> all = new ArrayList<>();
        try (rows) {
            rows.forEachRemaining(all::add);
        }
        return all;
    }
}
