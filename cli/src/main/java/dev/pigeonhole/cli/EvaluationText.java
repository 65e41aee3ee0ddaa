package dev.pigeonhole.cli;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.quality.CategoryScore;
import dev.pigeonhole.quality.Evaluation;
import dev.pigeonhole.quality.Interval;
import dev.pigeonhole.quality.Proportion;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * An evaluation for a person. Immutable.
 *
 * @param all whether all categories, pairs and points are shown, or the ones that matter most
 */
record EvaluationText(Evaluation evaluation, boolean all) {
    private static final int CATEGORIES = 15;
    private static final int PAIRS = 10;
    private static final List<Double> POINTS = List.of(0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99);
    private static final String NONE = "–";

    String text() {
        List<String> lines = new ArrayList<>();
        head(lines);
        figures(lines);
        notes(lines);
        thresholds(lines);
        categories(lines);
        confused(lines);
        return String.join(System.lineSeparator(), lines);
    }

    private void head(List<String> lines) {
        Evaluation.Subject subject = evaluation.subject();
        subject.job().ifPresent(id -> line(lines, "job", id));
        line(lines, subject.job().isPresent() ? "input" : "file", Plain.text(subject.file()));
        line(lines, "truth", "column " + Plain.text(subject.truthColumn()));
        Evaluation.Rows rows = evaluation.rows();
        line(
                lines,
                "rows",
                Plain.number(rows.total()) + " = " + Plain.number(rows.judged()) + " judged + "
                        + Plain.number(rows.withoutTruth()) + " without a truth + " + Plain.number(rows.unknownTruth())
                        + " with an unknown one + " + Plain.number(rows.left()) + " to do");
    }

    private void figures(List<String> lines) {
        if (evaluation.rows().judged() == 0) {
            return;
        }
        line(
                lines,
                "answered",
                share(evaluation.coverage()) + " of the judged rows" + between(evaluation.coverage()) + "; "
                        + Plain.number(evaluation.counts().unmatched()) + " unmatched, "
                        + Plain.number(evaluation.counts().failed()) + " failed, "
                        + Plain.number(evaluation.counts().skipped()) + " without text");
        line(
                lines,
                "right",
                share(evaluation.accuracy()) + " of the answers" + between(evaluation.accuracy()) + "; "
                        + share(evaluation.accuracyOfAll()) + " of the judged rows");
        line(
                lines,
                "macro F1",
                number(evaluation.macroF1()) + ", the mean over the categories, each counting the same");
        line(lines, "kappa", number(evaluation.kappa()) + ", agreement beyond chance (Cohen)");
        evaluation
                .reliability()
                .ifPresent(found -> line(
                        lines,
                        "confidence",
                        String.format(
                                Locale.ROOT,
                                "%.1f points off on average, in %s",
                                found.error() * 100,
                                Plain.count(found.rows(), "answer", "answers"))));
        evaluation.sources().forEach(source -> line(lines, "source", source(source)));
        evaluation.cost().ifPresent(cost -> line(lines, "cost", cost(cost)));
        evaluation
                .shortlist()
                .ifPresent(list -> line(
                        lines,
                        "shortlist",
                        "the truth is among the first " + list.size() + " for " + share(list.recall()) + " of "
                                + Plain.count(list.recall().of(), "text", "texts")));
    }

    private static String source(Evaluation.SourceScore source) {
        return Plain.text(source.source()) + ": " + share(source.accuracy()) + " of "
                + Plain.count(source.accuracy().of(), "answer", "answers") + " right";
    }

    private static String cost(Evaluation.Cost cost) {
        Optional<Money> money = cost.usdPerThousand().map(usd -> Money.dollars(usd.setScale(9, RoundingMode.HALF_UP)));
        return money.map(Money::toString).orElse("unknown")
                + cost.tokensPerThousand().stream()
                        .mapToObj(tokens -> " and " + Plain.roundNumber(Math.round(tokens)) + " tokens")
                        .collect(Collectors.joining())
                + " for 1,000 rows";
    }

    private void notes(List<String> lines) {
        Evaluation.Rows rows = evaluation.rows();
        if (rows.judged() == 0) {
            line(lines, "note", "no row can be judged; is this the column of the right categories?");
        }
        if (rows.unknownTruth() > 0) {
            String shown = rows.unknownTruths().stream()
                    .map(truth ->
                            "\"" + TextTable.cut(Plain.text(truth.name())) + "\" (" + Plain.number(truth.rows()) + ")")
                    .collect(Collectors.joining(", "));
            line(lines, "note", "a truth that is none of the categories is not judged, such as " + shown);
        }
        if (rows.folded() > 0) {
            line(
                    lines,
                    "note",
                    Plain.count(rows.folded(), "row names its category", "rows name their category")
                            + " in other case or spacing; taken for the same");
        }
    }

    private void thresholds(List<String> lines) {
        if (evaluation.thresholds().isEmpty()) {
            return;
        }
        TextTable table = new TextTable()
                .right("at least")
                .right("rows")
                .right("answered")
                .left("right");
        points().forEach(point -> table.row(
                decimals(point.minConfidence(), all ? 3 : 2),
                Plain.number(point.coverage().count()),
                share(point.coverage()),
                share(point.accuracy()) + between(point.accuracy())));
        lines.add("");
        lines.add("If less sure answers were set aside:");
        lines.addAll(table.lines());
    }

    /** The few that matter most, each as it is, or as the last one before it that makes a difference. */
    private List<Evaluation.Threshold> points() {
        List<Evaluation.Threshold> curve = evaluation.thresholds();
        return all
                ? curve
                : POINTS.stream()
                        .flatMap(most -> curve.stream()
                                .filter(point -> point.minConfidence() <= most)
                                .reduce((before, last) -> last)
                                .stream())
                        .distinct()
                        .toList();
    }

    private void categories(List<String> lines) {
        List<CategoryScore> weakest = evaluation.categories().stream()
                .filter(category -> category.f1().isPresent())
                .sorted(Comparator.comparingDouble(
                                (CategoryScore category) -> category.f1().orElse(0))
                        .thenComparing(CategoryScore::truth, Comparator.reverseOrder()))
                .toList();
        List<CategoryScore> shown = all ? weakest : weakest.subList(0, Math.min(CATEGORIES, weakest.size()));
        if (shown.isEmpty()) {
            return;
        }
        TextTable table = new TextTable()
                .left("category")
                .right("rows")
                .right("right")
                .right("recall")
                .right("precision")
                .right("F1");
        shown.forEach(category -> table.row(
                category.name(),
                Plain.number(category.truth()),
                Plain.number(category.right()),
                share(category.recall()),
                share(category.precision()),
                number(category.f1())));
        lines.add("");
        lines.add(
                shown.size() == weakest.size()
                        ? "Categories, the weakest first:"
                        : "The " + shown.size() + " weakest of " + Plain.number(weakest.size())
                                + " categories (--all for all):");
        lines.addAll(table.lines());
    }

    private void confused(List<String> lines) {
        List<Evaluation.Confusion> pairs = evaluation.confused();
        List<Evaluation.Confusion> shown = all ? pairs : pairs.subList(0, Math.min(PAIRS, pairs.size()));
        if (shown.isEmpty()) {
            return;
        }
        TextTable table =
                new TextTable().right("rows").right("of its rows").left("truth").left("answer");
        shown.forEach(pair -> table.row(Plain.number(pair.rows()), share(pair.share()), pair.truth(), pair.answer()));
        lines.add("");
        lines.add(
                shown.size() == pairs.size()
                        ? "Wrong answers, the most frequent first:"
                        : "The " + shown.size() + " most frequent of " + Plain.number(pairs.size())
                                + " kinds of wrong answers (--all for all):");
        lines.addAll(table.lines());
    }

    /** {@code 92.0 %}. Never rounded up to all or down to none. */
    static String share(Proportion proportion) {
        if (proportion.of() == 0) {
            return NONE;
        }
        String text = percent(proportion.value().orElse(0));
        if (text.equals("100.0") && proportion.count() < proportion.of()) {
            return "99.9 %";
        }
        return text.equals("0.0") && proportion.count() > 0 ? "0.1 %" : text + " %";
    }

    /** {@code  (90.9 to 92.9 %)}, with a space in front; empty if there is nothing to tell. */
    static String between(Proportion proportion) {
        return proportion
                .wilson()
                .map((Interval interval) -> " (" + percent(interval.low()) + " to " + percent(interval.high()) + " %)")
                .orElse("");
    }

    private static String percent(double share) {
        return decimals(share * 100, 1);
    }

    private static String number(OptionalDouble value) {
        return value.isEmpty() ? NONE : decimals(value.getAsDouble(), 3);
    }

    private static String decimals(double value, int places) {
        return String.format(Locale.ROOT, "%." + places + "f", value);
    }

    private static void line(List<String> lines, String name, String value) {
        lines.add(Plain.field(10, name, value).stripTrailing());
    }
}
