package dev.pigeonhole.quality;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Whether answers are right as often as their confidence says. Immutable.
 *
 * @param error the expected calibration error, from 0 to 1: the mean over all answers of how far confidence and accuracy of their bin
 *     lie apart. Source: Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015;
 *     Guo et al., "On calibration of modern neural networks", ICML 2017
 * @param rows answers that have a confidence, at least 1
 * @param bins ten of equal width, in order; some may be without rows
 */
public record Reliability(double error, long rows, List<Bin> bins) {
    public Reliability {
        bins = List.copyOf(bins);
    }

    /**
     * Answers of about the same confidence.
     *
     * @param from least confidence
     * @param to bound that is not reached, except for 1
     * @param confidence the mean confidence; empty if there are no rows
     * @param accuracy right answers of all of them
     */
    public record Bin(double from, double to, OptionalDouble confidence, Proportion accuracy) {}
}
