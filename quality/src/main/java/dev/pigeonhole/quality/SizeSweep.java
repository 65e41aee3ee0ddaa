package dev.pigeonhole.quality;

import dev.pigeonhole.core.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The same rows asked about in calls of different sizes: how many answers are right at each size, and up to which size no more are
 * lost than somebody tolerates. Immutable, thread-safe.
 *
 * <p>The smallest size is what the others are compared with, fixed before anything is known: the best one would look better than it
 * is, being chosen for its luck. Sizes are tried from small to large until one is not shown to be inside the tolerance; so the 95 % hold for the
 * size that is named, however many were tried (a fixed sequence of tests: Maurer, Hothorn and Lehmacher, "Multiple comparisons in
 * drug clinical trials and preclinical assays", 1995).
 *
 * @param measure what "right" means
 * @param tolerance the share of right answers that may be lost, above 0 and below 1
 * @param sizes from small to large, the one that others are compared with first
 */
public record SizeSweep(Measure measure, double tolerance, List<Size> sizes) {
    /** What an answer is compared with. */
    public enum Measure {
        /** What is known to be right. */
        ACCURACY,
        /** What the smallest size said when it was asked first; asked again, it shows how much agreement there can be. */
        AGREEMENT
    }

    /** What the rows tell of a size. */
    public enum Verdict {
        /** Others are compared with it. */
        REFERENCE,
        /** It loses no more than the tolerance, with 95 % certainty. */
        INSIDE,
        /** It loses more than the tolerance, with 95 % certainty. */
        OUTSIDE,
        /** These rows are too few to tell. */
        UNSURE,
        /** Not all rows were asked about, at this size or at the one that it is to be compared with. */
        UNFINISHED
    }

    /**
     * One size.
     *
     * @param size rows in a call at most
     * @param right rows that are right, of those that can be judged and have an outcome; one without an answer is not right
     * @param failed rows without an answer
     * @param difference to the smallest size; empty for that itself, and if one of them is unfinished
     */
    public record Size(
            int size, Proportion right, long failed, Optional<PairedDifference> difference, Verdict verdict) {
        public Size {
            Objects.requireNonNull(right, "right");
            Objects.requireNonNull(difference, "difference");
            Objects.requireNonNull(verdict, "verdict");
        }
    }

    public SizeSweep {
        Objects.requireNonNull(measure, "measure");
        sizes = List.copyOf(sizes);
        requireTolerance(tolerance);
    }

    /**
     * Compares with what is known to be right.
     *
     * @param truth the category of rows, by number
     * @param answers of different sizes, in any order
     */
    public static SizeSweep byTruth(Map<Long, String> truth, List<SizeAnswers> answers, double tolerance) {
        return new SizeSweep(Measure.ACCURACY, tolerance, judged(truth, answers, tolerance));
    }

    /**
     * Compares with what the smallest size said. That no category fits is an answer too; rows that failed then are not judged.
     *
     * @param first what it said when it was asked first
     * @param answers of different sizes, in any order; of the smallest, what it said when it was asked again
     */
    public static SizeSweep byAgreement(SizeAnswers first, List<SizeAnswers> answers, double tolerance) {
        Map<Long, String> said = new HashMap<>();
        first.outcomes().forEach((row, outcome) -> said(outcome).ifPresent(answer -> said.put(row, answer)));
        return new SizeSweep(Measure.AGREEMENT, tolerance, judged(said, answers, tolerance));
    }

    /** The largest size that, with all smaller ones, is inside the tolerance; empty if none is, besides the smallest. */
    public OptionalInt largestInside() {
        return sizes.stream()
                .skip(1)
                .takeWhile(size -> size.verdict() == Verdict.INSIDE)
                .mapToInt(Size::size)
                .max();
    }

    /** The size at which the tolerance was not shown to hold any more; empty if it holds for all. */
    public Optional<Size> stoppedAt() {
        return sizes.stream()
                .skip(1)
                .dropWhile(size -> size.verdict() == Verdict.INSIDE)
                .findFirst();
    }

    private static List<Size> judged(Map<Long, String> truth, List<SizeAnswers> answers, double tolerance) {
        requireTolerance(tolerance);
        List<SizeAnswers> ascending = answers.stream()
                .sorted(Comparator.comparingInt(SizeAnswers::size))
                .toList();
        List<Size> sizes = new ArrayList<>();
        ascending.stream().limit(1).forEach(smallest -> sizes.add(reference(truth, smallest)));
        ascending.stream().skip(1).forEach(size -> sizes.add(compared(truth, ascending.get(0), size, tolerance)));
        return sizes;
    }

    private static Size reference(Map<Long, String> truth, SizeAnswers size) {
        Verdict verdict = size.finished() ? Verdict.REFERENCE : Verdict.UNFINISHED;
        return new Size(size.size(), right(truth, size), size.failed(), Optional.empty(), verdict);
    }

    private static Size compared(Map<Long, String> truth, SizeAnswers reference, SizeAnswers size, double tolerance) {
        Optional<PairedDifference> difference =
                reference.finished() && size.finished() ? difference(truth, reference, size) : Optional.empty();
        Verdict verdict = difference.map(d -> verdict(d, tolerance)).orElse(Verdict.UNFINISHED);
        return new Size(size.size(), right(truth, size), size.failed(), difference, verdict);
    }

    private static Verdict verdict(PairedDifference difference, double tolerance) {
        if (difference.atLeast() >= -tolerance) {
            return Verdict.INSIDE;
        }
        return difference.atMost() < -tolerance ? Verdict.OUTSIDE : Verdict.UNSURE;
    }

    private static Proportion right(Map<Long, String> truth, SizeAnswers size) {
        long of = truth.keySet().stream().filter(size.outcomes()::containsKey).count();
        long right =
                truth.keySet().stream().filter(row -> isRight(truth, size, row)).count();
        return new Proportion(right, of);
    }

    private static Optional<PairedDifference> difference(
            Map<Long, String> truth, SizeAnswers reference, SizeAnswers size) {
        long pairs = 0;
        long gained = 0;
        long lost = 0;
        for (Long row : truth.keySet()) {
            if (reference.outcomes().containsKey(row) && size.outcomes().containsKey(row)) {
                boolean before = isRight(truth, reference, row);
                boolean now = isRight(truth, size, row);
                pairs++;
                gained += now && !before ? 1 : 0;
                lost += before && !now ? 1 : 0;
            }
        }
        return pairs == 0 ? Optional.empty() : Optional.of(new PairedDifference(pairs, gained, lost));
    }

    private static boolean isRight(Map<Long, String> truth, SizeAnswers size, Long row) {
        return Optional.ofNullable(size.outcomes().get(row))
                .flatMap(SizeSweep::said)
                .filter(answer -> answer.equals(truth.get(row)))
                .isPresent();
    }

    /** The category, or an empty text where none fits; nothing if there is no answer. */
    private static Optional<String> said(Outcome outcome) {
        if (outcome instanceof Outcome.Categorized categorized) {
            return Optional.of(categorized.category());
        }
        return outcome instanceof Outcome.Unmatched ? Optional.of("") : Optional.empty();
    }

    private static void requireTolerance(double tolerance) {
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("tolerance must be between 0 and 1, was " + tolerance);
        }
    }
}
