package dev.pigeonhole.cli;

import dev.pigeonhole.core.Money;
import java.text.NumberFormat;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers, times and foreign text as a person can read them on a terminal. Stateless. */
final class Plain {
    /** Control characters, the marks that turn the direction of what follows, and what some programs take for a line end. */
    private static final Pattern UNSAFE =
            Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]+");

    private Plain() {}

    /** {@code 12,431}. */
    static String number(long value) {
        return NumberFormat.getIntegerInstance(Locale.ROOT).format(value);
    }

    /** {@code 12,431}; from a million on {@code 2.1 M}. */
    static String roundNumber(long value) {
        return value < 1_000_000 ? number(value) : String.format(Locale.ROOT, "%.1f M", value / 1e6);
    }

    /** {@code $0.80–1.10}; one amount if both look the same. */
    static String range(Money least, Money most) {
        String from = least.toString();
        String to = most.toString();
        if (from.equals(to)) {
            return from;
        }
        return from.startsWith("$") ? from + "–" + to.substring(1) : from + " to " + to;
    }

    /** {@code 1.2 s}, {@code 3 min 20 s}, {@code 1 h 31 min}. */
    static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        } else if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    /** A line with a name and, from the same column in all lines of this width, its value. */
    static String field(int width, String name, String value) {
        return String.format(Locale.ROOT, "%-" + width + "s %s%n", name, value);
    }

    /** One row, two rows. */
    static String count(long value, String one, String many) {
        return number(value) + " " + (value == 1 ? one : many);
    }

    /** Text from a file or a server without anything that a terminal obeys: control characters become spaces. */
    static String text(String foreign) {
        return UNSAFE.matcher(foreign).replaceAll(" ");
    }

    /** A text as one word of a command line: in quotes if a shell would see more in it. */
    static String word(String foreign) {
        return foreign.matches("[\\w./:@%+=,~-]+")
                ? foreign
                : "'" + text(foreign).replace("'", "'\\''") + "'";
    }

    /** Like {@link #text}, but line feeds stay. */
    static String lines(String foreign) {
        return String.join("\n", foreign.lines().map(Plain::text).toList());
    }
}
