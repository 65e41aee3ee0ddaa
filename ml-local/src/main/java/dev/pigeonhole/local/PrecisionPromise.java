package dev.pigeonhole.local;

/**
 * Of the answers with at least this confidence, at least this share is right. Immutable. Found on rows that the answering model had not
 * seen, by the lower end of a one-sided Wilson interval, so that it holds on new rows of the same kind.
 *
 * @param precision the share, above 0, at most 1
 * @param minConfidence from 0 to 1
 * @param coverage the share of all rows that had at least this confidence, from 0 to 1
 */
public record PrecisionPromise(double precision, double minConfidence, double coverage) {
    public PrecisionPromise {
        if (!(precision > 0 && precision <= 1)) {
            throw new IllegalArgumentException("precision must be above 0 and at most 1, was " + precision);
        }
        if (!(minConfidence >= 0 && minConfidence <= 1)) {
            throw new IllegalArgumentException("minConfidence must be from 0 to 1, was " + minConfidence);
        }
        if (!(coverage >= 0 && coverage <= 1)) {
            throw new IllegalArgumentException("coverage must be from 0 to 1, was " + coverage);
        }
    }
}
