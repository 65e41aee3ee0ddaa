package dev.pigeonhole.local;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Rows cut in parts, each with about the same share of every label. Texts that are the same but for case, accents and punctuation are
 * in the same part, so that no row is answered by a model that has seen its text. Immutable.
 */
final class Folds {
    private final int[] parts;
    private final int count;

    private Folds(int[] parts, int count) {
        this.parts = parts;
        this.count = count;
    }

    /** @param labels of each text, from 0 */
    static Folds of(List<String> texts, int[] labels, int count, long seed) {
        TextIdentity identity = new TextIdentity();
        long[] identities = texts.stream().mapToLong(identity::of).toArray();
        Map<Integer, List<Integer>> rowsOfLabel = new TreeMap<>();
        for (int i = 0; i < labels.length; i++) {
            rowsOfLabel.computeIfAbsent(labels[i], label -> new ArrayList<>()).add(i);
        }
        Random random = new Random(seed);
        Map<Long, Integer> partOf = new HashMap<>();
        int[] parts = new int[labels.length];
        int next = 0;
        for (List<Integer> rows : rowsOfLabel.values()) {
            Collections.shuffle(rows, random);
            for (int row : rows) {
                Integer part = partOf.putIfAbsent(identities[row], next % count);
                parts[row] = part == null ? next++ % count : part;
            }
        }
        return new Folds(parts, count);
    }

    /** How many different texts there are, counting only labels with at least two: others cannot be learned without their only text. */
    static int answerable(List<String> texts, int[] labels, int labelCount) {
        TextIdentity identity = new TextIdentity();
        int[] different = new int[labelCount];
        Map<Long, Integer> seen = new HashMap<>();
        for (int i = 0; i < labels.length; i++) {
            if (seen.putIfAbsent(identity.of(texts.get(i)), i) == null) {
                different[labels[i]]++;
            }
        }
        return Arrays.stream(different).filter(count -> count >= 2).sum();
    }

    int count() {
        return count;
    }

    /** The rows of a part, ascending. */
    int[] in(int part) {
        return IntStream.range(0, parts.length)
                .filter(row -> parts[row] == part)
                .toArray();
    }

    /** The rows of all other parts, ascending, and then those of the numbers from the last row on to, not including, the end. */
    int[] outside(int part, int end) {
        return IntStream.range(0, end)
                .filter(row -> row >= parts.length || parts[row] != part)
                .toArray();
    }
}
