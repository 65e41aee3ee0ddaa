package dev.pigeonhole.fakellm;

import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long the server works on a call, once it has begun to. Thread-safe. */
@FunctionalInterface
public interface Latency {
    /**
     * The time for one call.
     *
     * @param answerTokens how long the answer is
     * @param random numbers that belong to this call
     */
    Duration of(int answerTokens, RandomGenerator random);

    /** No time at all. */
    static Latency none() {
        return fixed(Duration.ZERO);
    }

    static Latency fixed(Duration time) {
        return (tokens, random) -> time;
    }

    /** Each time between the two is as likely as any other. */
    static Latency uniform(Duration least, Duration most) {
        long span = most.minus(least).toNanos();
        return (tokens, random) -> least.plusNanos((long) (random.nextDouble() * span));
    }

    /** Half of the calls take less than the median; the larger sigma, the longer the tail. */
    static Latency lognormal(Duration median, double sigma) {
        return (tokens, random) -> scaled(median, Math.exp(sigma * random.nextGaussian()));
    }

    /** Lognormal with a sigma of 0.25, but this share of the calls takes between the least and the most. */
    static Latency heavyTail(Duration median, double share, Duration least, Duration most) {
        Latency body = lognormal(median, 0.25);
        Latency tail = uniform(least, most);
        return (tokens, random) -> (random.nextDouble() < share ? tail : body).of(tokens, random);
    }

    /** So much more for each token of the answer. */
    default Latency plusPerToken(Duration time) {
        return (tokens, random) -> of(tokens, random).plus(time.multipliedBy(tokens));
    }

    /**
     * Reads {@code none}, {@code fixed:1000}, {@code uniform:200-800}, {@code lognormal:800:0.4},
     * {@code heavy:800:0.02:4000-20000}, each of them with {@code +token:5} or without. In milliseconds, or with a unit.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    static Latency parse(String text) {
        Matcher form = Pattern.compile("(\\w+)(?::([^+]*))?(?:\\+token:(.+))?").matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("no latency: " + text);
        }
        String[] values = form.group(2) == null ? new String[0] : form.group(2).split("[:-]");
        Latency latency = named(form.group(1), values, text);
        return form.group(3) == null ? latency : latency.plusPerToken(TimeText.parse(form.group(3)));
    }

    private static Latency named(String name, String[] values, String text) {
        return switch (name + values.length) {
            case "none0" -> none();
            case "fixed1" -> fixed(TimeText.parse(values[0]));
            case "uniform2" -> uniform(TimeText.parse(values[0]), TimeText.parse(values[1]));
            case "lognormal2" -> lognormal(TimeText.parse(values[0]), Double.parseDouble(values[1]));
            case "heavy4" ->
                heavyTail(
                        TimeText.parse(values[0]),
                        Double.parseDouble(values[1]),
                        TimeText.parse(values[2]),
                        TimeText.parse(values[3]));
            default -> throw new IllegalArgumentException("no latency: " + text);
        };
    }

    private static Duration scaled(Duration time, double factor) {
        return Duration.ofNanos((long) (time.toNanos() * factor));
    }
}
