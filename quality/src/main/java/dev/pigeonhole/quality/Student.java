package dev.pigeonhole.quality;

/** Student's distribution, by the beta distribution. Stateless. */
final class Student {
    private Student() {}

    /**
     * The t within which, on both sides of 0, a share of {@code level} lies: x = f / (f + t²) has a beta distribution with f/2 and 1/2.
     *
     * @param freedom f, at least 1
     * @param level between 0 and 1, both excluded
     */
    static double quantile(int freedom, double level) {
        double x = Beta.quantile(freedom / 2.0, 0.5, 1 - level);
        return Math.sqrt(freedom * (1 - x) / x);
    }
}
