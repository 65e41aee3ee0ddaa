package dev.pigeonhole.local;

/**
 * Turns the margin between the two best scores into the probability that the best is right: {@code 1 / (1 + exp(-(slope * margin +
 * offset)))}. Immutable.
 *
 * @param slope at least 0, finite
 * @param offset finite
 */
record Platt(double slope, double offset) {
    private static final int MAX_STEPS = 100;
    private static final double SMALL = 1e-10;
    private static final double RIDGE = 1e-9;

    Platt {
        if (!(slope >= 0 && slope < Double.POSITIVE_INFINITY) || !Double.isFinite(offset)) {
            throw new IllegalArgumentException("expected a finite slope of at least 0 and a finite offset, found slope "
                    + slope + " and offset " + offset);
        }
    }

    double probability(double margin) {
        double logit = slope * margin + offset;
        double small = StrictMath.exp(-Math.abs(logit));
        return logit >= 0 ? 1 / (1 + small) : small / (1 + small);
    }

    /**
     * The likeliest, by Newton's method with backtracking, with targets drawn a little towards the middle so that data without a
     * mistake gives no certainty (Platt 1999; Lin, Lin and Weng, "A note on Platt's probabilistic outputs", 2007).
     */
    static Platt fit(double[] margins, boolean[] right) {
        int hits = 0;
        for (boolean hit : right) {
            hits += hit ? 1 : 0;
        }
        int misses = right.length - hits;
        double high = (hits + 1.0) / (hits + 2.0);
        double low = 1 / (misses + 2.0);
        double[] targets = new double[right.length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = right[i] ? high : low;
        }
        return climb(margins, targets, new Platt(0, StrictMath.log((hits + 1.0) / (misses + 1.0))));
    }

    private static Platt climb(double[] margins, double[] targets, Platt start) {
        Platt at = start;
        double loss = at.loss(margins, targets);
        for (int step = 0; step < MAX_STEPS; step++) {
            double[] way = at.newtonStep(margins, targets);
            double length = 1;
            Platt next = at.moved(way, length);
            double nextLoss = next.loss(margins, targets);
            while (nextLoss > loss && length > SMALL) {
                length /= 2;
                next = at.moved(way, length);
                nextLoss = next.loss(margins, targets);
            }
            if (loss - nextLoss < SMALL * targets.length) {
                return nextLoss < loss ? next : at;
            }
            at = next;
            loss = nextLoss;
        }
        return at;
    }

    /** A larger margin never means less: a slope below 0 becomes 0. */
    private Platt moved(double[] way, double length) {
        return new Platt(Math.max(0, slope + length * way[0]), offset + length * way[1]);
    }

    private double[] newtonStep(double[] margins, double[] targets) {
        double slopeGradient = 0;
        double offsetGradient = 0;
        double slopes = RIDGE;
        double mixed = 0;
        double offsets = RIDGE;
        for (int i = 0; i < margins.length; i++) {
            double p = probability(margins[i]);
            double error = targets[i] - p;
            double curvature = p * (1 - p);
            slopeGradient += error * margins[i];
            offsetGradient += error;
            slopes += curvature * margins[i] * margins[i];
            mixed += curvature * margins[i];
            offsets += curvature;
        }
        double determinant = slopes * offsets - mixed * mixed;
        return new double[] {
            (offsets * slopeGradient - mixed * offsetGradient) / determinant,
            (slopes * offsetGradient - mixed * slopeGradient) / determinant
        };
    }

    private double loss(double[] margins, double[] targets) {
        double loss = 0;
        for (int i = 0; i < margins.length; i++) {
            double logit = slope * margins[i] + offset;
            double tail = StrictMath.log1p(StrictMath.exp(-Math.abs(logit)));
            loss += tail + (logit >= 0 ? (1 - targets[i]) * logit : -targets[i] * logit);
        }
        return loss;
    }
}
