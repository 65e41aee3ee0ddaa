package dev.pigeonhole.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds names that differ in nothing that matters: spaces, plural, the order of words, one letter. Immutable. */
final class NearDuplicates {
    private static final int LONG_ENOUGH = 5;
    private static final int LONG_ENOUGH_FOR_TWO = 10;
    /** In other scripts one character is a word, and changing it changes the sense. */
    private static final Pattern LETTERS = Pattern.compile("[\\p{IsLatin}\\p{IsCyrillic}\\p{IsGreek}]+");

    /** All but the signs that make an A+ something else than an A-, and C++ than C. */
    private static final Pattern NO_SIGNS =
            Pattern.compile("[^-+#<>=%$€£*]+|(?<=[\\p{L}\\p{N}])-(?=[\\p{L}\\p{N}])|(?<=\\s)-(?=\\s)");

    private final List<Name> names;

    NearDuplicates(List<String> names) {
        this.names = names.stream().map(Name::of).toList();
    }

    private record Name(List<String> words, List<String> sorted, String joined, String signs) {
        static Name of(String name) {
            List<String> words = CategoryWords.of(name);
            return new Name(
                    words,
                    words.stream().sorted().toList(),
                    String.join("", CategoryWords.all(name)),
                    NO_SIGNS.matcher(name).replaceAll(""));
        }
    }

    /** Pairs of places in the list, the earlier one first. */
    List<int[]> pairs() {
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                if (alike(names.get(i), names.get(j))) {
                    pairs.add(new int[] {i, j});
                }
            }
        }
        return pairs;
    }

    private static boolean alike(Name a, Name b) {
        if (a.joined.isEmpty() || b.joined.isEmpty() || !a.signs.equals(b.signs)) {
            return false;
        }
        return a.joined.equals(b.joined) || a.sorted.equals(b.sorted) || oneWordMisspelled(a.words, b.words);
    }

    private static boolean oneWordMisspelled(List<String> a, List<String> b) {
        if (a.size() != b.size()) {
            return false;
        }
        int different = -1;
        for (int i = 0; i < a.size(); i++) {
            if (!a.get(i).equals(b.get(i))) {
                if (different >= 0) {
                    return false;
                }
                different = i;
            }
        }
        return different >= 0 && misspelled(a.get(different), b.get(different));
    }

    /** A word with something in front of it (resolved, unresolved) is another word. */
    private static boolean misspelled(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        int allowed = shorter >= LONG_ENOUGH_FOR_TWO ? 2 : shorter >= LONG_ENOUGH ? 1 : 0;
        return allowed > 0
                && Math.abs(a.length() - b.length()) <= allowed
                && !a.endsWith(b)
                && !b.endsWith(a)
                && LETTERS.matcher(a).matches()
                && LETTERS.matcher(b).matches()
                && distance(a, b) <= allowed;
    }

    /** Letters to add, to leave out, to change or to swap with their neighbour. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(a, b, d, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(String a, String b, int[][] d, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
