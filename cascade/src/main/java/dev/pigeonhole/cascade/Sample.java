package dev.pigeonhole.cascade;

import dev.pigeonhole.quality.Proportion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Rows drawn at random, and what a classifier that has not learned from them says of them. Immutable.
 *
 * @param rows rows of the sample
 * @param judged of these, the ones that the classifier could answer without asking, if it is sure enough
 */
record Sample(long rows, List<Judged> judged) {
    /**
     * A row with two answers.
     *
     * @param confidence of the classifier
     * @param right whether its answer is the other one's too
     */
    record Judged(double confidence, boolean right) {}

    Sample {
        judged = List.copyOf(judged);
        if (rows < judged.size()) {
            throw new IllegalArgumentException(judged.size() + " of " + rows);
        }
    }

    /**
     * The lowest confidence from which there are no more wrong rows than that.
     *
     * @param mostWrong as of {@link Bound#mostWrong}
     * @return {@link CascadeState.Verdict#NOTHING} if there is none, or no row of so much confidence
     */
    double threshold(long mostWrong) {
        List<Double> wrong = judged.stream()
                .filter(row -> !row.right())
                .map(Judged::confidence)
                .sorted(Comparator.reverseOrder())
                .toList();
        if (mostWrong < 0) {
            return CascadeState.Verdict.NOTHING;
        }
        double threshold = wrong.size() <= mostWrong ? 0 : Math.nextUp(wrong.get((int) mostWrong));
        return from(threshold).of() == 0 ? CascadeState.Verdict.NOTHING : threshold;
    }

    /** How many are right among those of at least this confidence. */
    Proportion from(double threshold) {
        long all = judged.stream().filter(row -> row.confidence() >= threshold).count();
        long right = judged.stream()
                .filter(row -> row.confidence() >= threshold && row.right())
                .count();
        return new Proportion(right, all);
    }

    /** Both together. */
    Sample plus(Sample other) {
        List<Judged> all = new ArrayList<>(judged);
        all.addAll(other.judged);
        return new Sample(rows + other.rows, all);
    }
}
