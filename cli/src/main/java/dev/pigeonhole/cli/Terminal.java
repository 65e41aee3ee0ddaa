package dev.pigeonhole.cli;

import java.io.PrintWriter;
import java.util.Map;

/**
 * What is known of the terminal behind standard error, and the way to write there. A JVM cannot tell; the launcher can, and says
 * so in {@code PIGEONHOLE_STDERR_TTY} and {@code COLUMNS}.
 *
 * @param err where everything that is not data goes
 * @param interactive whether a person sees it as it is written
 * @param color whether colour may be used
 * @param columns width in characters
 */
record Terminal(PrintWriter err, boolean interactive, boolean color, int columns) {
    private static final int USUAL_COLUMNS = 80;

    static Terminal of(PrintWriter err, Map<String, String> environment) {
        boolean tty = "1".equals(environment.get("PIGEONHOLE_STDERR_TTY"));
        boolean dumb = "dumb".equals(environment.get("TERM")) || isSet(environment, "CI");
        boolean forced = isSet(environment, "CLICOLOR_FORCE") && !"0".equals(environment.get("CLICOLOR_FORCE"));
        boolean color = !isSet(environment, "NO_COLOR") && (forced || (tty && !dumb));
        return new Terminal(err, tty && !dumb, color, columns(environment.getOrDefault("COLUMNS", "")));
    }

    private static boolean isSet(Map<String, String> environment, String name) {
        return !environment.getOrDefault(name, "").isEmpty();
    }

    private static int columns(String text) {
        boolean number = !text.isEmpty() && text.length() < 6 && text.chars().allMatch(Character::isDigit);
        int columns = number ? Integer.parseInt(text) : 0;
        return columns == 0 ? USUAL_COLUMNS : Math.max(20, columns);
    }

    String green(String text) {
        return color ? "\u001b[32m" + text + "\u001b[0m" : text;
    }

    String yellow(String text) {
        return color ? "\u001b[33m" + text + "\u001b[0m" : text;
    }

    String red(String text) {
        return color ? "\u001b[31m" + text + "\u001b[0m" : text;
    }
}
