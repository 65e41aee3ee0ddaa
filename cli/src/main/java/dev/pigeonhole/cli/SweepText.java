package dev.pigeonhole.cli;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.quality.PairedDifference;
import dev.pigeonhole.quality.SizeSweep;
import dev.pigeonhole.quality.SizeSweep.Size;
import dev.pigeonhole.workspace.SweepSample;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What a sweep has shown, for a person. Not thread-safe. */
final class SweepText {
    private static final String FLAG = "--sub-batch-size ";

    private final SweepReport report;
    private final SizeSweep sweep;
    private final List<String> lines = new ArrayList<>();

    SweepText(SweepReport report) {
        this.report = report;
        this.sweep = report.sweep();
    }

    String text() {
        if (report.sample().isEmpty()) {
            return "Nothing to sweep: " + SweepReport.NEEDLESS + ".";
        }
        lines.add(head(report.sample().get()));
        lines.add("");
        lines.addAll(table());
        lines.add("");
        advice();
        return String.join(System.lineSeparator(), lines);
    }

    private String head(SweepSample rows) {
        String what = Plain.count(rows.rows().size(), "row", "rows");
        return report.isAccuracy()
                ? what + ", judged by " + Plain.text(report.judgedBy()) + left(rows)
                : what + ", compared with what "
                        + Plain.count(report.asked().get(0).asking().size(), "row", "rows")
                        + " a call said first; which answers are right, nobody knows";
    }

    private static String left(SweepSample rows) {
        long left = rows.withoutLabel() + rows.unknownLabel();
        return left == 0
                ? ""
                : " (left out: " + Plain.count(rows.withoutLabel(), "row", "rows") + " without a label, "
                        + Plain.number(rows.unknownLabel()) + " with one that is no category)";
    }

    private List<String> table() {
        TextTable table = new TextTable()
                .right("rows a call")
                .right("calls")
                .left(report.isAccuracy() ? "right" : "same answer")
                .left("difference, points")
                .left("at worst")
                .right("failed")
                .right(report.isPriced() ? "$ for 1,000" : "tokens for 1,000")
                .right("whole file");
        for (Size size : sweep.sizes()) {
            Sweeping.Asked step = report.asked(size);
            table.row(
                    Integer.toString(size.size()),
                    Plain.number(step.summary().calls()),
                    EvaluationText.share(size.right()) + EvaluationText.between(size.right()),
                    size.difference().map(SweepText::difference).orElse(""),
                    verdict(size),
                    Plain.number(size.failed()),
                    report.isPriced() ? dollars(step) : Plain.number(SweepReport.tokens(step)),
                    step.costOfFile().map(Money::toString).orElse("unknown"));
        }
        return table.lines();
    }

    private static String difference(PairedDifference difference) {
        return String.format(
                Locale.ROOT,
                "%s (%s to %s)",
                points(difference.value()),
                points(difference.low()),
                points(difference.high()));
    }

    private static String points(double share) {
        String text = String.format(Locale.ROOT, "%+.1f", share * 100);
        return text.substring(1).equals("0.0") ? "0.0" : text;
    }

    private static String verdict(Size size) {
        String worst = size.difference().map(d -> points(d.atLeast()) + " ").orElse("");
        return switch (size.verdict()) {
            case REFERENCE -> "(compared with)";
            case INSIDE -> worst + "inside";
            case OUTSIDE -> worst + "too much";
            case UNSURE -> worst + "unsure";
            case UNFINISHED -> "(stopped)";
        };
    }

    private void advice() {
        if (!report.isAccuracy() && !sweep.sizes().isEmpty()) {
            ceiling(sweep.sizes().get(0));
        }
        if (!report.isComplete()) {
            line("stopped", report.stopped());
        }
        line(
                "use",
                report.use().isPresent()
                        ? use(report.use().getAsInt())
                        : "nothing can be said: there is nothing to compare with");
        sweep.stoppedAt().flatMap(this::further).ifPresent(text -> line("beyond", text));
        line(
                "cost",
                report.cost().map(Money::toString).orElse("unknown")
                        + " for all sizes; these answers are not kept for a run, which" + " asks anew");
        report.asked().stream()
                .flatMap(step -> BillText.unanswered(step.summary().bill()).stream())
                .forEach(note -> line("note", note));
    }

    private void ceiling(Size smallest) {
        line(
                "ceiling",
                "asked again, " + Plain.count(smallest.size(), "row", "rows") + " a call gives "
                        + EvaluationText.share(smallest.right())
                        + " of the same answers; a larger size can hardly agree more");
    }

    private String use(int use) {
        int smallest = sweep.sizes().get(0).size();
        String loss = " no more than " + tolerance() + " points against ";
        if (use == smallest) {
            return FLAG
                    + use
                    + sweep.stoppedAt()
                            .map(next -> ": of " + next.size() + " a call it is not shown that it loses" + loss + use)
                            .orElse("");
        }
        double worst = sweep.sizes().stream()
                .filter(size -> size.size() == use)
                .flatMap(size -> size.difference().stream())
                .mapToDouble(PairedDifference::atLeast)
                .findFirst()
                .orElse(0);
        return FLAG + use + ": loses" + loss + smallest + " (95 % sure: " + points(worst) + " at worst)"
                + saving(smallest, use);
    }

    /** {@code 2}, {@code 0.5}. */
    private String tolerance() {
        return BigDecimal.valueOf(sweep.tolerance())
                .movePointRight(2)
                .stripTrailingZeros()
                .toPlainString();
    }

    private String saving(int from, int to) {
        Optional<BigDecimal> before = SweepReport.costOfThousand(report.asked(from));
        Optional<BigDecimal> after = SweepReport.costOfThousand(report.asked(to));
        if (before.isEmpty() || after.isEmpty() || before.get().signum() == 0) {
            return "";
        }
        double share = 1 - after.get().doubleValue() / before.get().doubleValue();
        return share < 0.005 ? "" : String.format(Locale.ROOT, ", costs %.0f %% less", share * 100);
    }

    private Optional<String> further(Size size) {
        return switch (size.verdict()) {
            case OUTSIDE -> Optional.of(size.size() + " a call loses more than that");
            case UNSURE -> Optional.of(size.size() + " a call cannot be told from so few rows; " + more(size));
            case INSIDE, REFERENCE, UNFINISHED -> Optional.empty();
        };
    }

    private String more(Size size) {
        OptionalLong rows = report.needed(size);
        if (rows.isEmpty()) {
            return "here it seems to lose more than that";
        }
        return rows.getAsLong() > SweepFlags.MOST_ROWS
                ? "more than " + Plain.number(SweepFlags.MOST_ROWS) + " rows would be needed"
                : "about " + Plain.number(rows.getAsLong()) + " would be needed: --rows " + rows.getAsLong();
    }

    private void line(String name, String value) {
        lines.add(Plain.field(10, name, value).stripTrailing());
    }

    private static String dollars(Sweeping.Asked step) {
        return SweepReport.costOfThousand(step)
                .map(sum -> sum.setScale(sum.compareTo(BigDecimal.ONE) < 0 ? 4 : 2, RoundingMode.HALF_UP)
                        .toPlainString())
                .orElse("");
    }
}
