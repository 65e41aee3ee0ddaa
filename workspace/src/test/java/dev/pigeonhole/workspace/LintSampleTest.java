package dev.pigeonhole.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.csv.CsvSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LintSampleTest {
    @TempDir
    Path folder;

    private CsvSource file(String... lines) throws Exception {
        return CsvSource.of(Files.writeString(folder.resolve("in.csv"), String.join("\n", lines) + "\n"));
    }

    private CsvSource numbered(int rows) throws Exception {
        return file(IntStream.rangeClosed(0, rows)
                .mapToObj(i -> i == 0 ? "text,label" : "row " + i + ",c" + i % 7)
                .collect(Collectors.joining("\n")));
    }

    private static LintSample labelled(CsvSource source, String column) {
        return LintSample.labelled(source, source.scan(), column, 100, 1);
    }

    @Test
    void aSmallFileIsTakenAsAWhole() throws Exception {
        CsvSource source = file("text,label", "a, x ", "\"\",y", "b,", "a,z", "\"c\nd\",z");

        assertThat(labelled(source, "label").rows())
                .as("no row without text or label, no text twice")
                .containsExactly(new LabelledText("a", "x"), new LabelledText("c\nd", "z"));
        assertThat(LintSample.of(source, source.scan(), 100, 1).rows())
                .extracting(LabelledText::text, LabelledText::category)
                .containsExactly(tuple("a", ""), tuple("b", ""), tuple("c\nd", ""));
    }

    @Test
    void ofALargeFileRowsFromAllOverAreDrawnAlwaysTheSame() throws Exception {
        CsvSource source = numbered(9_000);

        List<LabelledText> rows =
                LintSample.labelled(source, source.scan(), "label", 90, 5).rows();

        assertThat(rows).hasSize(90).allSatisfy(row -> {
            int number = Integer.parseInt(row.text().substring(4));
            assertThat(row.category()).isEqualTo("c" + number % 7);
        });
        List<Integer> numbers = rows.stream()
                .map(row -> Integer.parseInt(row.text().substring(4)))
                .toList();
        assertThat(numbers).isSorted();
        assertThat(numbers.stream().filter(n -> n <= 3_000)).hasSizeBetween(15, 45);
        assertThat(numbers.stream().filter(n -> n > 6_000)).hasSizeBetween(15, 45);
        assertThat(LintSample.labelled(source, source.scan(), "label", 90, 5).rows())
                .isEqualTo(rows);
        assertThat(LintSample.labelled(source, source.scan(), "label", 90, 6).rows())
                .isNotEqualTo(rows);
    }

    @Test
    void aFileWithoutRowsYieldsNone() throws Exception {
        assertThat(labelled(file("text,label"), "label").rows()).isEmpty();
    }

    @Test
    void longTextsAreCutBetweenCharacters() throws Exception {
        CsvSource source = file("text", "x" + "\ud83d\ude00".repeat(10_000));

        assertThat(LintSample.of(source, source.scan(), 10, 1).rows())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.text().length()).isEqualTo(7_999);
                    assertThat(row.text()).endsWith("\ud83d\ude00");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"label", " label ", "#2"})
    void theLabelsAreFoundByNameOrNumber(String column) throws Exception {
        assertThat(labelled(numbered(3), column).rows())
                .hasSize(3)
                .allMatch(row -> row.category().startsWith("c"));
    }

    @Test
    void aColumnThatIsNotThereIsRefused() throws Exception {
        CsvSource source = numbered(3);
        assertThatThrownBy(() -> labelled(source, "lable"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("there is no label column \"lable\" (did you mean \"label\"?)")
                .hasMessageContaining("\"text\", \"label\"");
    }

    @Test
    void labelsThatAreTextAreRefused() throws Exception {
        CsvSource source = numbered(3).textColumns("text", "label");
        assertThatThrownBy(() -> labelled(source, "label"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cannot be part of the text too");
    }
}
