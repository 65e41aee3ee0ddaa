package dev.pigeonhole.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.workspace.LabelSurvey.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledFileTest {
    @TempDir
    Path folder;

    private CsvSource source(String... lines) throws IOException {
        return CsvSource.of(Files.write(folder.resolve("in.csv"), List.of(lines)));
    }

    private LabelSurvey survey(String... lines) throws IOException {
        return LabelledFile.of(source(lines).labelColumn("label")).survey();
    }

    private static List<LabelledText> texts(LabelledFile rows, Taxonomy taxonomy) {
        return rows.read(taxonomy, all -> {
            List<LabelledText> texts = new ArrayList<>();
            all.forEach(texts::add);
            return texts;
        });
    }

    @Test
    void everyRowIsCountedOnce() throws IOException {
        LabelSurvey survey = survey("text,label", "a,X", "b,", " ,Y", ",", "c,Y", "d,Y", "e,Y,too,many");
        assertThat(survey.rows()).isEqualTo(7);
        assertThat(survey.withoutText()).isEqualTo(3);
        assertThat(survey.withoutLabel()).isEqualTo(1);
        assertThat(survey.usable()).isEqualTo(3);
        assertThat(survey.labels()).containsExactly(new Label("Y", 2), new Label("X", 1));
    }

    @Test
    void labelsThatDifferInCaseAndSpaceAreOne() throws IOException {
        LabelledFile rows =
                LabelledFile.of(source("text,label", "a,late fee", "b,Late  Fee", "c,\" Late  Fee \"", "d,Other")
                        .labelColumn("label"));
        assertThat(rows.survey().labels()).containsExactly(new Label("Late  Fee", 3), new Label("Other", 1));
        assertThat(texts(rows, rows.survey().taxonomy()))
                .containsExactly(
                        new LabelledText("a", "Late  Fee"),
                        new LabelledText("b", "Late  Fee"),
                        new LabelledText("c", "Late  Fee"),
                        new LabelledText("d", "Other"));
        assertThat(texts(rows, Taxonomy.of("other", "LATE FEE")).get(0).category())
                .isEqualTo("LATE FEE");
    }

    @Test
    void labelsAreOrderedByNumberOfRowsThenByPlaceInTheFile() throws IOException {
        assertThat(survey("text,label", "a,C", "b,B", "c,A", "d,A").taxonomy().names())
                .containsExactly("A", "C", "B");
    }

    @Test
    void contradictionsAndRepetitionsAreReported() throws IOException {
        LabelSurvey survey = survey("text,label", "a,X", "b,Y", "a,X", "a,Y", "a,Z", "b,Y", "c,X");
        assertThat(survey.repeated()).isEqualTo(2);
        assertThat(survey.contradictions()).isEqualTo(1);
        assertThat(survey.complete()).isTrue();
        assertThat(survey.examples()).containsExactly(new LabelSurvey.Contradiction("a", 1, "X", 4, "Y"));
    }

    @Test
    void ofMoreTextsThanFitAtFirstNoneIsForgotten() throws IOException {
        LabelSurvey survey = survey(Stream.concat(
                        Stream.of("text,label"),
                        IntStream.range(0, 10_000).mapToObj(i -> "text " + i % 5_000 + "," + (i < 5_003 ? "A" : "B")))
                .toArray(String[]::new));
        assertThat(survey.repeated()).isEqualTo(3);
        assertThat(survey.contradictions()).isEqualTo(4_997);
        assertThat(survey.examples()).hasSize(5);
    }

    @Test
    void theLabelColumnIsNeverTakenForTheText() throws IOException {
        assertThat(LabelledFile.of(source("body,summary", "a,X").labelColumn("summary"))
                        .profile()
                        .textColumnNames())
                .containsExactly("body");
        assertThat(LabelledFile.of(source("utterance,description", "a,X").labelColumn("#2"))
                        .profile()
                        .textColumnNames())
                .containsExactly("utterance");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() ->
                        LabelledFile.of(source("id,n,description", "1,2,X").labelColumn("description")))
                .withMessageContaining("which column holds the text? Name it with --text-column");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> LabelledFile.of(
                        source("text,label", "a,X").textColumns("label").labelColumn("label")))
                .withMessageContaining("both as text and as label");
    }

    @Test
    void aLabelColumnThatIsNotThereIsRefusedWithASuggestion() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> LabelledFile.of(source("text,category", "a,X").labelColumn("categorie")))
                .withMessageContaining("there is no label column \"categorie\" (did you mean \"category\"?)")
                .withMessageContaining("--label-column takes one of \"text\", \"category\", or a number such as #1");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> LabelledFile.of(source("text,a,a", "a,X,Y").labelColumn("a")))
                .withMessageContaining("say which one is meant with --label-column #2 or #3");
    }

    @Test
    void aFileWithoutAnythingToLearnIsRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> survey("text,label", "a,", ",X"))
                .withMessageContaining("the column \"label\" is empty in all 2 rows")
                .withMessageContaining("nothing to learn from");
    }

    @Test
    void whatCannotBeLabelsIsRefused() throws IOException {
        LabelSurvey numbers = survey(
                Stream.concat(Stream.of("text,label"), IntStream.range(0, 30).mapToObj(i -> "text,T-" + i))
                        .toArray(String[]::new));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(numbers::taxonomy)
                .withMessageContaining("30 different values in 30 rows, such as \"T-0\" (1), ")
                .withMessageContaining("looks like free text")
                .withMessageContaining("--label-column");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> survey(Stream.concat(
                                Stream.of("text,label"),
                                IntStream.range(0, 2_001).mapToObj(i -> "text,T-" + i))
                        .toArray(String[]::new)))
                .withMessageContaining("more than 2000 different values in the first 2001 rows");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> survey("text,label", "a,X", "b,\"one", "two\""))
                .withMessageContaining("the label on row 2 (line 3)")
                .withMessageContaining("control characters")
                .withMessageContaining("one two");
    }

    @Test
    void labelsThatAreNoCategoryAreNamed() throws IOException {
        LabelSurvey survey = survey("text,label", "a,X", "b,billing", "c,Y", "d,Y");
        survey.requireKnown(Taxonomy.of("x", "y", "Billing", "Unused"), "c.yaml");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> survey.requireKnown(Taxonomy.of("Billing"), "c.yaml"))
                .withMessageStartingWith("2 labels are no category of c.yaml, in 3 rows: \"Y\" (2), \"X\" (1). ")
                .withMessageContaining("leave --categories out");
    }
}
