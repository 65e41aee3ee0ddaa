package dev.pigeonhole.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean …?" Stateless. */
public final class Suggestion {
    private Suggestion() {}

    /** The candidate nearest to what was typed, unless all are too far away to be meant. */
    public static Optional<String> nearest(String typed, Collection<String> candidates) {
        int limit = Math.max(1, typed.length() / 2);
        return candidates.stream()
                .filter(c -> Math.abs(typed.length() - c.length()) <= limit)
                .filter(c -> distance(typed, c) <= limit)
                .min(Comparator.comparingInt(c -> distance(typed, c)));
    }

    /** {@code  (did you mean "text"?)}, with a leading space; empty if nothing is near. */
    public static String hint(String typed, Collection<String> candidates) {
        return nearest(typed, candidates)
                .map(c -> " (did you mean \"" + c + "\"?)")
                .orElse("");
    }

    /** Optimal string alignment distance, ignoring case: a swap of neighbours counts once. */
    private static int distance(String typed, String candidate) {
        String a = typed.toLowerCase(Locale.ROOT);
        String b = candidate.toLowerCase(Locale.ROOT);
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
