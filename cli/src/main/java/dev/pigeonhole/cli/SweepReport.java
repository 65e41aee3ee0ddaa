package dev.pigeonhole.cli;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.quality.PairedDifference;
import dev.pigeonhole.quality.SizeAnswers;
import dev.pigeonhole.quality.SizeSweep;
import dev.pigeonhole.quality.SizeSweep.Measure;
import dev.pigeonhole.quality.SizeSweep.Size;
import dev.pigeonhole.quality.SizeSweep.Verdict;
import dev.pigeonhole.workspace.SweepSample;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a sweep has shown. Immutable.
 *
 * @param sample the rows; empty if nobody was asked
 * @param judgedBy where the right answers are from; empty if nobody knows them
 * @param planned all sizes that were to be asked
 * @param asked what came of those that were
 * @param ended why the others were not, where none of those that were says so
 * @param sweep what was asked, judged
 */
record SweepReport(
        Optional<SweepSample> sample,
        String judgedBy,
        List<Integer> planned,
        List<Sweeping.Asked> asked,
        String ended,
        SizeSweep sweep) {
    /** Why nothing was asked, where that is so. */
    static final String NEEDLESS = "the offline classifier looks at each row by itself, so its answers are the same for"
            + " all sizes of calls, and cost nothing; nothing was asked";

    SweepReport {
        planned = List.copyOf(planned);
        asked = List.copyOf(asked);
    }

    /** Of a categorizer for which the size makes no difference. */
    static SweepReport needless(double tolerance) {
        return new SweepReport(
                Optional.empty(), "", List.of(), List.of(), "", new SizeSweep(Measure.AGREEMENT, tolerance, List.of()));
    }

    /** @param asked at least one */
    static SweepReport of(
            SweepSample sample,
            String judgedBy,
            List<Integer> planned,
            List<Sweeping.Asked> asked,
            String ended,
            double tolerance) {
        List<SizeAnswers> answers = asked.stream()
                .filter(step -> !step.asking().first())
                .map(SweepReport::answers)
                .toList();
        SizeSweep sweep = sample.labelled()
                ? SizeSweep.byTruth(sample.truths(), answers, tolerance)
                : SizeSweep.byAgreement(answers(asked.get(0)), answers, tolerance);
        return new SweepReport(Optional.of(sample), judgedBy, planned, asked, ended, sweep);
    }

    private static SizeAnswers answers(Sweeping.Asked step) {
        return new SizeAnswers(
                step.asking().size(), step.outcomes(), step.summary().state().isFinished());
    }

    boolean isAccuracy() {
        return sweep.measure() == Measure.ACCURACY;
    }

    boolean isComplete() {
        return sample.isEmpty()
                || (sweep.sizes().size() == planned.size()
                        && asked.stream()
                                .allMatch(step -> step.summary().state().isFinished()));
    }

    boolean isPriced() {
        return asked.stream()
                .allMatch(step -> BillText.cost(step.summary().bill()).isPresent());
    }

    Sweeping.Asked asked(Size size) {
        return asked(size.size());
    }

    /** Not the first asking, if that was only to compare with. */
    Sweeping.Asked asked(int size) {
        return asked.stream()
                .filter(step -> step.asking().size() == size && !step.asking().first())
                .findFirst()
                .orElseThrow();
    }

    /** Dollars; empty if a price is not known or nothing was asked. */
    static Optional<BigDecimal> costOfThousand(Sweeping.Asked step) {
        long rows = step.outcomes().size();
        return BillText.cost(step.summary().bill())
                .filter(cost -> rows > 0)
                .map(cost ->
                        cost.toDollars().movePointRight(3).divide(BigDecimal.valueOf(rows), 9, RoundingMode.HALF_UP));
    }

    static long tokens(Sweeping.Asked step) {
        return Math.round(1000.0
                * step.summary().bill().usage().total()
                / Math.max(1, step.outcomes().size()));
    }

    Optional<Money> cost() {
        return asked.stream()
                .map(step -> BillText.cost(step.summary().bill()))
                .reduce((one, other) -> one.flatMap(cost -> other.map(cost::plus)))
                .orElse(Optional.empty());
    }

    /** The largest size that was shown to be good enough, else the smallest; empty if nothing can be said. */
    OptionalInt use() {
        if (sweep.sizes().isEmpty() || sweep.sizes().get(0).verdict() == Verdict.UNFINISHED) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(sweep.largestInside().orElse(sweep.sizes().get(0).size()));
    }

    /** Rounded up to two digits; there is no more to it. */
    OptionalLong needed(Size size) {
        Optional<PairedDifference> difference = size.difference();
        if (difference.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong pairs = difference.get().pairsToTell(sweep.tolerance());
        if (pairs.isEmpty()) {
            return pairs;
        }
        // It was not enough here, whatever the formula says.
        long least = Math.max(pairs.getAsLong(), difference.get().pairs() + 1);
        long unit = (long) Math.pow(10, Math.max(0, Long.toString(least).length() - 2));
        return OptionalLong.of((least + unit - 1) / unit * unit);
    }

    /** Why not all was asked. */
    String stopped() {
        Sweeping.Asked last = asked.get(asked.size() - 1);
        long left = planned.size()
                - asked.stream().filter(step -> !step.asking().first()).count();
        return (last.summary().state().isFinished() ? ended : paused(last))
                + (left == 0 ? "" : "; " + Plain.count(left, "size was", "sizes were") + " not asked");
    }

    private static String paused(Sweeping.Asked step) {
        String message = step.summary().message();
        return "at " + step.asking().size() + " a call"
                + step.summary().reason().map(SweepReport::reason).orElse("")
                + (message.isEmpty() ? "" : ": " + Plain.text(message));
    }

    private static String reason(Enum<?> reason) {
        return " (" + reason.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
    }
}
