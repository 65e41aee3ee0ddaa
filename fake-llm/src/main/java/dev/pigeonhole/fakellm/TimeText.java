package dev.pigeonhole.fakellm;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people and headers write them. */
final class TimeText {
    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)?");

    private TimeText() {}

    /** Reads {@code 250ms}, {@code 1.5s}, {@code 2m}, {@code 1h}; a bare number is milliseconds. */
    static Duration parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("no length of time: " + text);
        }
        String unit = form.group(2) == null ? "ms" : form.group(2);
        double millis = Double.parseDouble(form.group(1))
                * switch (unit) {
                    case "h" -> 3_600_000;
                    case "m" -> 60_000;
                    case "s" -> 1_000;
                    default -> 1;
                };
        return Duration.ofNanos(Math.round(millis * 1e6));
    }

    /** Writes as the rate limit headers do: {@code 12ms}, {@code 1s}, {@code 1.5s}, {@code 6m0s}. Rounds up to milliseconds. */
    static String header(Duration time) {
        long millis = (time.toNanos() + 999_999) / 1_000_000;
        if (millis < 1_000) {
            return millis + "ms";
        }
        long minutes = millis / 60_000;
        long rest = millis % 60_000;
        String fraction = rest % 1_000 == 0 ? "" : trimmed(rest % 1_000);
        return (minutes > 0 ? minutes + "m" : "") + rest / 1_000 + fraction + "s";
    }

    private static String trimmed(long millis) {
        String digits = String.valueOf(1_000 + millis).substring(1);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return "." + digits.substring(0, end);
    }
}
