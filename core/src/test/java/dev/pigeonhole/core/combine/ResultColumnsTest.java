package dev.pigeonhole.core.combine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.csv.TinyCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultColumnsTest {
    @TempDir
    Path directory;

    private ResultColumns columns(String header, String delimiter) throws IOException {
        Path input = Files.writeString(directory.resolve("input.csv"), header + "\n");
        return ResultColumns.of(
                CsvSource.of(input).delimiter(delimiter).textColumns("#1").scan());
    }

    @Test
    void haveTheirNamesWhereTheyAreFree() throws IOException {
        ResultColumns columns = columns("text,Category,category status", ",");

        assertThat(columns.names()).isEqualTo(ResultColumns.NAMES);
        assertThat(columns.collisions()).isEmpty();
        assertThat(columns.header()).isEqualTo(",category,category_status,category_confidence,category_source");
    }

    @Test
    void getTheFirstFreeNumberWhereTheyAreNot() throws IOException {
        ResultColumns columns = columns("text,category,category_2,category_source,category_source_3", ",");

        assertThat(columns.names())
                .containsExactly("category_3", "category_status", "category_confidence", "category_source_2");
        assertThat(columns.collisions()).containsExactly("category", "category_source");
    }

    @Test
    void doNotMeetTheOutputOfAnotherRun() throws IOException {
        String once = "text" + columns("text", ",").header();
        String twice = once + columns(once, ",").header();
        String thrice = twice + columns(twice, ",").header();

        assertThat(TinyCsv.records(thrice, ',').get(0)).hasSize(13).doesNotHaveDuplicates();
        assertThat(thrice).endsWith(",category_3,category_status_3,category_confidence_3,category_source_3");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|", "^"})
    void useTheDelimiterOfTheInput(String delimiter) throws IOException {
        ResultColumns columns = columns("text" + delimiter + "b", delimiter);

        assertThat(columns.header()).isEqualTo(delimiter + String.join(delimiter, ResultColumns.NAMES));
        assertThat(written(columns, Outcome.categorized("a", "x")))
                .isEqualTo(delimiter + String.join(delimiter, "a", "categorized", "", "x"));
    }

    private static String written(ResultColumns columns, Outcome outcome) {
        StringBuilder line = new StringBuilder();
        columns.append(outcome, line);
        return line.toString();
    }

    @ParameterizedTest
    @MethodSource("names")
    void keepEveryNameWhole(String name) throws IOException {
        for (char delimiter : ",;\t|".toCharArray()) {
            ResultColumns columns = columns("text" + delimiter + "b", String.valueOf(delimiter));

            String written = written(columns, Outcome.categorized(name, name));

            assertThat(TinyCsv.records("x" + written + "\n", delimiter))
                    .containsExactly(List.of("x", name, "categorized", "", name));
        }
    }

    static List<String> names() {
        return List.of(
                "a,b",
                "a;b",
                "a|b",
                "say \"hi\"",
                "\"",
                "two\nlines",
                "\r",
                " padded ",
                "#1",
                "=1+1",
                "ünï 🐀",
                "-",
                "'");
    }

    @Test
    void writeConfidencesWithFourDecimals() throws IOException {
        ResultColumns columns = columns("text,b", ",");

        assertThat(List.of(0.0, -0.0, 1.0, 0.5, 0.00005, 0.00004, 0.12344, 0.99994, 1e-300, Math.nextDown(1.0)))
                .extracting(c -> written(columns, new Outcome.Unmatched(OptionalDouble.of(c), "x")))
                .extracting(line -> line.split(",")[3])
                .containsExactly(
                        "0.0000", "0.0000", "1.0000", "0.5000", "0.0001", "0.0000", "0.1234", "0.9999", "0.0000",
                        "1.0000");
        assertThat(written(columns, new Outcome.Unmatched(OptionalDouble.of(0.99995), "x")))
                .contains(",1.0000,");
    }

    @Test
    void leaveEmptyWhatThereIsNot() throws IOException {
        ResultColumns columns = columns("text,b", ",");

        assertThat(written(columns, new Outcome.Skipped())).isEqualTo(",,skipped,,");
        assertThat(written(columns, new Outcome.Failed(FailureCause.TIMEOUT, "secret")))
                .isEqualTo(",,failed,,");
        assertThat(written(columns, Outcome.unmatched("x"))).isEqualTo(",,unmatched,,x");
    }
}
