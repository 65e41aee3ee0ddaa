package dev.pigeonhole.local;

import java.util.ArrayList;
import java.util.List;

/**
 * Answers to rows that the answering model had not seen: what a model of the whole is expected to do on new rows. Immutable.
 */
final class HeldOut {
    private static final double[] PRECISIONS = {0.80, 0.85, 0.90, 0.95, 0.98, 0.99};
    private static final int BINS = 10;
    /** One-sided level of 95 %. */
    private static final double Z = 1.645;

    /** How far the best score was ahead of the second. */
    private final double[] margins;
    /** Whether the best was the label of the row. */
    private final boolean[] right;

    private HeldOut(double[] margins, boolean[] right) {
        this.margins = margins;
        this.right = right;
    }

    /** Trains once for each part, on the rows outside it and on the texts behind the last row. */
    static HeldOut of(Vectors vectors, LinearTrainer trainer, Folds folds, int rows) {
        double[] margins = new double[rows];
        boolean[] right = new boolean[rows];
        for (int part = 0; part < folds.count(); part++) {
            LinearWeights weights = trainer.train(folds.outside(part, vectors.size()));
            for (int row : folds.in(part)) {
                float[] scores = vectors.scores(row, weights);
                int best = LinearWeights.best(scores);
                margins[row] = LinearWeights.margin(scores, best);
                right[row] = best == vectors.labels()[row];
            }
        }
        return new HeldOut(margins, right);
    }

    int size() {
        return right.length;
    }

    double accuracy() {
        int hits = 0;
        for (boolean hit : right) {
            hits += hit ? 1 : 0;
        }
        return (double) hits / size();
    }

    Platt calibration() {
        return Platt.fit(margins, right);
    }

    /** How far confidence and share of right answers are apart, in bins of a tenth, weighted by the rows in each. */
    double calibrationError(Platt platt) {
        double[] gaps = new double[BINS];
        for (int i = 0; i < size(); i++) {
            double confidence = platt.probability(margins[i]);
            gaps[Math.min(BINS - 1, (int) (confidence * BINS))] += confidence - (right[i] ? 1 : 0);
        }
        double sum = 0;
        for (double gap : gaps) {
            sum += Math.abs(gap);
        }
        return sum / size();
    }

    /** For each precision the least confidence that keeps it, if there is one. */
    List<PrecisionPromise> promises(Platt platt) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            answers.add(new Answer(platt.probability(margins[i]), right[i]));
        }
        answers.sort((a, b) -> Double.compare(b.confidence(), a.confidence()));
        List<PrecisionPromise> promises = new ArrayList<>();
        for (double precision : PRECISIONS) {
            int kept = longest(answers, precision);
            if (kept > 0) {
                promises.add(new PrecisionPromise(
                        precision, answers.get(kept - 1).confidence(), (double) kept / answers.size()));
            }
        }
        return promises;
    }

    private record Answer(double confidence, boolean right) {}

    /** Most answers, the surest first, with at least this precision; equal confidences stay together. */
    private static int longest(List<Answer> answers, double precision) {
        int longest = 0;
        int hits = 0;
        for (int i = 0; i < answers.size(); i++) {
            hits += answers.get(i).right() ? 1 : 0;
            boolean last = i + 1 == answers.size()
                    || answers.get(i + 1).confidence() < answers.get(i).confidence();
            if (last && lowerBound(hits, i + 1) >= precision) {
                longest = i + 1;
            }
        }
        return longest;
    }

    /** The lower end of Wilson's interval for a share. */
    private static double lowerBound(int hits, int count) {
        double share = (double) hits / count;
        double square = Z * Z / count;
        double spread = Math.sqrt(share * (1 - share) * square + square * square / 4);
        return (share + square / 2 - spread) / (1 + square);
    }
}
