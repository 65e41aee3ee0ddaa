package dev.pigeonhole.workspace;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Ranker;
import dev.pigeonhole.core.categorize.RankerProvider;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Ranks by how often a text's words stand in what is known of each category. Makes rankers, and counts them. */
final class WordRanker implements RankerProvider {
    private int made;
    private int known;

    /** How many rankers were made. */
    int made() {
        return made;
    }

    /** The most labelled texts that one was given. */
    int known() {
        return known;
    }

    @Override
    public Ranker create(Taxonomy taxonomy, List<LabelledText> labelled) {
        made++;
        known = Math.max(known, labelled.size());
        Map<String, List<String>> words = new LinkedHashMap<>();
        for (Category category : taxonomy.categories()) {
            Stream<String> own =
                    Stream.concat(Stream.of(category.name(), category.description()), category.examples().stream());
            Stream<String> learned = labelled.stream()
                    .filter(text -> text.category().equals(category.name()))
                    .map(LabelledText::text);
            words.put(
                    category.name(),
                    Stream.concat(own, learned)
                            .flatMap(text -> Arrays.stream(text.split(" ")))
                            .toList());
        }
        return (text, most) -> rank(words, List.of(text.split(" ")), most);
    }

    private static List<Ranker.Candidate> rank(Map<String, List<String>> words, List<String> text, int most) {
        Map<String, Double> scores = new LinkedHashMap<>();
        words.forEach((name, own) ->
                scores.put(name, own.stream().filter(text::contains).count() / (1.0 + own.size())));
        double all = scores.values().stream().mapToDouble(Double::doubleValue).sum();
        return all == 0
                ? List.of()
                : scores.entrySet().stream()
                        .map(e -> new Ranker.Candidate(e.getKey(), e.getValue() / all))
                        .sorted(Comparator.comparing(candidate -> -candidate.share()))
                        .limit(most)
                        .toList();
    }
}
