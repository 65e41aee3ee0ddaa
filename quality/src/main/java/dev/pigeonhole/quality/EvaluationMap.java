package dev.pigeonhole.quality;

import dev.pigeonhole.core.checkpoint.Counts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An evaluation as a tree that any writer of JSON can write. Stateless. */
final class EvaluationMap {
    /** Pairs beyond these say nothing that the categories do not say; there may be millions. */
    private static final int MOST_PAIRS = 1_000;

    /** Six decimals: finer than any interval that rows can give. */
    private static final double UNIT = 1e6;

    private EvaluationMap() {}

    static Map<String, @Nullable Object> of(Evaluation e) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", "evaluation");
        map.put("v", 1);
        map.put("of", subject(e.subject()));
        putRows(map, e.rows());
        putCounts(map, e.counts());
        map.put("coverage", proportion(e.coverage()));
        map.put("accuracy", proportion(e.accuracy()));
        map.put("accuracy_of_all", proportion(e.accuracyOfAll()));
        map.put("macro_f1", ratio(e.macroF1()));
        map.put("kappa", ratio(e.kappa()));
        map.put("categories", list(e.categories(), EvaluationMap::category));
        map.put("confused_pairs", e.confused().size());
        map.put("confused", list(mostOf(e.confused()), EvaluationMap::confusion));
        map.put("reliability", e.reliability().map(EvaluationMap::reliability).orElse(null));
        map.put("thresholds", list(e.thresholds(), EvaluationMap::threshold));
        map.put("sources", list(e.sources(), EvaluationMap::source));
        map.put("cost", e.cost().map(EvaluationMap::cost).orElse(null));
        map.put("shortlist", e.shortlist().map(EvaluationMap::shortlist).orElse(null));
        return map;
    }

    private static Map<String, @Nullable Object> subject(Evaluation.Subject subject) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("job", subject.job().orElse(null));
        map.put("file", subject.file());
        map.put("truth_column", subject.truthColumn());
        return map;
    }

    private static void putRows(Map<String, @Nullable Object> map, Evaluation.Rows rows) {
        map.put("rows", rows.total());
        map.put("judged", rows.judged());
        map.put("without_truth", rows.withoutTruth());
        map.put("unknown_truth", rows.unknownTruth());
        map.put("left", rows.left());
        map.put("folded", rows.folded());
        map.put("unknown_truths", list(rows.unknownTruths(), unknown -> {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("name", unknown.name());
            one.put("rows", unknown.rows());
            return one;
        }));
    }

    private static void putCounts(Map<String, @Nullable Object> map, Counts counts) {
        map.put("answered", counts.categorized());
        map.put("unmatched", counts.unmatched());
        map.put("failed", counts.failed());
        map.put("skipped", counts.skipped());
    }

    private static Map<String, @Nullable Object> category(CategoryScore category) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("name", category.name());
        map.put("truth", category.truth());
        map.put("answered", category.answered());
        map.put("right", category.right());
        map.put("unanswered", category.unanswered());
        map.put("precision", ratio(category.precision().value()));
        map.put("recall", ratio(category.recall().value()));
        map.put("f1", ratio(category.f1()));
        return map;
    }

    private static Map<String, @Nullable Object> confusion(Evaluation.Confusion confusion) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("truth", confusion.truth());
        map.put("answer", confusion.answer());
        map.put("rows", confusion.rows());
        map.put("share", ratio(confusion.share().value()));
        return map;
    }

    private static Map<String, @Nullable Object> reliability(Reliability reliability) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("error", rounded(reliability.error()));
        map.put("rows", reliability.rows());
        map.put("bins", list(reliability.bins(), EvaluationMap::bin));
        return map;
    }

    private static Map<String, @Nullable Object> bin(Reliability.Bin bin) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("from", bin.from());
        map.put("to", bin.to());
        map.put("rows", bin.accuracy().of());
        map.put("confidence", ratio(bin.confidence()));
        map.put("accuracy", ratio(bin.accuracy().value()));
        return map;
    }

    private static Map<String, @Nullable Object> threshold(Evaluation.Threshold threshold) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("min_confidence", threshold.minConfidence());
        map.put("answered", threshold.coverage().count());
        map.put("coverage", ratio(threshold.coverage().value()));
        map.put("accuracy", ratio(threshold.accuracy().value()));
        putInterval(map, threshold.accuracy());
        return map;
    }

    private static Map<String, @Nullable Object> source(Evaluation.SourceScore source) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("source", source.source());
        map.put("answered", source.accuracy().of());
        map.put("right", source.accuracy().count());
        map.put("accuracy", ratio(source.accuracy().value()));
        return map;
    }

    private static Map<String, @Nullable Object> cost(Evaluation.Cost cost) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("usd", cost.usd().orElse(null));
        map.put("usd_per_1000", cost.usdPerThousand().orElse(null));
        map.put("tokens_per_1000", ratio(cost.tokensPerThousand()));
        map.put("rows", cost.rows());
        return map;
    }

    private static Map<String, @Nullable Object> shortlist(Evaluation.ShortlistScore shortlist) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("size", shortlist.size());
        map.put("rows", shortlist.recall().of());
        map.put("recall", ratio(shortlist.recall().value()));
        return map;
    }

    private static Map<String, @Nullable Object> proportion(Proportion proportion) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("count", proportion.count());
        map.put("of", proportion.of());
        map.put("value", ratio(proportion.value()));
        putInterval(map, proportion);
        return map;
    }

    private static void putInterval(Map<String, @Nullable Object> map, Proportion proportion) {
        Optional<Interval> wilson = proportion.wilson();
        map.put("low", wilson.map(interval -> rounded(interval.low())).orElse(null));
        map.put("high", wilson.map(interval -> rounded(interval.high())).orElse(null));
    }

    private static List<Evaluation.Confusion> mostOf(List<Evaluation.Confusion> confused) {
        return confused.subList(0, Math.min(MOST_PAIRS, confused.size()));
    }

    private static <T> List<Map<String, @Nullable Object>> list(
            List<T> values, Function<T, Map<String, @Nullable Object>> entry) {
        return values.stream().map(entry).toList();
    }

    private static @Nullable Double ratio(OptionalDouble value) {
        return value.isEmpty() ? null : rounded(value.getAsDouble());
    }

    private static Double rounded(double value) {
        return Math.round(value * UNIT) / UNIT;
    }
}
