package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.workspace.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {
    @TempDir
    Path folder;

    /** Rows in which length and place have nothing to do with each other; every third has no text or one that was there. */
    private CsvSource file(int rows) throws Exception {
        String lines = IntStream.range(0, rows)
                .mapToObj(i -> i % 6 == 4 ? "\"\"" : i % 6 == 5 ? "again" : i + "x".repeat(i * 7919 % 1_009))
                .collect(Collectors.joining("\n", "text\n", "\n"));
        return CsvSource.of(Files.writeString(folder.resolve("in.csv"), lines));
    }

    private static List<CsvItem> sample(CsvSource source, int size, long seed) {
        return Sample.of(source, source.scan(), size, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void isSpreadOverTheFileAndOverTheLengths(long seed) throws Exception {
        List<CsvItem> rows = sample(file(5_000), 20, seed);
        assertThat(rows).hasSize(20);
        for (int part = 0; part < 20; part++) {
            int from = part * 250;
            assertThat(rows)
                    .as("seed %d, part %d", seed, part)
                    .anyMatch(row -> row.row() > from && row.row() <= from + 250);
        }
        for (int band = 0; band < 4; band++) {
            int from = band * 253;
            assertThat(rows.stream().map(row -> row.text().length()).filter(n -> n >= from && n < from + 260))
                    .as("seed %d, lengths from %d", seed, from)
                    .hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void isInTheOrderOfTheFileAndHasNoTextTwiceAndNoneWithout() throws Exception {
        List<CsvItem> rows = sample(file(300), 100, 7);
        assertThat(rows).hasSize(100).isSortedAccordingTo((a, b) -> Long.compare(a.row(), b.row()));
        assertThat(rows).extracting(CsvItem::text).doesNotHaveDuplicates().noneMatch(String::isBlank);
    }

    @Test
    void isTheSameForTheSameSeedOnly() throws Exception {
        CsvSource source = file(2_000);
        assertThat(sample(source, 25, 1)).isEqualTo(sample(source, 25, 1)).isNotEqualTo(sample(source, 25, 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 60})
    void ofASmallFileIsAllThatThereIs(int rows) throws Exception {
        CsvSource source = file(rows);
        long texts = IntStream.range(0, rows).filter(i -> i % 6 < 4).count() + (rows > 5 ? 1 : 0);
        assertThat(sample(source, 100, 3)).hasSize((int) texts);
    }
}
