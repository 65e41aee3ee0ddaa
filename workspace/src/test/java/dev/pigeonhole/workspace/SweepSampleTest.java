package dev.pigeonhole.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.csv.CsvSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepSampleTest {
    private static final Taxonomy TAXONOMY = Taxonomy.of("Billing", "Login");

    @TempDir
    private Path folder;

    private CsvSource file(List<String> lines) throws IOException {
        return CsvSource.of(Files.writeString(
                folder.resolve("in.csv"), lines.stream().collect(Collectors.joining("\n", "text,label\n", "\n"))));
    }

    private static SweepSample labelled(CsvSource source, int most) {
        CsvSource known = source.labelColumn("label");
        return SweepSample.labelled(known, known.scan(), TAXONOMY, most, 1);
    }

    @Test
    void rowsAreInTheOrderOfTheFileFromAllOverItAndNoTextIsThereTwice() throws IOException {
        CsvSource source = file(IntStream.range(0, 4_000)
                .mapToObj(i -> "text " + i % 2_000 + ",")
                .toList());
        SweepSample sample = SweepSample.of(source, source.scan(), 400, 1);
        assertThat(sample.rows()).hasSize(400);
        assertThat(sample.rows().stream().map(SweepSample.Row::text)).doesNotHaveDuplicates();
        assertThat(sample.rows().stream().map(SweepSample.Row::row)).isSorted();
        assertThat(sample.rows()).allSatisfy(row -> assertThat(row.text()).isEqualTo("text " + (row.row() - 1)));
        assertThat(sample.rows().stream().filter(row -> row.row() <= 1_000)).hasSizeBetween(150, 250);
        assertThat(sample.labelled()).isFalse();
        assertThat(sample.truths()).isEmpty();
        assertThat(SweepSample.of(source, source.scan(), 400, 1)).isEqualTo(sample);
        assertThat(SweepSample.of(source, source.scan(), 400, 2)).isNotEqualTo(sample);
        assertThat(sample.rows())
                .containsAll(SweepSample.of(source, source.scan(), 100, 1).rows());
    }

    @Test
    void onlyRowsAreDrawnOfWhichItIsKnownWhatIsRight() throws IOException {
        SweepSample sample = labelled(
                file(List.of("a,Billing", "b,", "c,Loggin", "d, login ", ",Login", "a,Login", "e,Billing")), 9);
        assertThat(sample.rows())
                .containsExactly(
                        new SweepSample.Row(1, "a", Optional.of("Billing")),
                        new SweepSample.Row(4, "d", Optional.of("Login")),
                        new SweepSample.Row(7, "e", Optional.of("Billing")));
        assertThat(sample.withoutLabel()).isEqualTo(1);
        assertThat(sample.unknownLabel()).isEqualTo(1);
        assertThat(sample.truths())
                .containsExactlyInAnyOrderEntriesOf(java.util.Map.of(1L, "Billing", 2L, "Login", 3L, "Billing"));
    }

    @Test
    void whatCannotBeAskedAboutOrJudgedIsRefused() throws IOException {
        CsvSource empty = file(List.of(",Login")).textColumns("text");
        assertThatThrownBy(() -> SweepSample.of(empty, empty.scan(), 9, 1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("nothing to try");
        CsvSource strange = file(List.of("a,Loggin"));
        assertThatThrownBy(() -> labelled(strange, 9))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "in the column \"label\", one of the categories; there is, for example, \"Loggin\"");
        CsvSource same = file(List.of("a,Login")).textColumns("label");
        assertThatThrownBy(() -> labelled(same, 9))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cannot be part of the text");
    }
}
