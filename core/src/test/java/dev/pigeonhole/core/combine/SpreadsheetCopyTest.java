package dev.pigeonhole.core.combine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.csv.CsvCells;
import dev.pigeonhole.core.csv.TinyCsv;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetCopyTest {
    private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-f]{4})");

    private static String copy(String csv, char delimiter) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        SpreadsheetCopy.copy(in(csv), delimiter, target);
        return target.toString(StandardCharsets.UTF_8);
    }

    private static InputStream in(String csv) {
        return new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aCellIsGuardedOrLeftAsTheTableSays(boolean guarded, String value) throws IOException {
        String csv = CsvCells.delimitedBy(',').join(List.of("first", value, "last")) + "\n";

        List<String> copied = TinyCsv.records(copy(csv, ',').substring(1), ',').get(0);

        assertThat(copied).containsExactly("first", guarded ? "'" + value : value, "last");
    }

    static Stream<Arguments> cells() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(SpreadsheetCopyTest.class.getResourceAsStream("/spreadsheet/cells.txt"))) {
            String table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return table.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", 2))
                    .map(line -> Arguments.of(line[0].equals("guarded"), unescaped(line[1])));
        }
    }

    private static String unescaped(String value) {
        return UNICODE.matcher(value)
                .replaceAll(m -> String.valueOf((char) Integer.parseInt(m.group(1), 16)))
                .translateEscapes();
    }

    @Test
    void theTableIsMarkedAsUtf8AndItsLinesEndAsExcelHasThem() throws IOException {
        assertThat(copy("\ufeffid,text\n1,\"a\nb\"\r2,\r\n", ',')).isEqualTo("\ufeffid,text\r\n1,\"a\nb\"\r\n2,\r\n");
        assertThat(copy("id,text\n1,a", ',')).isEqualTo("\ufeffid,text\r\n1,a\r\n");
        assertThat(copy("", ',')).isEqualTo("\ufeff");
    }

    @ParameterizedTest
    @ValueSource(strings = {",,", ";;", "\t,", "|,", "^,"})
    void onlyCommaAndSemicolonStay(String beforeAndAfter) throws IOException {
        char before = beforeAndAfter.charAt(0);
        char after = beforeAndAfter.charAt(1);

        assertThat(copy("id" + before + "text\n1" + before + "\"a,b\"\n", before))
                .isEqualTo("\ufeffid" + after + "text\r\n1" + after + (after == ',' ? "\"a,b\"" : "a,b") + "\r\n");
    }

    @Test
    void whatWasDoneIsCounted() throws IOException {
        String csv = "id,=text\n1,=a\n2,-3\n3," + "x".repeat(32_767) + "\n4," + "x".repeat(32_768) + "\n";

        SpreadsheetCopy.Report report = SpreadsheetCopy.copy(in(csv), ',', OutputStream.nullOutputStream());

        assertThat(report).isEqualTo(new SpreadsheetCopy.Report(5, 2, 1));
    }

    @Test
    void oddQuotesAreReadAsTheInputIs() throws IOException {
        assertThat(copy("5\" disk,\"a\" ,\"b\"\"c\",\"\"\n", ',')).isEqualTo("\ufeff\"5\"\" disk\",a,\"b\"\"c\",\r\n");
    }

    @Test
    void aTableThatIsCutOffIsCopiedAsFarAsItGoes() throws IOException {
        assertThat(copy("id,text\n1,\"=a", ',')).isEqualTo("\ufeffid,text\r\n1,'=a\r\n");
    }

    @Test
    void aTargetThatFailsIsReportedAsSuch() {
        IOException gone = new IOException("gone");
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw gone;
            }
        };

        assertThatThrownBy(() -> SpreadsheetCopy.copy(in("a\n"), ',', closed)).isSameAs(gone);
    }

    @Test
    void closingEndsTheCopyAndClosesTheTarget() throws IOException {
        List<String> calls = new ArrayList<>();
        ByteArrayOutputStream target = new ByteArrayOutputStream() {
            @Override
            public void close() {
                calls.add("closed");
            }
        };

        SpreadsheetCopy copy = new SpreadsheetCopy(target, ',');
        copy.write("a".getBytes(StandardCharsets.UTF_8));
        copy.close();

        assertThat(copy.finish().records()).isEqualTo(1);
        assertThat(target.toString(StandardCharsets.UTF_8)).isEqualTo("\ufeffa\r\n");
        assertThat(calls).containsExactly("closed");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void allOtherCellsAreUnchangedHoweverTheBytesCome(long seed) throws IOException {
        Random random = new Random(seed);
        char delimiter = ",;\t|".charAt(random.nextInt(4));
        List<List<String>> table = table(random);
        byte[] csv = csv(table, delimiter, random).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        SpreadsheetCopy copy = new SpreadsheetCopy(target, delimiter);
        for (int at = 0; at < csv.length; ) {
            int part = Math.min(csv.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 40_000));
            copy.write(csv, at, part);
            at += part;
        }
        SpreadsheetCopy.Report report = copy.finish();

        String written = target.toString(StandardCharsets.UTF_8);
        List<List<String>> read = TinyCsv.records(written.substring(1), delimiter == ';' ? ';' : ',');
        assertThat(read).hasSameSizeAs(table);
        long guarded = 0;
        for (int i = 0; i < table.size(); i++) {
            assertThat(read.get(i)).hasSameSizeAs(table.get(i));
            for (int j = 0; j < table.get(i).size(); j++) {
                String before = table.get(i).get(j);
                String after = read.get(i).get(j);
                guarded += after.equals(before) ? 0 : 1;
                assertThat(after).isIn(before, "'" + before);
                assertThat(after).doesNotMatch("(?s)[=@\\t\\r\\n].*");
            }
        }
        assertThat(report.guarded()).isEqualTo(guarded);
        assertThat(report.records()).isEqualTo(table.size());
    }

    private static List<List<String>> table(Random random) {
        List<String> pieces = List.of(
                "a", "-1", "=", "+", "@", ",", ";", "\t", "|", "\"", "'", "\n", "\r", "\r\n", " ", "é", "漢", "🐀", "5",
                ".");
        List<List<String>> table = new ArrayList<>();
        int width = 2 + random.nextInt(4);
        for (int row = random.nextInt(200); row >= 0; row--) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < width; column++) {
                StringBuilder cell = new StringBuilder();
                int length = random.nextInt(100) == 0 ? random.nextInt(5_000) : random.nextInt(5);
                for (int i = 0; i < length; i++) {
                    cell.append(pieces.get(random.nextInt(pieces.size())));
                }
                cells.add(cell.toString());
            }
            table.add(cells);
        }
        return table;
    }

    private static String csv(List<List<String>> table, char delimiter, Random random) {
        String ending = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
        StringBuilder csv = new StringBuilder(random.nextBoolean() ? "\ufeff" : "");
        for (List<String> cells : table) {
            for (int i = 0; i < cells.size(); i++) {
                csv.append(i == 0 ? "" : String.valueOf(delimiter));
                csv.append('"').append(cells.get(i).replace("\"", "\"\"")).append('"');
            }
            csv.append(ending);
        }
        return csv.toString();
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 60), LongStream.of(System.nanoTime()));
    }
}
