package dev.pigeonhole.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.LabelledText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge of the cascade's benchmark judges right. */
class CascadeTableTest {
    private static final List<LabelledText> TRUTH = IntStream.range(0, 4_000)
            .mapToObj(i -> new LabelledText("text " + i, List.of("b", "a", "c").get(i % 3)))
            .toList();

    @TempDir
    private Path folder;

    @Test
    void wrongOnTheShareOfTheTextsThatWasAskedFor() {
        long seed = 5;
        CascadeTable table = CascadeTable.of(TRUTH, 0.1, seed);
        long wrong = IntStream.range(0, TRUTH.size())
                .filter(i -> !table.rows().get(i).equals(TRUTH.get(i)))
                .count();
        assertThat(wrong).as("seed %d", seed).isBetween(320L, 480L);
        assertThat(CascadeTable.of(TRUTH, 0.1, seed)).isEqualTo(table);
        assertThat(CascadeTable.of(TRUTH, 0, seed).rows()).isEqualTo(TRUTH);
    }

    @Test
    void sameRowsInAnotherOrder() {
        CascadeTable table = CascadeTable.of(TRUTH, 0.1, 1);
        assertThat(table.shuffled(1).rows()).containsExactlyInAnyOrderElementsOf(table.rows());
        assertThat(table.sorted().rows()).containsExactlyInAnyOrderElementsOf(table.rows());
        assertThat(table.sorted().rows()).extracting(LabelledText::category).isSorted();
    }

    @Test
    void agreementIsOverAllRows() throws IOException {
        CascadeTable table = new CascadeTable(List.of(
                new LabelledText("one", "a"),
                new LabelledText("two", "b"),
                new LabelledText("three", "b"),
                new LabelledText("four", "a")));
        Path output = folder.resolve("output.csv");
        Files.writeString(output, "text,category\none,a\ntwo,b\nthree,a\nfour,a\n");
        assertThat(table.agreement(output)).isEqualTo(0.75);
    }

    @Test
    void aRowThatIsLostIsNoAgreement() throws IOException {
        CascadeTable table = new CascadeTable(List.of(new LabelledText("one", "a"), new LabelledText("two", "b")));
        Path output = folder.resolve("output.csv");
        Files.writeString(output, "text,category\ntwo,b\n");
        assertThatThrownBy(() -> table.agreement(output))
                .isInstanceOf(IOException.class)
                .hasMessage("expected the 2 rows of the input, found 1");
    }
}
