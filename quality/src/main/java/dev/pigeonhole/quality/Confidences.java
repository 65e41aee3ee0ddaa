package dev.pigeonhole.quality;

import dev.pigeonhole.quality.Evaluation.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Confidences of answers, counted in cells, so that memory does not grow with the rows. They are taken with four decimals, as the
 * output has them; sums are whole numbers, so that the order of the rows does not matter. Not thread-safe.
 */
final class Confidences {
    private static final int BINS = 10;
    /** The last cell holds nothing but 1. */
    private static final int CELLS = 1_000;

    private static final int STEPS = 10_000;
    private static final double SUM_UNIT = 1e9;

    /** Where a curve is worth a point, in cells: every 0.05, and closer together where most classifiers have most answers. */
    private static final List<Integer> POINTS = IntStream.concat(
                    IntStream.rangeClosed(0, 19).map(i -> i * 50), IntStream.of(960, 970, 980, 990, 995, 999))
            .boxed()
            .toList();

    private final long[] answered = new long[CELLS + 1];
    private final long[] right = new long[CELLS + 1];
    private final long[] sums = new long[BINS];

    void add(double confidence, boolean isRight) {
        int step = (int) Math.round(confidence * STEPS);
        int cell = step / (STEPS / CELLS);
        answered[cell]++;
        right[cell] += isRight ? 1 : 0;
        sums[binOf(cell)] += Math.round(confidence * SUM_UNIT);
    }

    /** Empty if there was no confidence. */
    Optional<Reliability> reliability() {
        long rows = from(answered, 0);
        if (rows == 0) {
            return Optional.empty();
        }
        List<Reliability.Bin> bins =
                IntStream.range(0, BINS).mapToObj(this::bin).toList();
        double error = bins.stream()
                .filter(bin -> bin.accuracy().of() > 0)
                .mapToDouble(bin -> bin.accuracy().of()
                        * Math.abs(bin.accuracy().value().orElseThrow()
                                - bin.confidence().orElseThrow()))
                .sum();
        return Optional.of(new Reliability(error / rows, rows, bins));
    }

    private Reliability.Bin bin(int number) {
        long rows = 0;
        long good = 0;
        for (int cell = 0; cell <= CELLS; cell++) {
            rows += binOf(cell) == number ? answered[cell] : 0;
            good += binOf(cell) == number ? right[cell] : 0;
        }
        OptionalDouble mean = rows == 0 ? OptionalDouble.empty() : OptionalDouble.of(sums[number] / SUM_UNIT / rows);
        return new Reliability.Bin(
                number / (double) BINS, (number + 1) / (double) BINS, mean, new Proportion(good, rows));
    }

    private static int binOf(int cell) {
        return Math.min(BINS - 1, cell / (CELLS / BINS));
    }

    /** What least confidences would leave; only where that is something, and something else than the one before. */
    List<Threshold> thresholds(long judged) {
        List<Threshold> curve = new ArrayList<>();
        long before = 0;
        for (int cell : POINTS) {
            long rows = from(answered, cell);
            if (rows > 0 && rows != before) {
                curve.add(new Threshold(
                        cell / (double) CELLS, new Proportion(rows, judged), new Proportion(from(right, cell), rows)));
            }
            before = rows;
        }
        return curve;
    }

    private static long from(long[] counts, int cell) {
        long sum = 0;
        for (int i = cell; i < counts.length; i++) {
            sum += counts[i];
        }
        return sum;
    }
}
