package dev.pigeonhole.bench;

import java.util.Locale;

/** Lines of a Markdown table on standard output. Stateless. */
final class Report {
    private Report() {}

    static void head(String title, String... columns) {
        System.out.println("\n" + title + "\n");
        line((Object[]) columns);
        System.out.println("| --- ".repeat(columns.length) + "|");
    }

    static void line(Object... cells) {
        StringBuilder line = new StringBuilder("|");
        for (Object cell : cells) {
            line.append(' ').append(cell).append(" |");
        }
        System.out.println(line);
        System.out.flush();
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.2f", millis / 1_000.0);
    }

    static String megabytes(long kilobytes) {
        return String.format(Locale.ROOT, "%.1f", kilobytes / 1_024.0);
    }
}
