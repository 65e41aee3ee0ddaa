package dev.pigeonhole.cascade;

import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Ranker;
import dev.pigeonhole.core.categorize.RankerProvider;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A learner that is quick and simple: naive Bayes over words; its share is how far the best is before the second. */
final class WordVotes implements RankerProvider {
    @Override
    public Ranker create(Taxonomy taxonomy, List<LabelledText> known) {
        Map<String, Map<String, Integer>> counts = new HashMap<>();
        for (LabelledText text : known) {
            Map<String, Integer> words = counts.computeIfAbsent(text.category(), label -> new HashMap<>());
            words(text.text()).forEach(word -> words.merge(word, 1, Integer::sum));
        }
        List<String> labels =
                taxonomy.names().stream().filter(counts::containsKey).toList();
        return (text, most) -> rank(text, most, labels, counts);
    }

    private static List<Ranker.Candidate> rank(
            String text, int most, List<String> labels, Map<String, Map<String, Integer>> counts) {
        List<Ranker.Candidate> scored = labels.stream()
                .map(label -> new Ranker.Candidate(label, score(text, counts.getOrDefault(label, Map.of()))))
                .sorted(Comparator.comparing(Ranker.Candidate::share).reversed())
                .toList();
        double second = scored.size() < 2 ? 0 : scored.get(1).share();
        return scored.stream()
                .limit(most)
                .map(candidate -> new Ranker.Candidate(
                        candidate.category(), 1 - Math.exp(Math.min(0, second - candidate.share()))))
                .toList();
    }

    private static double score(String text, Map<String, Integer> words) {
        int all = words.values().stream().mapToInt(Integer::intValue).sum();
        return words(text)
                .mapToDouble(word -> Math.log((words.getOrDefault(word, 0) + 0.1) / (all + 20.0)))
                .sum();
    }

    private static Stream<String> words(String text) {
        return Stream.of(text.split(" ", -1));
    }
}
