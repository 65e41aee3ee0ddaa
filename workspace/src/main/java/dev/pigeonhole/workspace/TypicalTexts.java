package dev.pigeonhole.workspace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Chooses a few texts that stand for many: of medium length, and not alike. Keeps a random sample of what it is shown (reservoir
 * sampling); the same texts in the same order give the same choice. Not thread-safe.
 */
final class TypicalTexts {
    private static final int KEPT = 40;
    private static final double ALIKE = 0.5;
    private static final long SEED = 1;

    private final Random random = new Random(SEED);
    private final List<String> kept = new ArrayList<>();
    private int seen;

    void add(String text) {
        if (kept.contains(text)) {
            return;
        }
        seen++;
        if (kept.size() < KEPT) {
            kept.add(text);
            return;
        }
        int place = random.nextInt(seen);
        if (place < KEPT) {
            kept.set(place, text);
        }
    }

    /** At most as many as wanted, those of the most usual length first. */
    List<String> choose(int wanted) {
        if (kept.isEmpty()) {
            return List.of();
        }
        int median = kept.stream().map(String::length).sorted().toList().get(kept.size() / 2);
        List<String> ordered = kept.stream()
                .sorted(Comparator.comparingInt((String text) -> Math.abs(text.length() - median))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        List<String> chosen = new ArrayList<>();
        ordered.stream()
                .filter(text -> chosen.size() < wanted && chosen.stream().noneMatch(other -> areAlike(text, other)))
                .forEach(chosen::add);
        ordered.stream()
                .filter(text -> chosen.size() < wanted && !chosen.contains(text))
                .forEach(chosen::add);
        return chosen;
    }

    /** Whether half of all their words are words of both. */
    private static boolean areAlike(String a, String b) {
        Set<String> words = new HashSet<>(CategoryWords.all(a));
        Set<String> others = new HashSet<>(CategoryWords.all(b));
        Set<String> all = new HashSet<>(words);
        all.addAll(others);
        words.retainAll(others);
        return words.size() >= ALIKE * all.size();
    }
}
