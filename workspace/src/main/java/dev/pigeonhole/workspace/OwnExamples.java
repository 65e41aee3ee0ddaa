package dev.pigeonhole.workspace;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Ranker;
import dev.pigeonhole.core.categorize.Ranker.Candidate;
import dev.pigeonhole.core.categorize.RankerProvider;
import dev.pigeonhole.workspace.LintNote.Example;
import dev.pigeonhole.workspace.LintNote.Kind;
import dev.pigeonhole.workspace.LintNote.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Looks whether the examples of each category look like it, by rankers that do not know the example. Good for one use. */
final class OwnExamples {
    /** So many rankers at most; a category with more examples loses more than one of them at a time. */
    private static final int MOST_PARTS = 5;
    /** With more, training all the rankers takes longer than anybody waits for a remark. */
    private static final int MOST_EXAMPLES = 2_000;
    /** With so many categories one ranker takes as long as ten do otherwise. */
    private static final int MOST_CATEGORIES = 500;
    /** So much better must another category be for one of several examples; nearer ones are a matter of chance. */
    private static final double CLEARLY = 3;
    /** And so much if it is only one: of 385 examples of Banking77, one in thirty is that far off. */
    private static final double BY_FAR = 20;

    private static final int MOST_TOLD = 5;
    private static final int MOST_TEXTS = 2;

    private final RankerProvider rankers;
    private final Taxonomy taxonomy;

    OwnExamples(RankerProvider rankers, Taxonomy taxonomy) {
        this.rankers = rankers;
        this.taxonomy = taxonomy;
    }

    /** An example that another category could claim. */
    private record Misplaced(LabelledText example, String other, double ratio) {}

    List<LintNote> notes() {
        int parts = taxonomy.categories().stream()
                .mapToInt(category -> Math.min(MOST_PARTS, category.examples().size()))
                .max()
                .orElse(0);
        if (parts == 0 || isTooMuch()) {
            return List.of();
        }
        Map<CategoryPair, List<Misplaced>> pairs = IntStream.range(0, parts)
                .boxed()
                .flatMap(part -> misplaced(part, parts).stream())
                .collect(Collectors.groupingBy(this::pair, LinkedHashMap::new, Collectors.toList()));
        return pairs.entrySet().stream()
                .filter(pair -> pair.getValue().size() > 1 || worst(pair.getValue()) >= BY_FAR)
                .sorted(Comparator.comparingInt((Map.Entry<CategoryPair, List<Misplaced>> pair) ->
                                -pair.getValue().size())
                        .thenComparing(pair -> -worst(pair.getValue())))
                .limit(MOST_TOLD)
                .map(pair -> note(pair.getKey(), pair.getValue()))
                .toList();
    }

    private boolean isTooMuch() {
        int count = taxonomy.categories().size();
        int examples = taxonomy.categories().stream()
                .mapToInt(category -> category.examples().size())
                .sum();
        return count == 1 || count > MOST_CATEGORIES || examples > MOST_EXAMPLES;
    }

    private CategoryPair pair(Misplaced misplaced) {
        return CategoryPair.of(taxonomy.names(), misplaced.example.category(), misplaced.other);
    }

    private static double worst(List<Misplaced> all) {
        return all.stream().mapToDouble(Misplaced::ratio).max().orElse(0);
    }

    private List<Misplaced> misplaced(int part, int parts) {
        List<Category> kept = new ArrayList<>();
        List<LabelledText> out = new ArrayList<>();
        for (Category category : taxonomy.categories()) {
            List<String> examples = new ArrayList<>();
            for (int i = 0; i < category.examples().size(); i++) {
                String example = category.examples().get(i);
                // Another start for each category, so that no part is left out by most of them.
                if ((i + kept.size()) % parts == part) {
                    out.add(new LabelledText(example, category.name()));
                } else {
                    examples.add(example);
                }
            }
            kept.add(new Category(category.name(), category.description(), category.keywords(), examples));
        }
        Ranker ranker = rankers.create(new Taxonomy(taxonomy.task(), kept, taxonomy.allowUnmatched()), List.of());
        return out.stream().flatMap(example -> look(ranker, example).stream()).toList();
    }

    private List<Misplaced> look(Ranker ranker, LabelledText example) {
        List<Candidate> candidates =
                ranker.rank(example.text(), taxonomy.categories().size());
        if (candidates.isEmpty() || candidates.get(0).category().equals(example.category())) {
            return List.of();
        }
        double own = candidates.stream()
                .filter(candidate -> candidate.category().equals(example.category()))
                .mapToDouble(Candidate::share)
                .sum();
        double ratio = candidates.get(0).share() / Math.max(own, 1e-9);
        return ratio < CLEARLY
                ? List.of()
                : List.of(new Misplaced(example, candidates.get(0).category(), ratio));
    }

    private static LintNote note(CategoryPair pair, List<Misplaced> found) {
        List<Example> texts = found.stream()
                .sorted(Comparator.comparing(each -> -each.ratio))
                .limit(MOST_TEXTS)
                .map(each -> new Example(LintWords.example(each.example.text()), each.example.category()))
                .toList();
        String own = found.get(0).example.category();
        boolean one = found.size() == 1;
        return new LintNote(
                Level.HINT,
                Kind.MISPLACED_EXAMPLE,
                one ? own : pair.first(),
                one ? found.get(0).other : pair.second(),
                one
                        ? "an example of " + LintWords.quoted(own) + " looks more like "
                                + LintWords.quoted(found.get(0).other)
                        : found.size() + " examples of " + pair.quoted() + " look more like the other category",
                one
                        ? "move it there if it belongs there; else give both more examples, or say how they differ"
                        : "say in their descriptions what tells them apart, or give both more examples",
                texts);
    }
}
