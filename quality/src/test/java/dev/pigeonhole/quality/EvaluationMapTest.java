package dev.pigeonhole.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.checkpoint.RowStatus;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The form is a contract with scripts and with the page: it is written out here. */
class EvaluationMapTest {
    private static Judge judge(String rows) {
        Judge judge = new Judge(List.of("A", "B"));
        Arrays.stream(rows.split(" ")).map(Rows::row).forEach(judge::add);
        return judge;
    }

    private static final Evaluation.Subject SUBJECT = new Evaluation.Subject(Optional.of("job1"), "in.csv", "label");

    @Test
    void everythingHasItsNameAndItsPlace() {
        Evaluation e = judge("A>A@0.9 A>B@0.8 B>B@0.7 B>!unmatched Z>A >A")
                .evaluation(
                        SUBJECT,
                        4,
                        Optional.of(new Evaluation.Cost(Optional.of(new BigDecimal("0.42")), 61_234, 2_000)),
                        Optional.of(new Evaluation.ShortlistScore(5, new Proportion(3, 4))));
        Map<String, ?> map = e.toMap();
        assertThat(map.keySet())
                .containsExactly(
                        "type",
                        "v",
                        "of",
                        "rows",
                        "judged",
                        "without_truth",
                        "unknown_truth",
                        "left",
                        "folded",
                        "unknown_truths",
                        "answered",
                        "unmatched",
                        "failed",
                        "skipped",
                        "coverage",
                        "accuracy",
                        "accuracy_of_all",
                        "macro_f1",
                        "kappa",
                        "categories",
                        "confused_pairs",
                        "confused",
                        "reliability",
                        "thresholds",
                        "sources",
                        "cost",
                        "shortlist");
        assertThat(map.get("of")).isEqualTo(Map.of("job", "job1", "file", "in.csv", "truth_column", "label"));
        assertThat(List.of(map.get("rows"), map.get("judged"), map.get("left"), map.get("folded")))
                .isEqualTo(List.of(10L, 4L, 4L, 0L));
        assertThat(map.get("unknown_truths")).isEqualTo(List.of(Map.of("name", "Z", "rows", 1L)));
        assertThat(map.get("accuracy"))
                .isEqualTo(Map.of("count", 2L, "of", 3L, "value", 0.666667, "low", 0.20766, "high", 0.938508));
        assertThat(((List<?>) map.get("categories")).get(0))
                .isEqualTo(Map.of(
                        "name",
                        "A",
                        "truth",
                        2L,
                        "answered",
                        1L,
                        "right",
                        1L,
                        "unanswered",
                        0L,
                        "precision",
                        1.0,
                        "recall",
                        0.5,
                        "f1",
                        0.666667));
        assertThat(map.get("confused_pairs")).isEqualTo(1);
        assertThat(map.get("confused"))
                .isEqualTo(List.of(Map.of("truth", "A", "answer", "B", "rows", 1L, "share", 0.5)));
        assertThat(((List<?>) ((Map<?, ?>) map.get("reliability")).get("bins")).get(9))
                .isEqualTo(Map.of("from", 0.9, "to", 1.0, "rows", 1L, "confidence", 0.9, "accuracy", 1.0));
        assertThat(((List<?>) map.get("thresholds")).get(2))
                .isEqualTo(Map.of(
                        "min_confidence",
                        0.85,
                        "answered",
                        1L,
                        "coverage",
                        0.25,
                        "accuracy",
                        1.0,
                        "low",
                        0.206549,
                        "high",
                        1.0));
        assertThat(map.get("sources"))
                .isEqualTo(List.of(Map.of("source", "local", "answered", 3L, "right", 2L, "accuracy", 0.666667)));
        assertThat(map.get("cost"))
                .isEqualTo(Map.of(
                        "usd",
                        new BigDecimal("0.42"),
                        "usd_per_1000",
                        new BigDecimal("0.210000000"),
                        "tokens_per_1000",
                        30617.0,
                        "rows",
                        2_000L));
        assertThat(map.get("shortlist")).isEqualTo(Map.of("size", 5, "rows", 4L, "recall", 0.75));
    }

    @Test
    void whatIsNotThereIsNull() {
        Judge judge = new Judge(List.of("A"));
        judge.add(Rows.unanswered("A", RowStatus.FAILED));
        Map<String, ?> map = Rows.evaluation(judge).toMap();
        assertThat(map.get("kappa")).isEqualTo(0.0);
        assertThat(map.get("macro_f1")).isEqualTo(0.0);
        for (String name : List.of("reliability", "cost", "shortlist")) {
            assertThat(map).containsKey(name);
            assertThat(map.get(name)).as(name).isNull();
        }
        Map<?, ?> accuracy = (Map<?, ?>) map.get("accuracy");
        assertThat(accuracy.get("of")).isEqualTo(0L);
        assertThat(accuracy.containsKey("value")).isTrue();
        assertThat(accuracy.get("value")).isNull();
        assertThat(accuracy.get("low")).isNull();
        assertThat(((Map<?, ?>) map.get("of")).get("job")).isNull();
        assertThat(map.toString()).doesNotContain("NaN");
    }

    @Test
    void aCostWithoutAPriceHasTokensOnly() {
        Evaluation e = judge("A>A")
                .evaluation(SUBJECT, 0, Optional.of(new Evaluation.Cost(Optional.empty(), 100, 10)), Optional.empty());
        Map<?, ?> cost = (Map<?, ?>) e.toMap().get("cost");
        assertThat(cost.get("usd")).isNull();
        assertThat(cost.get("usd_per_1000")).isNull();
        assertThat(cost.get("tokens_per_1000")).isEqualTo(10_000.0);
        assertThat(new Evaluation.Cost(Optional.of(BigDecimal.ONE), 1, 0).usdPerThousand())
                .isEmpty();
    }
}
