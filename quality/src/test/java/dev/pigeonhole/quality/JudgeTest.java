package dev.pigeonhole.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.RowStatus;
import dev.pigeonhole.quality.Evaluation.Confusion;
import dev.pigeonhole.quality.Evaluation.UnknownTruth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
    private static final List<String> AB = List.of("A", "B", "C");

    private static Evaluation judge(String rows) {
        return Rows.judge(AB, Arrays.stream(rows.split(" ")).map(Rows::row).toList());
    }

    private static void add(List<JudgedRow> rows, String truth, String answer, int times) {
        rows.addAll(Collections.nCopies(times, Rows.answered(truth, answer)));
    }

    /** Worked out by hand; an empty cell is a ratio that is not there. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // rows, coverage, accuracy, of all, macro F1, kappa
                "A>A, 1, 1, 1, 1, -",
                "A>A B>B, 1, 1, 1, 1, 1",
                "A>B B>A, 1, 0, 0, 0, -1",
                "A>A A>B, 1, 0.5, 0.5, 0.6666667, 0",
                "A>A A>!unmatched, 0.5, 1, 0.5, 0.6666667, 0",
                "A>A A>A B>!failed B>!skipped, 0.5, 1, 0.5, 0.5, 0.3333333",
                "A>!failed, 0, -, 0, 0, 0",
                "A>A A>B B>B B>B, 1, 0.75, 0.75, 0.7333333, 0.5",
                "A>A A>X B>B B>B, 1, 0.75, 0.75, 0.8333333, 0.6",
            })
    void figuresAreAsByHand(String rows, double coverage, Double accuracy, double ofAll, double macroF1, Double kappa) {
        Evaluation e = judge(rows);
        assertThat(e.coverage().value().orElseThrow()).isCloseTo(coverage, within(1e-6));
        same(e.accuracy().value(), accuracy);
        assertThat(e.accuracyOfAll().value().orElseThrow()).isCloseTo(ofAll, within(1e-6));
        assertThat(e.macroF1().orElseThrow()).isCloseTo(macroF1, within(1e-6));
        same(e.kappa(), kappa);
    }

    private static void same(OptionalDouble found, Double expected) {
        if (expected == null) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found.orElseThrow()).isCloseTo(expected, within(1e-6));
        }
    }

    /** Two readers of grant proposals, and the two tables of equal agreement and unequal kappa: the textbooks' examples. */
    @ParameterizedTest
    @CsvSource({"20, 5, 10, 15, 0.4", "45, 15, 25, 15, 0.1304", "25, 35, 5, 35, 0.2593"})
    void kappaIsAsInTheTextbooks(int both, int onlyFirst, int onlySecond, int neither, double kappa) {
        List<JudgedRow> rows = new ArrayList<>();
        add(rows, "A", "A", both);
        add(rows, "A", "B", onlyFirst);
        add(rows, "B", "A", onlySecond);
        add(rows, "B", "B", neither);
        assertThat(Rows.judge(AB, rows).kappa().orElseThrow()).isCloseTo(kappa, within(0.00005));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // of 6 rows of A, 4 right, 1 to B, 1 unmatched; of 3 of B, 2 right, 1 to A; none of C, 1 of A more to C
                "A, 7, 5, 4, 1, 0.8, 0.5714286, 0.6666667",
                "B, 3, 3, 2, 0, 0.6666667, 0.6666667, 0.6666667",
                "C, 0, 1, 0, 0, 0, -, 0",
            })
    void eachCategoryHasItsFigures(
            String name,
            long truth,
            long answered,
            long right,
            long unanswered,
            Double precision,
            Double recall,
            Double f1) {
        Evaluation e = judge("A>A A>A A>A A>A A>B A>!unmatched A>C B>B B>B B>A");
        CategoryScore score = e.categories().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(score).isEqualTo(new CategoryScore(name, truth, answered, right, unanswered));
        same(score.precision().value(), precision);
        same(score.recall().value(), recall);
        same(score.f1(), f1);
        assertThat(e.macroF1().orElseThrow()).isCloseTo(2.0 / 3, within(1e-9));
    }

    @Test
    void pairsThatAreConfusedStandInOrderAndNoAnswerIsNone() {
        Evaluation e = judge("A>B A>B A>A A>!unmatched B>C B>B C>A C>A C>A C>!failed");
        assertThat(e.confused())
                .containsExactly(
                        new Confusion("C", "A", new Proportion(3, 4)),
                        new Confusion("A", "B", new Proportion(2, 4)),
                        new Confusion("B", "C", new Proportion(1, 2)));
        assertThat(e.confused().get(0).rows()).isEqualTo(3);
        assertThat(e.categories()).extracting(CategoryScore::unanswered).containsExactly(1L, 0L, 1L);
        assertThat(e.counts()).isEqualTo(new Counts(8, 1, 1, 0));
    }

    @Test
    void rowsThatCannotBeJudgedAreCountedApart() {
        Judge judge = new Judge(AB);
        assertThat(judge.add(Rows.row(">A"))).isEmpty();
        assertThat(judge.add(Rows.row("  >!failed"))).isEmpty();
        assertThat(judge.add(Rows.row("A>A"))).contains("A");
        IntStream.range(0, 7).forEach(i -> judge.add(Rows.answered("unknown " + i, "A")));
        IntStream.range(0, 7).forEach(i -> judge.add(Rows.answered("unknown " + i, "A")));
        Evaluation e = Rows.evaluation(judge);
        assertThat(e.rows().withoutTruth()).isEqualTo(2);
        assertThat(e.rows().unknownTruth()).isEqualTo(14);
        assertThat(e.rows().judged()).isEqualTo(1);
        assertThat(e.rows().total()).isEqualTo(17);
        assertThat(e.rows().unknownTruths())
                .containsExactly(
                        new UnknownTruth("unknown 0", 2),
                        new UnknownTruth("unknown 1", 2),
                        new UnknownTruth("unknown 2", 2),
                        new UnknownTruth("unknown 3", 2),
                        new UnknownTruth("unknown 4", 2));
        assertThat(e.categories().get(0).answered()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "Lost card, Lost card, 0, 1",
        "'  lost   CARD ', Lost card, 1, 1",
        "Lost card, lost card, 1, 1",
        "LOST CARD, lost card, 1, 1",
        "Ｌost card, Lost card, 1, 1",
        "Other, other, 1, 1",
        "Other, Lost card, 0, 0",
    })
    void caseAndSpaceDoNotMatterAndAreCounted(String truth, String answer, long folded, long right) {
        Evaluation e = Rows.judge(List.of("Lost card", "Other"), List.of(Rows.answered(truth, answer)));
        assertThat(e.rows().judged()).isEqualTo(1);
        assertThat(e.rows().folded()).isEqualTo(folded);
        assertThat(e.right()).isEqualTo(right);
    }

    @Test
    void whatIsWrittenAlikeTwiceIsFoundToTheLetterOnly() {
        Evaluation e = Rows.judge(
                List.of("us", "US"),
                List.of(Rows.answered("US", "US"), Rows.answered("us", "US"), Rows.answered("Us", "US")));
        assertThat(e.right()).isEqualTo(1);
        assertThat(e.rows().unknownTruths()).containsExactly(new UnknownTruth("Us", 1));
    }

    @Test
    void anAnswerThatIsNoCategoryIsWrongAndShown() {
        Evaluation e = judge("A>Zebra A>Apple A>A Zebra>Zebra");
        assertThat(e.rows().unknownTruths()).containsExactly(new UnknownTruth("Zebra", 1));
        assertThat(e.accuracy()).isEqualTo(new Proportion(1, 3));
        assertThat(e.categories()).extracting(CategoryScore::name).containsExactly("A", "B", "C", "Apple", "Zebra");
        assertThat(e.categories().get(4)).isEqualTo(new CategoryScore("Zebra", 0, 1, 0, 0));
    }

    @Test
    void aColumnOfSomethingElseIsNotTakenForAnswers() {
        Judge judge = new Judge(AB);
        assertThatThrownBy(() -> IntStream.range(0, 5_000).forEach(i -> judge.add(Rows.answered("A", "text " + i))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("more than 2000 different answers are none of the categories");
    }

    @Test
    void sourcesHaveTheirFiguresTheBusiestFirst() {
        Judge judge = new Judge(AB);
        for (String text : "local:A human:A local:B local:A".split(" ")) {
            String[] parts = text.split(":");
            judge.add(new JudgedRow("A", RowStatus.CATEGORIZED, parts[1], OptionalDouble.empty(), parts[0]));
        }
        assertThat(Rows.evaluation(judge).sources())
                .containsExactly(
                        new Evaluation.SourceScore("local", new Proportion(2, 3)),
                        new Evaluation.SourceScore("human", new Proportion(1, 1)));
    }

    @Test
    void aColumnOfSomethingElseIsNotTakenForSources() {
        Judge judge = new Judge(AB);
        IntStream.range(0, 1_000)
                .forEach(i -> judge.add(
                        new JudgedRow("A", RowStatus.CATEGORIZED, "A", OptionalDouble.empty(), "source " + i)));
        List<Evaluation.SourceScore> sources = Rows.evaluation(judge).sources();
        assertThat(sources).hasSize(101);
        assertThat(sources.get(0)).isEqualTo(new Evaluation.SourceScore("(others)", new Proportion(900, 900)));
    }

    /** Two bins: 0.95 and 0.93 both right, so 0.06 off; 0.55 twice, one right, so 0.05 off; each has half of the rows. */
    @Test
    void reliabilityIsTheMeanDistanceOfConfidenceAndAccuracy() {
        Reliability found = judge("A>A@0.95 B>B@0.93 A>A@0.55 A>B@0.55 A>A A>!failed")
                .reliability()
                .orElseThrow();
        assertThat(found.error()).isCloseTo(0.055, within(1e-9));
        assertThat(found.rows()).isEqualTo(4);
        assertThat(found.bins()).hasSize(10);
        assertThat(found.bins().get(9).accuracy()).isEqualTo(new Proportion(2, 2));
        assertThat(found.bins().get(9).confidence().orElseThrow()).isCloseTo(0.94, within(1e-9));
        assertThat(found.bins().get(5).accuracy()).isEqualTo(new Proportion(1, 2));
        assertThat(found.bins().get(0).confidence()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.0999, 0", "0.1, 1", "0.3, 3", "0.57, 5", "0.6, 6", "0.7, 7", "0.99994, 9", "1, 9"})
    void aConfidenceOnABorderBelongsAboveIt(double confidence, int bin) {
        Reliability found = Rows.judge(AB, List.of(Rows.answered("A", "A", confidence)))
                .reliability()
                .orElseThrow();
        assertThat(found.bins().get(bin).accuracy().of()).isEqualTo(1);
    }

    @Test
    void aLeastConfidenceLeavesWhatIsAsSureOrSurer() {
        Evaluation e = judge("A>A@1 A>A@0.95 A>B@0.9 A>B@0.5 A>A A>!unmatched");
        assertThat(e.thresholds())
                .containsExactly(
                        new Evaluation.Threshold(0, new Proportion(4, 6), new Proportion(2, 4)),
                        new Evaluation.Threshold(0.55, new Proportion(3, 6), new Proportion(2, 3)),
                        new Evaluation.Threshold(0.95, new Proportion(2, 6), new Proportion(2, 2)),
                        new Evaluation.Threshold(0.96, new Proportion(1, 6), new Proportion(1, 1)));
    }

    @ParameterizedTest
    @CsvSource({"0.05", "0.15", "0.3", "0.35", "0.55", "0.6", "0.7", "0.95", "0.96", "0.98", "0.99", "0.995", "0.999"})
    void aConfidenceOnThePointOfTheCurveStays(double confidence) {
        Evaluation e = Rows.judge(AB, List.of(Rows.answered("A", "A", 0.01), Rows.answered("A", "A", confidence)));
        assertThat(e.thresholds()).hasSize(2);
        assertThat(Rows.judge(AB, List.of(Rows.answered("A", "A", confidence))).thresholds())
                .hasSize(1);
    }

    @Test
    void withoutConfidenceThereIsNoReliabilityAndNoCurve() {
        Evaluation e = judge("A>A B>A");
        assertThat(e.reliability()).isEmpty();
        assertThat(e.thresholds()).isEmpty();
    }

    @Test
    void withoutRowsThereAreNoFigures() {
        Evaluation e = Rows.judge(AB, List.of());
        assertThat(e.macroF1()).isEmpty();
        assertThat(e.kappa()).isEmpty();
        assertThat(e.accuracy().value()).isEmpty();
        assertThat(e.coverage().value()).isEmpty();
        assertThat(e.confused()).isEmpty();
    }

    @Test
    void whatCannotBeIsNoRow() {
        assertThatThrownBy(() -> Rows.answered("A", " ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Rows.answered("A", "A", 1.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new JudgedRow("A", RowStatus.FAILED, "A", OptionalDouble.empty(), ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
