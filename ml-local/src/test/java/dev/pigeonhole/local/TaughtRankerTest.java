package dev.pigeonhole.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Ranker;
import dev.pigeonhole.core.categorize.Ranker.Candidate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rankers that learn from many texts, on Banking77: categories known by name alone, 1,200 texts known, about 16 each. */
class TaughtRankerTest {
    private static final int KNOWN = 1_200;
    private static final int PER_CATEGORY = 16;
    private static final long SEED = 3;

    private static Taxonomy taxonomy;
    private static List<LabelledText> known;
    private static List<LabelledText> asked;
    private static Ranker ranker;

    @BeforeAll
    static void teach() throws IOException {
        taxonomy = Taxonomy.of(Banking77.taxonomy().names().toArray(String[]::new));
        known = Banking77.draw(Banking77.train(), PER_CATEGORY, SEED).subList(0, KNOWN);
        asked = Banking77.test();
        ranker = teach(taxonomy, known);
    }

    private static Ranker teach(Taxonomy taxonomy, List<LabelledText> known) {
        return new LocalRankerProvider().create(taxonomy, known);
    }

    private record Judged(double share, boolean right) {}

    private static List<Judged> judged(Ranker by) {
        return asked.stream()
                .map(row -> {
                    Candidate best = by.rank(row.text(), 1).get(0);
                    return new Judged(best.share(), best.category().equals(row.category()));
                })
                .toList();
    }

    private static double accuracy(List<Judged> answers) {
        return (double) answers.stream().filter(Judged::right).count() / answers.size();
    }

    @Test
    void asAccurateAsAModel() {
        LocalModel model =
                LocalModel.train(taxonomy, known, TrainingSettings.defaults().withFolds(2));
        long right = asked.stream()
                .filter(row -> model.predict(row.text()).category().equals(row.category()))
                .count();
        double accuracy = accuracy(judged(ranker));
        System.out.printf(
                "Banking77, %d texts: accuracy %.4f, a model's %.4f%n", KNOWN, accuracy, (double) right / asked.size());
        assertThat(accuracy).isGreaterThan(0.76).isGreaterThan((double) right / asked.size() - 0.015);
    }

    @Test
    void fewTextsTeachMuch() {
        List<LabelledText> few = Banking77.draw(known, 4, SEED);
        double accuracy = accuracy(judged(teach(taxonomy, few)));
        System.out.printf("Banking77, %d texts: accuracy %.4f%n", few.size(), accuracy);
        assertThat(accuracy).isGreaterThan(0.58);
    }

    @Test
    void surestAnswersAreRight() {
        List<Judged> surest = judged(ranker).stream()
                .sorted(Comparator.comparing(answer -> -answer.share()))
                .limit(asked.size() / 2)
                .toList();
        assertThat(accuracy(surest)).isGreaterThan(0.95);
    }

    @Test
    void shareIsRoughlyTheChanceOfBeingRight() {
        List<Judged> answers = judged(ranker);
        double mean = answers.stream().mapToDouble(Judged::share).average().orElseThrow();
        assertThat(mean).isBetween(accuracy(answers) - 0.1, accuracy(answers) + 0.1);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.share()).isBetween(0.0, 1.0));
    }

    @Test
    void sameTextsGiveTheSameAnswers() {
        assertThat(judged(teach(taxonomy, new ArrayList<>(known)))).isEqualTo(judged(ranker));
    }

    @Test
    void threadsGetTheAnswersOfOne() {
        List<Judged> alone = judged(ranker);
        List<Judged> together = asked.parallelStream()
                .map(row -> {
                    Candidate best = ranker.rank(row.text(), 1).get(0);
                    return new Judged(best.share(), best.category().equals(row.category()));
                })
                .toList();
        assertThat(together).isEqualTo(alone);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 77})
    void noMoreThanAskedFor(int most) {
        List<Candidate> all = ranker.rank("my card was swallowed by the machine", 100);
        assertThat(all).hasSize(77).isSortedAccordingTo(Comparator.comparing(candidate -> -candidate.share()));
        assertThat(ranker.rank("my card was swallowed by the machine", most)).isEqualTo(all.subList(0, most));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "?!", "日本語"})
    void emptyIfNothingInCommon(String text) {
        assertThat(ranker.rank(text, 3)).isEmpty();
    }

    @Test
    void atLeastOne() {
        assertThatThrownBy(() -> ranker.rank("card", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knownTextOfAnotherCategory() {
        List<LabelledText> more = new ArrayList<>(known);
        more.add(new LabelledText("money back", "Refunds"));
        assertThatThrownBy(() -> teach(taxonomy, more))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("\"Refunds\"");
    }

    /** As the cascade does for texts to which the language model had no category. */
    @Test
    void aCategoryThatOnlyTheKnownTextsDescribe() {
        List<LabelledText> more = new ArrayList<>(known);
        more.addAll(Collections.nCopies(30, new LabelledText("the weather in the mountains will be sunny", "none")));
        Taxonomy wider = Taxonomy.of(
                Stream.concat(taxonomy.names().stream(), Stream.of("none")).toArray(String[]::new));
        Candidate best =
                teach(wider, more).rank("sunny weather in the mountains", 1).get(0);
        assertThat(best.category()).isEqualTo("none");
        assertThat(best.share()).isGreaterThan(0.8);
    }

    @Test
    void categoriesWithoutAKnownTextAreKnownByName() {
        List<LabelledText> refunds = IntStream.range(0, 150)
                .mapToObj(i -> new LabelledText("give me back what I paid, case " + i, "Refund"))
                .toList();
        Ranker taught = teach(Taxonomy.of("Refund", "Exchange rate"), refunds);
        assertThat(taught.rank("the rate of exchange", 1))
                .extracting(Candidate::category)
                .containsExactly("Exchange rate");
    }

    @Test
    void oneCategory() {
        List<LabelledText> refunds = Collections.nCopies(150, new LabelledText("my money back", "Refund"));
        assertThat(teach(Taxonomy.of("Refund"), refunds).rank("money", 5)).containsExactly(new Candidate("Refund", 1));
    }
}
