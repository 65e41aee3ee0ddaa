package dev.pigeonhole.llm.pace;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a server says about its rate limits. Believes nothing that makes no sense: a limit of 0, a negative rest, a word
 * where a number should stand are as good as not said. Stateless.
 */
public final class RateLimitHeaders {
    /** Longer waits than this are taken for this. */
    public static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(?:\\.\\d{1,9})?");
    private static final Pattern DURATION = Pattern.compile(part("d") + part("h") + part("m") + part("s") + part("ms"));
    private static final double[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

    private RateLimitHeaders() {}

    private static String part(String unit) {
        return "(?:(" + NUMBER.pattern() + ")" + unit + ")?";
    }

    /**
     * What the headers of one answer say.
     *
     * @param headers all values of a header by its name in lower case; empty if it is absent
     */
    public static RateLimits parse(Function<String, List<String>> headers) {
        return new RateLimits(limit(headers, "requests"), limit(headers, "tokens"));
    }

    private static RateLimits.Limit limit(Function<String, List<String>> headers, String what) {
        return new RateLimits.Limit(
                whole(headers, "x-ratelimit-limit-" + what, 1),
                whole(headers, "x-ratelimit-remaining-" + what, 0),
                first(headers, "x-ratelimit-reset-" + what).flatMap(RateLimitHeaders::duration));
    }

    /**
     * The least time to wait before the same call is made again, if the server asked for one: {@code retry-after-ms}, else
     * {@code retry-after} in seconds or as a date. At least zero, at most {@link #LONGEST}.
     *
     * @param now what a date is counted from
     */
    public static Optional<Duration> retryAfter(Function<String, List<String>> headers, Instant now) {
        Optional<Duration> millis = first(headers, "retry-after-ms").flatMap(text -> number(text, 1));
        if (millis.isPresent()) {
            return millis;
        }
        return first(headers, "retry-after").flatMap(text -> number(text, 1_000).or(() -> untilDate(text, now)));
    }

    private static Optional<Duration> untilDate(String text, Instant now) {
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO;
            return Optional.of(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
        } catch (DateTimeException e) {
            return Optional.empty(); // Neither a number nor a date: as good as not said.
        }
    }

    /** {@code 12ms}, {@code 1s}, {@code 6m0s}, {@code 1h2m3.5s}, or plain seconds. */
    private static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (text.isEmpty() || !matcher.matches()) {
            return number(text, 1_000);
        }
        double millis = 0;
        for (int group = 1; group <= MILLIS.length; group++) {
            String part = matcher.group(group);
            millis += part == null ? 0 : Double.parseDouble(part) * MILLIS[group - 1];
        }
        return Optional.of(bounded(millis));
    }

    private static Optional<Duration> number(String text, double millisEach) {
        return NUMBER.matcher(text).matches()
                ? Optional.of(bounded(Double.parseDouble(text) * millisEach))
                : Optional.empty();
    }

    private static Duration bounded(double millis) {
        return Duration.ofNanos(Math.round(Math.min(millis, (double) LONGEST.toMillis()) * 1e6));
    }

    private static OptionalLong whole(Function<String, List<String>> headers, String name, long least) {
        return first(headers, name)
                .filter(text -> NUMBER.matcher(text).matches())
                .map(text -> (long) Double.parseDouble(text))
                .filter(value -> value >= least)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    private static Optional<String> first(Function<String, List<String>> headers, String name) {
        return headers.apply(name).stream().findFirst().map(String::strip);
    }
}
