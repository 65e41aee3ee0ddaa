package dev.pigeonhole.fakellm;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The limits of an account at work. Thread-safe. */
final class Buckets {
    private final LongSupplier nanos;
    private Limits limits;
    private Bucket requests;
    private Bucket tokens;

    Buckets(Limits limits, LongSupplier nanos) {
        this.nanos = nanos;
        this.limits = limits;
        long now = nanos.getAsLong();
        this.requests = new Bucket(limits.rpm(), limits.bucketSeconds(), now);
        this.tokens = new Bucket(limits.tpm(), limits.bucketSeconds(), now);
    }

    /** Other limits from now on. What is left in the buckets stays, as far as it fits in. */
    synchronized void change(Limits others) {
        long now = nanos.getAsLong();
        limits = others;
        requests = new Bucket(others.rpm(), others.bucketSeconds(), now).continuing(requests, now);
        tokens = new Bucket(others.tpm(), others.bucketSeconds(), now).continuing(tokens, now);
    }

    synchronized Limits limits() {
        return limits;
    }

    /** A call comes: takes what it needs, or nothing at all. */
    synchronized Admission admit(long promptTokens, long mostAnswerTokens) {
        fill();
        double needed = limits.reserved(promptTokens, mostAnswerTokens);
        boolean admitted = requests.has(1) && tokens.has(needed);
        Admission.Limit met = requests.has(1) ? Admission.Limit.TOKENS : Admission.Limit.REQUESTS;
        Duration wait = longer(requests.untilItHas(1), tokens.untilItHas(needed));
        boolean never = tokens.isTooSmallFor(needed);
        if (admitted) {
            requests.take(1);
            tokens.take(needed);
        } else if (limits.refusedCount()) {
            requests.take(1);
        }
        return new Admission(
                admitted, never, met, met == Admission.Limit.TOKENS ? (long) needed : 1, wait, limits, headers());
    }

    /** A call comes that is refused for another reason; it counts as a request all the same. */
    synchronized Map<String, String> refuse() {
        fill();
        requests.take(1);
        return headers();
    }

    private void fill() {
        long now = nanos.getAsLong();
        requests.fill(now);
        tokens.fill(now);
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (limits.told()) {
            tell(headers, "requests", requests);
            tell(headers, "tokens", tokens);
        }
        return headers;
    }

    private static void tell(Map<String, String> headers, String what, Bucket bucket) {
        if (bucket.isLimited()) {
            headers.put("x-ratelimit-limit-" + what, String.valueOf(bucket.perMinute()));
            headers.put("x-ratelimit-remaining-" + what, String.valueOf(bucket.remaining()));
            headers.put("x-ratelimit-reset-" + what, TimeText.header(bucket.untilFull()));
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
