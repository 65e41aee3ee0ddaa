package dev.pigeonhole.workspace;

import dev.pigeonhole.core.Category;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds categories that claim the same: by an example, by keywords, or by the rare words of their descriptions. Immutable. */
final class Overlaps {
    /** What more categories share tells none of them from another. */
    private static final int MOST_SHARERS = 12;

    private static final int MANY_WORDS = 4;
    private static final int SHORTEST_WORD = 4;
    private static final double MOST_OF = 0.6;
    private static final double HALF = 0.5;
    private static final double THIRD = 0.33;

    private final List<Category> categories;

    Overlaps(List<Category> categories) {
        this.categories = categories;
    }

    /**
     * Two categories that look alike.
     *
     * @param first place in the list, before {@code second}
     * @param why what they share, to stand behind "both"
     * @param strength the more, the more alike
     */
    record Pair(int first, int second, String why, double strength) {}

    /** The most alike first; no two of the same categories. */
    List<Pair> pairs() {
        Map<Long, Pair> pairs = new LinkedHashMap<>();
        List<Pair> all = new ArrayList<>(byExamples());
        all.addAll(byKeywords());
        all.addAll(byDescriptions());
        all.forEach(pair -> pairs.putIfAbsent((long) pair.first << Integer.SIZE | pair.second, pair));
        return pairs.values().stream()
                .sorted(Comparator.comparing(pair -> -pair.strength))
                .toList();
    }

    private List<Pair> byExamples() {
        return shared(features(c -> folded(c.examples()))).entrySet().stream()
                .map(e -> pair(
                        e.getKey(),
                        "have the example \"" + LintWords.clip(e.getValue().get(0)) + "\"",
                        3))
                .toList();
    }

    private List<Pair> byKeywords() {
        List<Set<String>> keywords = features(c -> folded(c.keywords()));
        List<Pair> pairs = new ArrayList<>();
        shared(keywords).forEach((pair, words) -> {
            double share = share(pair, words, keywords);
            if (share >= (areDescribed(pair) ? HALF : THIRD)) {
                pairs.add(pair(
                        pair,
                        (words.size() == 1 ? "have the keyword " : "have the keywords ") + listed(words),
                        1 + share));
            }
        });
        return pairs;
    }

    /** Descriptions may tell apart what keywords do not. */
    private boolean areDescribed(long pair) {
        return !categories.get(first(pair)).description().isBlank()
                && !categories.get(second(pair)).description().isBlank();
    }

    private List<Pair> byDescriptions() {
        List<Set<String>> words = features(c -> CategoryWords.of(c.description()).stream()
                .filter(word -> word.length() >= SHORTEST_WORD)
                .collect(Collectors.toSet()));
        Map<String, List<Integer>> sharers = sharers(words);
        int common = Math.max(2, categories.size() / 10);
        List<Set<String>> rare = words.stream()
                .map(of -> of.stream()
                        .filter(word -> sharers.getOrDefault(word, List.of()).size() <= common)
                        .collect(Collectors.toSet()))
                .toList();
        List<Pair> pairs = new ArrayList<>();
        shared(rare).forEach((pair, same) -> {
            double share = share(pair, same, rare);
            if (same.size() >= MANY_WORDS && share >= MOST_OF) {
                pairs.add(pair(pair, "are described with " + listed(same), share));
            }
        });
        return pairs;
    }

    private List<Set<String>> features(Function<Category, Set<String>> of) {
        return categories.stream().map(of).toList();
    }

    private static double share(long pair, Collection<String> same, List<Set<String>> features) {
        int fewer = Math.min(
                features.get(first(pair)).size(), features.get(second(pair)).size());
        return same.size() / (double) Math.max(1, fewer);
    }

    /** What each two categories have in common, by pair. */
    private static Map<Long, List<String>> shared(List<Set<String>> features) {
        Map<Long, List<String>> shared = new TreeMap<>();
        sharers(features).forEach((feature, places) -> {
            for (int i = 0; i < places.size() && places.size() <= MOST_SHARERS; i++) {
                for (int j = i + 1; j < places.size(); j++) {
                    long pair = (long) places.get(i) << Integer.SIZE | places.get(j);
                    shared.computeIfAbsent(pair, p -> new ArrayList<>()).add(feature);
                }
            }
        });
        return shared;
    }

    private static Map<String, List<Integer>> sharers(List<Set<String>> features) {
        Map<String, List<Integer>> sharers = new TreeMap<>();
        for (int i = 0; i < features.size(); i++) {
            for (String feature : features.get(i)) {
                sharers.computeIfAbsent(feature, f -> new ArrayList<>()).add(i);
            }
        }
        return sharers;
    }

    private static Set<String> folded(List<String> texts) {
        return texts.stream()
                .map(text -> String.join(" ", CategoryWords.of(text)))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Pair pair(Long key, String why, double strength) {
        return new Pair(first(key), second(key), why, strength);
    }

    private static int first(long pair) {
        return (int) (pair >>> Integer.SIZE);
    }

    private static int second(long pair) {
        return (int) pair;
    }

    private static String listed(List<String> words) {
        return words.stream()
                .limit(MANY_WORDS)
                .map(word -> "\"" + LintWords.clip(word) + "\"")
                .collect(Collectors.joining(", "));
    }
}
