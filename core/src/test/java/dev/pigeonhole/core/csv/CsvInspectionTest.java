package dev.pigeonhole.core.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.csv.CsvInspection.Column;
import dev.pigeonhole.core.csv.CsvInspection.Problem;
import dev.pigeonhole.core.csv.CsvInspection.ProblemKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvInspectionTest {
    @TempDir
    Path folder;

    @Test
    void everyProblemIsNamedWithRowAndLine() throws IOException {
        CsvSource source = source(("\nid,text\n1,a\n\n2\n3,b,c,d\n4,\"x\ny\"z\n5,\0\n6,\u00ff\n\n")
                        .getBytes(StandardCharsets.ISO_8859_1))
                .lenientQuotes(true)
                .replaceBadBytes(true);

        CsvInspection inspection = source.inspect();

        assertThat(inspection.problems())
                .extracting(p -> p.row() + "/" + p.line() + " " + p.kind() + ": " + p.detail())
                .containsExactly(
                        "0/1 BLANK_LINE: a line without any character; it is no row",
                        "0/4 BLANK_LINE: a line without any character; it is no row",
                        "2/5 SHORT: 1 column instead of 2",
                        "3/6 LONG: 4 columns instead of 2",
                        "4/7 LOOSE_QUOTE: text after a closing quote, joined to the value",
                        "5/9 NUL: the character U+0000, which is kept and not shown to the categorizer",
                        "6/10 BAD_BYTES: bytes that are no characters, replaced by U+FFFD",
                        "0/11 BLANK_LINE: a line without any character; it is no row");
        assertThat(inspection.moreProblems()).isZero();
        assertThat(inspection.profile()).isEqualTo(source.scan());
    }

    @Test
    void theFirst200ProblemsAreKeptAndTheOthersCounted() throws IOException {
        CsvInspection inspection =
                source(bytes("id,text\n" + "1\n".repeat(205))).inspect();

        assertThat(inspection.problems()).hasSize(200);
        assertThat(inspection.problems().get(199).row()).isEqualTo(200);
        assertThat(inspection.moreProblems()).isEqualTo(5);
    }

    @Test
    void aColumnIsDescribed() throws IOException {
        CsvInspection inspection = source(
                        bytes("id,message,,id\n1,,x,a\n2,  ,x,b\n3,Card declined,x,c\n4,Card stolen,,d\n9,a,b,c,d\n"))
                .inspect();

        assertThat(inspection.columns())
                .containsExactly(
                        new Column(0, "id", 1, 0, 1, 4, 4, true, "1"),
                        new Column(1, "message", 0.5, 1, 11, 2, 2, true, "Card declined"),
                        new Column(2, "", 0.75, 0, 1, 3, 1, true, "x"),
                        new Column(3, "id", 1, 0, 1, 4, 4, true, "a"));
        assertThat(inspection.withoutText()).isEqualTo(2);
        assertThat(inspection.profile().addresses()).containsExactly("#1", "message", "#3", "#4");
    }

    @Test
    void everyAddressFindsItsColumn() throws IOException {
        CsvSource source = source(bytes("a, a,,b , c,c d\n1,2,3,4,5,6\n"));
        List<String> addresses = source.inspect().profile().addresses();

        assertThat(addresses).containsExactly("#1", "#2", "#3", "b ", " c", "c d");
        assertThat(source.textColumns(addresses).scan().textColumns()).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void withoutAnObviousTextColumnThereIsNone() throws IOException {
        CsvInspection inspection =
                source(bytes("id,body,subject,message\n1,a,b,c\n")).inspect();

        assertThat(inspection.profile().textColumns()).isEmpty();
        assertThat(inspection.withoutText()).isZero();
        assertThat(inspection.columns()).hasSize(4);
    }

    @Test
    void aHeaderAlone() throws IOException {
        CsvInspection inspection = source(bytes("id,text\n")).inspect();

        assertThat(inspection.columns())
                .containsExactly(
                        new Column(0, "id", 0, 0, 0, 0, 0, true, ""), new Column(1, "text", 0, 0, 0, 0, 0, true, ""));
    }

    @Test
    void addedColumnsAreDescribedToo() throws IOException {
        CsvInspection inspection = source(bytes("id,text\n1,a\n2,b,more\n"))
                .ragged(RaggedPolicy.PAD)
                .inspect();

        assertThat(inspection.columns()).hasSize(3);
        assertThat(inspection.columns().get(2)).isEqualTo(new Column(2, "column_3", 0.5, 0, 4, 1, 1, true, "more"));
    }

    @Test
    void aVeryWideTableIsDescribedInPart() throws IOException {
        String header = IntStream.range(0, 1_200).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        CsvInspection inspection =
                source(bytes(header + "\n" + ",".repeat(1_199) + "\n")).inspect();

        assertThat(inspection.columns()).hasSize(CsvInspection.MOST_COLUMNS);
        assertThat(inspection.profile().columns()).hasSize(1_200);
    }

    @Test
    void aLongSampleIsCutBetweenCharacters() throws IOException {
        CsvInspection inspection =
                source(bytes("text\n" + "x".repeat(999) + "🐀🐀\n")).inspect();

        assertThat(inspection.columns().get(0).sample()).isEqualTo("x".repeat(999));
    }

    @Test
    void valuesFitTheTableAndNotesSayWhatIsOdd() throws IOException {
        CsvSource source = source(bytes("id,text,more\n1,\"a\nb\",\n2\n3,c,d,e\n4,f,g\n"));
        CsvProfile profile = source.inspect().profile();

        try (CsvRows<CsvValues> rows = source.values(profile, 2)) {
            assertThat(rows)
                    .toIterable()
                    .containsExactly(
                            new CsvValues(2, 4, List.of("2", "", ""), "", "1 column instead of 3"),
                            new CsvValues(
                                    3,
                                    5,
                                    List.of("3", "c", "d"),
                                    "",
                                    "4 columns instead of 3; the row will be set aside as failed"),
                            new CsvValues(4, 6, List.of("4", "f", "g"), "f", ""));
        }
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.CsvSource({
        "Card declined, true",
        "¿Dónde está mi tarjeta?, true",
        "=SUM of it, true",
        "我的卡在哪里, true",
        "カードが届かない, true",
        "บัตรอยู่ที่ไหน, true",
        "카드가 아직, true",
        "Billing, false",
        "T-10231, false",
        "https://example.org/a-long/path_of/words?x=one&y=two, false",
        "2026-11-23 10:12:14, false",
        "mira.k@example.org, false",
        "a1b2 33f4, false",
        "1 234 567, false",
        "1f0c7e60-1d2e-4c0b-8e11-9d4a5f6b7c8d, false"
    })
    void languageIsToldFromOtherValues(String value, boolean language) {
        ColumnTally tally = new ColumnTally(10);
        tally.add(value);
        assertThat(tally.column(0, "", 1).prose()).isEqualTo(language ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 100_001, 1_000_000})
    void differentValuesAreCountedExactlyUpToALimit(int different) {
        DistinctCount count = new DistinctCount(CsvInspection.MOST_EXACT);
        for (int i = 0; i < different; i++) {
            count.add("value " + i);
        }
        for (int i = 0; i < 1_000; i++) {
            count.add("value " + i);
        }
        assertThat(count.isExact()).isEqualTo(different <= 100_000);
        assertThat((double) count.count()).isCloseTo(different, within(count.isExact() ? 0 : 0.02 * different));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theTypicalLengthIsTheMedianWithinTwoPerCent(long seed) {
        Random random = new Random(seed);
        LengthCount count = new LengthCount();
        List<Integer> lengths = new ArrayList<>();
        for (int i = 1 + random.nextInt(200); i > 0; i--) {
            int length = random.nextInt(1 << random.nextInt(25));
            lengths.add(length);
            count.add(length);
        }
        double median = lengths.stream().sorted().toList().get((lengths.size() - 1) / 2);
        assertThat((double) count.median()).isCloseTo(median, within(0.02 * median));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anInspectionAgreesWithTheScanAndWithTheTable(long seed) throws IOException {
        RandomTable table = new RandomTable(seed);
        CsvSource source = table.described(source(table.bytes));

        CsvInspection inspection = source.inspect();

        assertThat(withoutText(inspection.profile()))
                .isEqualTo(withoutText(source.textColumns("#1").scan()));
        for (Column column : inspection.columns()) {
            List<String> values = table.rows.stream()
                    .map(row -> row.get(column.index()).replace("\0", ""))
                    .filter(value -> !value.isBlank())
                    .toList();
            assertThat(column.values()).isEqualTo(values.size());
            assertThat(column.distinct()).isEqualTo(new HashSet<>(values).size());
            assertThat(values.isEmpty() ? "" : values.get(0)).startsWith(column.sample());
        }
        try (CsvRows<CsvValues> rows = source.values(inspection.profile(), 1)) {
            for (List<String> row : table.rows) {
                assertThat(rows.next().values()).isEqualTo(row);
            }
            assertThat(rows).isExhausted();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.pigeonhole.core.csv.CsvGoldenTest#cases")
    void oddFilesAreInspectedAsTheyAreScanned(Path folder) throws IOException {
        CsvSource source = CsvGoldenTest.source(folder);
        CsvProfile scanned;
        try {
            scanned = source.scan();
        } catch (InputException e) {
            assertThatThrownBy(source::inspect)
                    .isInstanceOf(InputException.class)
                    .hasMessage(e.getMessage());
            return;
        } catch (ConfigurationException e) {
            return; // No text column is obvious: an inspection does not mind.
        }
        CsvInspection inspection = source.inspect();
        assertThat(inspection.profile()).isEqualTo(scanned);
        assertThat(count(inspection, ProblemKind.SHORT))
                .isEqualTo(scanned.oddities().shortRows());
        assertThat(count(inspection, ProblemKind.LONG))
                .isEqualTo(scanned.oddities().longRows());
        assertThat(count(inspection, ProblemKind.NUL))
                .isEqualTo(scanned.oddities().rowsWithNul());
        assertThat(count(inspection, ProblemKind.BAD_BYTES))
                .isEqualTo(scanned.oddities().rowsWithBadBytes());
        assertThat(count(inspection, ProblemKind.LOOSE_QUOTE))
                .isEqualTo(scanned.oddities().rowsWithLooseQuotes());
        assertThat(count(inspection, ProblemKind.BLANK_LINE))
                .isEqualTo(scanned.oddities().blankLines());
    }

    private static CsvProfile withoutText(CsvProfile p) {
        return new CsvProfile(
                p.bytes(),
                p.sha256(),
                p.dialect(),
                p.columns(),
                p.header(),
                List.of(),
                p.rows(),
                p.oddities(),
                p.index());
    }

    private static long count(CsvInspection inspection, ProblemKind kind) {
        return inspection.problems().stream()
                .map(Problem::kind)
                .filter(kind::equals)
                .count();
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 60), LongStream.of(System.nanoTime()));
    }

    private CsvSource source(byte[] bytes) throws IOException {
        return CsvSource.of(Files.write(folder.resolve("input.csv"), bytes)).delimiter("comma");
    }

    private static byte[] bytes(String csv) {
        return csv.getBytes(StandardCharsets.UTF_8);
    }
}
