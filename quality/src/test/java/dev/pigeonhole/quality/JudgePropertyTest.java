package dev.pigeonhole.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pigeonhole.core.checkpoint.RowStatus;
import dev.pigeonhole.testkit.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all rows, shown by random ones. */
class JudgePropertyTest {
    static LongStream seeds() {
        return Seeds.some();
    }

    private static List<String> categories(Random random) {
        int size = 1 + random.nextInt(random.nextBoolean() ? 5 : 300);
        return IntStream.range(0, size).mapToObj(i -> "category " + i).toList();
    }

    private static List<JudgedRow> rows(Random random, List<String> categories) {
        return IntStream.range(0, 1 + random.nextInt(3_000))
                .mapToObj(i -> row(random, categories))
                .toList();
    }

    private static JudgedRow row(Random random, List<String> categories) {
        String truth = random.nextInt(20) == 0 ? "" : name(random, categories);
        RowStatus status = RowStatus.values()[Math.max(0, random.nextInt(13) - 9)];
        if (status != RowStatus.CATEGORIZED) {
            return Rows.unanswered(truth, status);
        }
        boolean right = !truth.isEmpty() && random.nextInt(3) > 0;
        OptionalDouble confidence =
                random.nextInt(10) == 0 ? OptionalDouble.empty() : OptionalDouble.of(random.nextDouble());
        return new JudgedRow(
                truth, status, right ? truth : name(random, categories), confidence, "s" + random.nextInt(3));
    }

    /** One of them; now and then in capitals, or a stranger. */
    private static String name(Random random, List<String> categories) {
        String name = categories.get(random.nextInt(categories.size()));
        int odd = random.nextInt(50);
        return odd == 0 ? "CATEGORY  " + name.substring(9) : odd == 1 ? "stranger " + random.nextInt(4) : name;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOrderOfTheRowsDoesNotMatter(long seed) {
        Random random = new Random(seed);
        List<String> categories = categories(random);
        List<JudgedRow> rows = rows(random, categories);
        List<JudgedRow> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, random);
        Evaluation one = Rows.judge(categories, rows);
        Evaluation other = Rows.judge(categories, shuffled);
        // Of the unknown truths the first few are shown, whichever they are.
        assertThat(other)
                .as("seed %d", seed)
                .usingRecursiveComparison()
                .ignoringFields("rows.unknownTruths")
                .isEqualTo(one);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theNumbersAddUp(long seed) {
        Random random = new Random(seed);
        List<String> categories = categories(random);
        List<JudgedRow> rows = rows(random, categories);
        Evaluation e = Rows.judge(categories, rows);
        assertThat(e.rows().total()).as("seed %d", seed).isEqualTo(rows.size());
        assertThat(e.counts().total()).isEqualTo(e.rows().judged());
        assertThat(sum(e.categories().stream().map(CategoryScore::truth).toList()))
                .isEqualTo(e.rows().judged());
        assertThat(sum(e.categories().stream().map(CategoryScore::answered).toList()))
                .isEqualTo(e.counts().categorized());
        assertThat(sum(e.categories().stream().map(CategoryScore::right).toList()))
                .isEqualTo(e.right());
        assertThat(sum(e.categories().stream().map(CategoryScore::unanswered).toList()))
                .isEqualTo(e.rows().judged() - e.counts().categorized());
        assertThat(sum(e.confused().stream().map(Evaluation.Confusion::rows).toList()))
                .isEqualTo(e.counts().categorized() - e.right());
        assertThat(sum(e.sources().stream().map(s -> s.accuracy().of()).toList()))
                .isEqualTo(e.counts().categorized());
        assertThat(sum(e.sources().stream().map(s -> s.accuracy().count()).toList()))
                .isEqualTo(e.right());
        e.reliability().ifPresent(reliability -> {
            assertThat(sum(reliability.bins().stream()
                            .map(b -> b.accuracy().of())
                            .toList()))
                    .isEqualTo(reliability.rows());
            assertThat(reliability.error()).isBetween(0.0, 1.0);
        });
        assertThat(e.kappa().orElse(0)).isBetween(-1.0, 1.0);
        assertThat(e.macroF1().orElse(0)).isBetween(0.0, 1.0);
    }

    private static long sum(List<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).sum();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aHigherLeastConfidenceNeverLeavesMore(long seed) {
        Random random = new Random(seed);
        List<String> categories = categories(random);
        List<JudgedRow> rows = rows(random, categories);
        Evaluation e = Rows.judge(categories, rows);
        for (Evaluation.Threshold point : e.thresholds()) {
            double least = point.minConfidence();
            long left = rows.stream()
                    .filter(row -> e.rows().judged() > 0 && judged(categories, row))
                    .filter(row -> row.status() == RowStatus.CATEGORIZED)
                    .filter(row -> Math.round(row.confidence().orElse(-1) * 10_000) >= Math.round(least * 10_000))
                    .count();
            assertThat(point.coverage().count())
                    .as("seed %d at %f", seed, least)
                    .isEqualTo(left);
        }
        assertThat(e.thresholds())
                .extracting(point -> point.coverage().count())
                .isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    private static boolean judged(List<String> categories, JudgedRow row) {
        return categories.contains(row.truth()) || row.truth().startsWith("CATEGORY");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void perfectAnswersHaveFullMarks(long seed) {
        Random random = new Random(seed);
        List<String> categories = List.of("A", "B", "C");
        List<JudgedRow> rows = new ArrayList<>(List.of(Rows.answered("A", "A", 1), Rows.answered("B", "B", 1)));
        IntStream.range(0, random.nextInt(500)).forEach(i -> {
            String name = categories.get(random.nextInt(3));
            rows.add(Rows.answered(name, name, 1));
        });
        Evaluation e = Rows.judge(categories, rows);
        assertThat(e.coverage().value()).as("seed %d", seed).hasValue(1);
        assertThat(e.accuracy().value()).hasValue(1);
        assertThat(e.macroF1()).hasValue(1);
        assertThat(e.kappa().orElseThrow()).isCloseTo(1, within(1e-12));
        assertThat(e.reliability().orElseThrow().error()).isCloseTo(0, within(1e-9));
        assertThat(e.confused()).isEmpty();
    }

    /** The same figures by the plain formulas over all pairs of categories. */
    @ParameterizedTest
    @MethodSource("seeds")
    void pairsAreCountedAsAFullTableWould(long seed) {
        Random random = new Random(seed);
        List<String> categories = categories(random);
        List<JudgedRow> rows = rows(random, categories);
        for (Evaluation.Confusion pair : Rows.judge(categories, rows).confused()) {
            long expected = rows.stream()
                    .filter(row -> same(pair.truth(), row.truth()) && same(pair.answer(), row.answer()))
                    .count();
            assertThat(pair.rows()).as("seed %d: %s", seed, pair).isEqualTo(expected);
        }
    }

    private static boolean same(String category, String label) {
        return label.equals(category) || label.equals(category.replace("category ", "CATEGORY  "));
    }
}
