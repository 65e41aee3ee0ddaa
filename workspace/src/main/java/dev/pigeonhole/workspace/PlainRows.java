package dev.pigeonhole.workspace;

import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Ranker;
import dev.pigeonhole.core.categorize.Ranker.Candidate;
import dev.pigeonhole.workspace.LintNote.Example;
import dev.pigeonhole.workspace.LintNote.Kind;
import dev.pigeonhole.workspace.LintNote.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What rows without labels say about the categories. Good for one use. */
final class PlainRows {
    /**
     * From so much of the best one's share on, the second is nearly as good. Measured on Banking77, with and without examples: with
     * this and the next, each pair that is named is one that is really confused; with 0.25 some are not, with 0.8 most are missed.
     */
    private static final double NEARLY = 0.5;
    /** So many of the rows that look like one of two, on the edge between them, are worth a word. */
    private static final double MANY = 0.1;
    /** Fewer than so many may be odd texts. */
    private static final int FEWEST_ROWS = 5;

    /** Then the categories are about something else, or say too little. */
    private static final double TOO_MANY_STRANGE = 0.5;

    private static final int MOST_EXAMPLES = 2;

    private final List<String> names;
    private final int rows;
    private final Map<String, Integer> best = new HashMap<>();
    private final Set<String> near = new HashSet<>();
    private final Map<CategoryPair, List<Example>> pairs = new LinkedHashMap<>();
    private final List<Example> strange = new ArrayList<>();

    PlainRows(Ranker ranker, Taxonomy taxonomy, List<LabelledText> rows) {
        this.names = taxonomy.names();
        this.rows = rows.size();
        rows.forEach(row -> look(row.text(), ranker.rank(row.text(), 2)));
    }

    private void look(String text, List<Candidate> candidates) {
        if (candidates.isEmpty() || isFlat(candidates)) {
            strange.add(new Example(LintWords.example(text), ""));
            return;
        }
        Candidate first = candidates.get(0);
        best.merge(first.category(), 1, Integer::sum);
        near.add(first.category());
        if (candidates.size() > 1 && candidates.get(1).share() >= NEARLY * first.share()) {
            near.add(candidates.get(1).category());
            CategoryPair pair =
                    CategoryPair.of(names, first.category(), candidates.get(1).category());
            pairs.computeIfAbsent(pair, p -> new ArrayList<>())
                    .add(new Example(LintWords.example(text), first.category()));
        }
    }

    /** Whether all others, on average, are nearly as good as the best: then it is not about these two. */
    private boolean isFlat(List<Candidate> candidates) {
        double best = candidates.get(0).share();
        double rest = 1 - candidates.stream().mapToDouble(Candidate::share).sum();
        return names.size() > 2 && rest / (names.size() - 2) >= NEARLY * best;
    }

    List<LintNote> notes() {
        List<LintNote> notes = new ArrayList<>(hardToTell());
        if (!strange.isEmpty()) {
            notes.add(fitsNone());
        }
        notes.addAll(Absent.notes(names, near, rows, "looks like"));
        return notes;
    }

    private List<LintNote> hardToTell() {
        List<CategoryPair> many = pairs.keySet().stream()
                .filter(pair -> texts(pair).size() >= FEWEST_ROWS && share(pair) > MANY)
                .sorted(Comparator.comparing(pair -> -share(pair)))
                .toList();
        return CategoryPair.notes(many, this::note, Kind.HARD_TO_TELL, "hard to tell apart");
    }

    private List<Example> texts(CategoryPair pair) {
        return pairs.getOrDefault(pair, List.of());
    }

    private double share(CategoryPair pair) {
        return texts(pair).size() / (double) rowsOf(pair);
    }

    private int rowsOf(CategoryPair pair) {
        return best.getOrDefault(pair.first(), 0) + best.getOrDefault(pair.second(), 0);
    }

    private LintNote note(CategoryPair pair) {
        List<Example> texts = texts(pair);
        return new LintNote(
                Level.HINT,
                Kind.HARD_TO_TELL,
                pair.first(),
                pair.second(),
                pair.quoted() + " are hard to tell apart in your sample: " + LintWords.number(texts.size()) + " of "
                        + LintWords.rows(rowsOf(pair))
                        + " that look like one of them look nearly as much like the other",
                "say in their descriptions what tells them apart, or give each an example from near the border",
                texts.subList(0, Math.min(MOST_EXAMPLES, texts.size())));
    }

    private LintNote fitsNone() {
        return new LintNote(
                strange.size() > TOO_MANY_STRANGE * rows ? Level.WARNING : Level.HINT,
                Kind.FITS_NONE,
                null,
                null,
                LintWords.number(strange.size()) + " of " + LintWords.rows(rows)
                        + (strange.size() == 1 ? " looks" : " look")
                        + ", by the words, like none of these categories, or like all alike",
                "if they belong somewhere, give keywords and examples in their words; if not, add a category or leave them without",
                strange.subList(0, Math.min(MOST_EXAMPLES, strange.size())));
    }
}
