package dev.pigeonhole.fakellm;

import java.util.Objects;

/**
 * What an account may use. Immutable.
 *
 * @param rpm requests a minute; 0 for any number
 * @param tpm tokens a minute; 0 for any number
 * @param bucketSeconds how many seconds' worth may be used at once: 60 lets a whole minute's pass, 1 is strict. More than 0
 * @param told whether the {@code x-ratelimit-*} headers are sent
 * @param retryAfter how a refused client is told how long to wait
 * @param reservation how many tokens a call takes out of the bucket when it comes
 * @param refusedCount whether calls refused by the limit take from the requests too, as the real service's do
 */
public record Limits(
        long rpm,
        long tpm,
        double bucketSeconds,
        boolean told,
        RetryAfter retryAfter,
        Reservation reservation,
        boolean refusedCount) {
    /** No limit; the headers are sent only where there is a limit. */
    public static final Limits NONE = new Limits(0, 0, 60, true, RetryAfter.BOTH, Reservation.MAXIMUM, false);

    /** How a refused client is told how long to wait. */
    public enum RetryAfter {
        /** {@code retry-after} in whole seconds, rounded up. */
        SECONDS,
        /** {@code retry-after-ms}. */
        MILLIS,
        /** Both of them. */
        BOTH,
        /** {@code retry-after} as a date. */
        DATE,
        /** {@code retry-after} of a day, whatever is true. */
        ABSURD,
        /** Not at all. */
        NONE
    }

    /** How many tokens a call takes. */
    public enum Reservation {
        /** The larger of the prompt and the most that may be answered: what the real service's guide says. */
        MAXIMUM,
        /** The sum of both. */
        SUM,
        /** The prompt alone. */
        PROMPT
    }

    /** @throws IllegalArgumentException if a number is negative, or the bucket is empty */
    public Limits {
        Objects.requireNonNull(retryAfter, "retryAfter");
        Objects.requireNonNull(reservation, "reservation");
        if (rpm < 0 || tpm < 0 || !(bucketSeconds > 0)) {
            throw new IllegalArgumentException(rpm + " rpm, " + tpm + " tpm, bucket of " + bucketSeconds + " s");
        }
    }

    /** So many requests a minute. */
    public static Limits rpm(long rpm) {
        return NONE.withRpm(rpm);
    }

    public Limits withRpm(long requests) {
        return new Limits(requests, tpm, bucketSeconds, told, retryAfter, reservation, refusedCount);
    }

    public Limits withTpm(long tokens) {
        return new Limits(rpm, tokens, bucketSeconds, told, retryAfter, reservation, refusedCount);
    }

    public Limits withBucketSeconds(double seconds) {
        return new Limits(rpm, tpm, seconds, told, retryAfter, reservation, refusedCount);
    }

    /** Without the headers that tell of the limits. */
    public Limits untold() {
        return new Limits(rpm, tpm, bucketSeconds, false, retryAfter, reservation, refusedCount);
    }

    public Limits withRetryAfter(RetryAfter form) {
        return new Limits(rpm, tpm, bucketSeconds, told, form, reservation, refusedCount);
    }

    public Limits withReservation(Reservation rule) {
        return new Limits(rpm, tpm, bucketSeconds, told, retryAfter, rule, refusedCount);
    }

    public Limits withRefusedCount(boolean count) {
        return new Limits(rpm, tpm, bucketSeconds, told, retryAfter, reservation, count);
    }

    long reserved(long promptTokens, long mostAnswerTokens) {
        return switch (reservation) {
            case MAXIMUM -> Math.max(promptTokens, mostAnswerTokens);
            case SUM -> promptTokens + mostAnswerTokens;
            case PROMPT -> promptTokens;
        };
    }
}
