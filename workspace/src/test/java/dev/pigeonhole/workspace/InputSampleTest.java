package dev.pigeonhole.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.categorize.InputTexts;
import dev.pigeonhole.core.csv.CsvSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputSampleTest {
    @TempDir
    private Path folder;

    @Test
    void inTheOrderOfTheInputAndNoTextTwice() throws IOException {
        CsvSource source =
                file(IntStream.range(0, 3_000).map(i -> i % 1_000).boxed().toList());
        List<String> sample = InputSample.of(source).sample(100);
        assertThat(sample).hasSize(100).doesNotHaveDuplicates();
        assertThat(sample.stream().map(text -> Integer.parseInt(text.substring("text ".length()))))
                .isSorted();
    }

    @Test
    void alwaysTheSame() throws IOException {
        CsvSource source = file(IntStream.range(0, 3_000).boxed().toList());
        List<String> sample = InputSample.of(source).sample(50);
        assertThat(InputSample.of(source, source.scan()).sample(50)).isEqualTo(sample);
        assertThat(InputSample.of(source).sample(80)).containsAll(sample);
    }

    @Test
    void fromTheWholeFile() throws IOException {
        List<String> sample = InputSample.of(
                        file(IntStream.range(0, 10_000).boxed().toList()))
                .sample(1_000);
        int[] tenths = new int[10];
        sample.forEach(text -> tenths[Integer.parseInt(text.substring("text ".length())) / 1_000]++);
        assertThat(Arrays.stream(tenths).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(70, 130));
    }

    @Test
    void fromTheWholeOfALargeFile() throws IOException {
        List<String> sample = InputSample.of(
                        file(IntStream.range(0, 500_000).boxed().toList()))
                .sample(1_000);
        int[] tenths = new int[10];
        sample.forEach(text -> tenths[Integer.parseInt(text.substring("text ".length())) / 50_000]++);
        assertThat(Arrays.stream(tenths).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(60, 140));
        assertThat(sample).hasSize(1_000).doesNotHaveDuplicates();
    }

    @Test
    void allIfThereAreFew() throws IOException {
        assertThat(InputSample.of(file(List.of(3, 1, 3, 2))).sample(10)).containsExactly("text 3", "text 1", "text 2");
    }

    @Test
    void blankTextsAreNoTexts() throws IOException {
        Path path = Files.writeString(folder.resolve("blank.csv"), "id,text\n1,\n2,  \n3,one\n");
        assertThat(InputSample.of(CsvSource.of(path).textColumns("text")).sample(10))
                .containsExactly("one");
    }

    @Test
    void memoryIsBoundedWhateverTheTextsAreLike() throws IOException {
        List<String> lines = new ArrayList<>(List.of("text"));
        for (int i = 0; i < 12; i++) {
            lines.add(i + "x".repeat(1_000_000));
        }
        Path path = Files.write(folder.resolve("long.csv"), lines);
        List<String> sample =
                InputSample.of(CsvSource.of(path).textColumns("text")).sample(100);
        assertThat(sample).hasSize(4);
        List<String> turned = new ArrayList<>(lines.subList(1, lines.size()));
        Collections.reverse(turned);
        turned.add(0, "text");
        Files.write(path, turned);
        assertThat(InputSample.of(CsvSource.of(path).textColumns("text")).sample(100))
                .containsExactlyInAnyOrderElementsOf(sample);
    }

    @Test
    void readsNothingUntilAsked() {
        InputTexts texts = InputSample.of(CsvSource.of(folder.resolve("not there.csv")));
        assertThatThrownBy(() -> texts.sample(1)).isInstanceOf(InputException.class);
    }

    @Test
    void atLeastOne() throws IOException {
        InputTexts texts = InputSample.of(file(List.of(1)));
        assertThatThrownBy(() -> texts.sample(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private CsvSource file(List<Integer> numbers) throws IOException {
        StringBuilder csv = new StringBuilder("text\n");
        numbers.forEach(number -> csv.append("text ").append(number).append('\n'));
        return CsvSource.of(Files.writeString(folder.resolve("input.csv"), csv)).textColumns("text");
    }
}
