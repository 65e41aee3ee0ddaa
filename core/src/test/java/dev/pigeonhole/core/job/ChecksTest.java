package dev.pigeonhole.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Digest;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.csv.CsvDialect;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvProfile.Oddities;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is looked at before the first call. */
class ChecksTest {
    @TempDir
    Path directory;

    private static void requireSame(Map<String, String> then, Map<String, String> now) {
        SettingsCheck.requireSame("j1", new TreeMap<>(then), new TreeMap<>(now));
    }

    private static CsvProfile profile(long bytes, long rows, Oddities oddities) {
        CsvDialect dialect = new CsvDialect(StandardCharsets.UTF_8, false, ',', "\n");
        return new CsvProfile(bytes, "", dialect, List.of("text"), "text", List.of(0), rows, oddities, List.of());
    }

    @Test
    void sameSettingsAreFine() {
        assertThatCode(() -> requireSame(Map.of("a", "1", "b", ""), Map.of("b", "", "a", "1")))
                .doesNotThrowAnyException();
    }

    @Test
    void everyKindOfDifferenceIsNamedWithTheWayOut() {
        assertThatThrownBy(() -> requireSame(
                        Map.of("changed", "1", "gone", "x", "same", "s", "file", Digest.sha256("1")),
                        Map.of("changed", "2", "added", "x", "same", "s", "file", Digest.sha256("2"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("job j1 was begun with something else:\n"
                        + "  added: new, was not there before\n"
                        + "  changed: was \"1\", now \"2\"\n"
                        + "  file: its content has changed\n"
                        + "  gone: missing, was there before\n"
                        + "put it back as it was to go on with the job, or begin a new one with --existing new");
    }

    @Test
    void manyDifferencesAreCounted() {
        SortedMap<String, String> then = IntStream.rangeClosed(1, 25)
                .boxed()
                .collect(Collectors.toMap(n -> String.format("key%02d", n), n -> "1", (a, b) -> a, TreeMap::new));

        assertThatThrownBy(() -> requireSame(then, Map.of()))
                .hasMessageContaining("key10: missing")
                .hasMessageContaining("\n  and 15 more differences\n")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("key11"));
    }

    @Test
    void aCleanInputIsNotTalkedAbout() {
        assertThat(Notices.of(profile(10, 1, Oddities.NONE))).isEmpty();
    }

    @Test
    void everyOddityGetsALine() {
        assertThat(Notices.of(profile(10, 0, new Oddities(1, 2, 3, 4, 5, 6))))
                .satisfiesExactly(
                        line -> assertThat(line).contains("no rows"),
                        line -> assertThat(line).startsWith("1 ").contains("blank line is"),
                        line -> assertThat(line).startsWith("2 ").contains("fewer columns"),
                        line -> assertThat(line).startsWith("3 ").contains("more columns"),
                        line -> assertThat(line).startsWith("4 ").contains("U+0000"),
                        line -> assertThat(line).startsWith("5 ").contains("bytes"),
                        line -> assertThat(line).startsWith("6 ").contains("closing quote"));
    }

    @Test
    void aDiskThatIsTooSmallIsNoticedBeforeTheFirstCall() {
        Path output = directory.resolve("output.csv");

        assertThatThrownBy(() -> OutputCheck.requireSpace(output, profile(1L << 60, 1, Oddities.NONE)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("MiB are needed")
                .hasMessageContaining("nothing was sent");
        assertThatCode(() -> OutputCheck.requireSpace(output, profile(100, 1, Oddities.NONE)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_000_001})
    void aBatchSizeHasBounds(int size) {
        assertThatThrownBy(() -> JobSettings.defaults().withBatchSize(size))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("batch size must be from 1 to 10000000, found " + size);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_001})
    void aSubBatchSizeHasBounds(int size) {
        assertThatThrownBy(() -> JobSettings.defaults().withSubBatchSize(size))
                .isInstanceOf(ConfigurationException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1_025})
    void aConcurrencyHasBounds(int calls) {
        assertThatThrownBy(() -> JobSettings.defaults().withConcurrency(calls))
                .isInstanceOf(ConfigurationException.class);
    }
}
