package dev.pigeonhole.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.csv.CsvSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileEvaluationTest {
    private static final String RESULTS = "category,category_status,category_confidence,category_source";

    @TempDir
    Path folder;

    private CsvSource file(String... lines) throws IOException {
        return CsvSource.of(Files.writeString(folder.resolve("rows.csv"), String.join("\n", lines) + "\n"));
    }

    private static Evaluation evaluate(CsvSource source, String truth) {
        return new FileEvaluation(source, truth, Optional.empty(), Optional.empty()).evaluate();
    }

    private static Evaluation evaluate(CsvSource source, String truth, String answer) {
        return new FileEvaluation(source, truth, Optional.of(answer), Optional.empty()).evaluate();
    }

    private CsvSource resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(name), name)) {
            return file(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"));
        }
    }

    /** Two hundred random rows, and what scikit-learn 1.2.1 says of them. */
    @ParameterizedTest
    @CsvFileSource(resources = "table-200-expected.csv", numLinesToSkip = 1)
    void agreesWithScikitLearn(String figure, double expected) throws IOException {
        Evaluation e = evaluate(resource("table-200.csv"), "label");
        assertThat(figure(e, figure)).as(figure).hasValueCloseTo(expected, within(1e-9));
    }

    private static OptionalDouble figure(Evaluation e, String figure) {
        int space = figure.indexOf(' ');
        if (space > 0) {
            CategoryScore category = e.categories().stream()
                    .filter(c -> c.name().equals(figure.substring(space + 1)))
                    .findFirst()
                    .orElseThrow();
            return switch (figure.substring(0, space)) {
                case "precision" -> category.precision().value();
                case "recall" -> category.recall().value();
                case "f1" -> category.f1();
                default -> OptionalDouble.of(category.truth());
            };
        }
        return switch (figure) {
            case "macro_f1" -> e.macroF1();
            case "kappa" -> e.kappa();
            case "accuracy" -> e.accuracy().value();
            case "accuracy_of_all" -> e.accuracyOfAll().value();
            default -> OptionalDouble.of(e.reliability().orElseThrow().error());
        };
    }

    @Test
    void readsTheResultColumnsOfAnOutput() throws IOException {
        Evaluation e = evaluate(
                file(
                        "text,label," + RESULTS,
                        "one,A,A,categorized,0.9000,local",
                        "two,A,,unmatched,0.2000,local",
                        "three,B,,failed,,",
                        ",B,,skipped,,",
                        "five,,A,categorized,1.0000,gpt-x"),
                "label");
        assertThat(e.counts()).isEqualTo(new Counts(1, 1, 1, 1));
        assertThat(e.rows().withoutTruth()).isEqualTo(1);
        assertThat(e.reliability().orElseThrow().rows()).isEqualTo(1);
        assertThat(e.sources()).containsExactly(new Evaluation.SourceScore("local", new Proportion(1, 1)));
        assertThat(e.subject())
                .isEqualTo(new Evaluation.Subject(
                        Optional.empty(), folder.resolve("rows.csv").toString(), "label"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text,category,category_2,category_status,category_confidence,category_source",
                "text,category,category_2,category_status_2,category_confidence_9,category_source_12",
                "category,text,category_2,category_status,category_confidence,category_source",
            })
    void findsTheResultColumnsBesideAColumnOfTheirName(String header) throws IOException {
        String row = header.startsWith("text") ? "one,A,B" : "A,one,B";
        Evaluation e = evaluate(file(header, row + ",categorized,0.9000,local"), "category");
        assertThat(e.confused()).containsExactly(new Evaluation.Confusion("A", "B", new Proportion(1, 1)));
        assertThat(e.sources()).hasSize(1);
    }

    @Test
    void ofTwoRunsTakesTheLast() throws IOException {
        CsvSource twice = file(
                "label," + RESULTS + ",category_2,category_status_2,category_confidence_2,category_source_2,note",
                "A,B,categorized,,old,A,categorized,,new,x");
        assertThat(evaluate(twice, "label").sources())
                .extracting(Evaluation.SourceScore::source)
                .containsExactly("new");
        assertThat(evaluate(twice, "label", "category").sources())
                .extracting(Evaluation.SourceScore::source)
                .containsExactly("old");
    }

    @Test
    void needsNoMoreThanTruthAndAnswer() throws IOException {
        Evaluation plain = evaluate(file("label,category", "A,A", "B,", "B,A"), "label");
        assertThat(plain.counts()).isEqualTo(new Counts(2, 1, 0, 0));
        assertThat(plain.sources()).isEmpty();
        Evaluation named = evaluate(file("gold;guess;category_confidence", "A;A;0.1", "B; ;0.2"), "gold", "guess");
        assertThat(named.counts()).isEqualTo(new Counts(1, 1, 0, 0));
        assertThat(named.reliability()).isEmpty();
        Evaluation apart = evaluate(file("category_confidence,label,category", "0.5,A,A"), "label");
        assertThat(apart.reliability()).isPresent();
        Evaluation numbered = evaluate(file("x,x", "A,A"), "#1", "#2");
        assertThat(numbered.right()).isEqualTo(1);
    }

    @Test
    void takesCategoriesFromTheFileAndWritesThemAsTheAnswersDo() throws IOException {
        Evaluation e = evaluate(file("label,category", "BILLING,Login", "billing ,Billing", "Other,Login"), "label");
        assertThat(e.categories())
                .extracting(CategoryScore::name)
                .containsExactlyInAnyOrder("Billing", "Login", "Other");
        assertThat(e.rows().folded()).isEqualTo(2);
        assertThat(e.rows().unknownTruth()).isZero();
    }

    @Test
    void takesGivenCategoriesAsTheyAre() throws IOException {
        CsvSource source = file("label,category", "A,A", "Z,A", "A,Y");
        Evaluation e = new FileEvaluation(source, "label", Optional.empty(), Optional.of(List.of("A", "B"))).evaluate();
        assertThat(e.rows().unknownTruths()).containsExactly(new Evaluation.UnknownTruth("Z", 1));
        assertThat(e.categories()).extracting(CategoryScore::name).containsExactly("A", "B", "Y");
    }

    @Test
    void readsLabelsWithLineBreaksAndQuotes() throws IOException {
        Evaluation e = evaluate(file("label,category", "\"a, \"\"b\"\"\nc\",\"a, \"\"b\"\" c\""), "label");
        assertThat(e.accuracy()).isEqualTo(new Proportion(1, 1));
    }

    @Test
    void aFileWithoutRowsHasNoFigures() throws IOException {
        assertThat(evaluate(file("label,category"), "label").accuracy().value()).isEmpty();
    }

    @Test
    void aWrongColumnIsRefusedWithTheNearest() throws IOException {
        CsvSource source = file("label,category,note", "A,A,x");
        assertThatThrownBy(() -> evaluate(source, "labl"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("there is no column \"labl\" (did you mean \"label\"?); --truth takes one of")
                .hasMessageContaining("\"label\", \"category\", \"note\"");
        assertThatThrownBy(() -> evaluate(source, "label", "catgory"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("did you mean \"category\"?); --answer takes one of");
        assertThatThrownBy(() -> evaluate(source, "#9")).hasMessageContaining("there is no column \"#9\"");
        assertThatThrownBy(() -> evaluate(source, "label", "label"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cannot hold both");
        assertThatThrownBy(() -> evaluate(source, "category"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("which column holds the answers?");
        assertThatThrownBy(() -> evaluate(file("a,a,category", "A,A,A"), "a"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("2 columns have the name \"a\"; say which one is meant with --truth #1 or #2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A,A,done,0.5,x",
                "A,A,failed,,",
                "A,,categorized,0.5,x",
                "A,A,categorized,1.5,x",
                "A,A,categorized,NaN,x",
                "A,A,categorized,0x1p-1,x",
                "A,A,categorized,.,x",
                "A,A,categorized,-0.1,x",
                "A,A,categorized,\"0,5\",x"
            })
    void whatDoesNotBelongInAResultColumnIsRefusedWithItsRow(String row) throws IOException {
        CsvSource source = file("label," + RESULTS, "A,A,categorized,0.5000,local", row);
        assertThatThrownBy(() -> evaluate(source, "label"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("rows.csv: row 2 has the ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "0.5", "1.0000", "5e-1", ".5", "", "1."})
    void aConfidenceIsANumberOrNothing(String confidence) throws IOException {
        Evaluation e = evaluate(file("label," + RESULTS, "A,A,categorized," + confidence + ",local"), "label");
        assertThat(e.reliability().isPresent()).isEqualTo(!confidence.isEmpty());
    }

    @Test
    void aColumnOfTextsIsNotTakenForCategories() throws IOException {
        String rows =
                IntStream.range(0, 2_001).mapToObj(i -> "text " + i + ",A").collect(Collectors.joining("\n"));
        CsvSource source = file("label,category", rows);
        assertThatThrownBy(() -> evaluate(source, "label"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("more than 2000 different categories");
    }

    @Test
    void namesTheColumnsToChooseFrom() throws IOException {
        assertThat(FileEvaluation.columns(file("a,b,c", "1,2,3"))).containsExactly("a", "b", "c");
    }

    @Test
    void aColumnOfTextsIsNoColumnOfCategories() throws IOException {
        String text = "x".repeat(100_000);
        CsvSource source = file("category,label", "A," + text + "1", "A," + text + "2", "A,A");
        assertThatThrownBy(() -> evaluate(source, "label"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("a text of 100001 characters")
                .hasMessageContaining("--truth");
        Evaluation known =
                new FileEvaluation(source, "label", Optional.empty(), Optional.of(List.of("A", "B"))).evaluate();
        assertThat(known.rows().unknownTruth()).isEqualTo(2);
        assertThat(known.rows().unknownTruths()).allMatch(truth -> truth.name().length() < 100);
        assertThatThrownBy(() -> new FileEvaluation(
                                source, "category", Optional.of("label"), Optional.of(List.of("A", "B")))
                        .evaluate())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("is this the column of the answers?");
    }
}
