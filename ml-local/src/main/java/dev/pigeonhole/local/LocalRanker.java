package dev.pigeonhole.local;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Ranker;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Orders the categories by what the local categorizer has learned. Immutable. */
final class LocalRanker implements Ranker {
    private final List<String> names;
    private final Learned learned;

    LocalRanker(Taxonomy taxonomy, Learned learned) {
        this.names = taxonomy.categories().stream().map(Category::name).toList();
        this.learned = learned;
    }

    @Override
    public List<Candidate> rank(String text, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most must be at least 1, was " + most);
        }
        Learned.Question question = learned.asking().about(text);
        if (!question.isRelated()) {
            return List.of();
        }
        float[] probabilities = question.probabilities();
        return IntStream.range(0, names.size())
                .boxed()
                .sorted(Comparator.comparing((Integer category) -> -probabilities[category]))
                .limit(most)
                .map(category -> new Candidate(names.get(category), Math.min(1, probabilities[category])))
                .toList();
    }
}
