package dev.pigeonhole.workspace;

import dev.pigeonhole.core.LabelledText;
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

/** Counts which categories are taken for which, and says where it is too often. Not thread-safe. */
final class Confusions {
    /** "Merge what is confused in more than 15 % of the rows" is a rule of those who make lists of categories for people. */
    private static final double TOO_OFTEN = 0.15;
    /** Worth a word: of the 2,926 pairs of Banking77, one in a hundred is confused so often. */
    private static final double OFTEN = 0.05;
    /** Fewer rows may be slips in the labels: some hand-made data has one in ten wrong. */
    private static final int FEWEST_CONFUSED = 3;
    /** What is found less often is wrong more often than right. */
    private static final double SELDOM = 0.5;

    private static final int FEWEST_ROWS = 5;
    private static final int MOST_NOTES = 5;

    private final List<String> names;
    private final Map<String, Integer> rows = new HashMap<>();
    private final Map<String, Integer> found = new HashMap<>();
    private final Map<CategoryPair, Wrong> pairs = new LinkedHashMap<>();
    private int right;

    /** @param names of all categories, in their order */
    Confusions(List<String> names) {
        this.names = names;
    }

    /** Rows of each of two categories that were taken for the other. */
    private static final class Wrong {
        private final List<LabelledText> ofFirst = new ArrayList<>();
        private final List<LabelledText> ofSecond = new ArrayList<>();

        int rows() {
            return ofFirst.size() + ofSecond.size();
        }

        /** One of each, if there is one of each. */
        List<Example> examples() {
            List<LabelledText> some = new ArrayList<>();
            some.addAll(ofFirst.subList(0, Math.min(ofSecond.isEmpty() ? 2 : 1, ofFirst.size())));
            some.addAll(ofSecond.subList(0, Math.min(ofFirst.isEmpty() ? 2 : 1, ofSecond.size())));
            return some.stream()
                    .map(row -> new Example(LintWords.example(row.text()), row.category()))
                    .toList();
        }
    }

    /** @param guess empty if nothing fitted */
    void add(LabelledText row, String guess) {
        String truth = row.category();
        rows.merge(truth, 1, Integer::sum);
        if (guess.equals(truth)) {
            right++;
            found.merge(truth, 1, Integer::sum);
        } else if (!guess.isEmpty()) {
            CategoryPair pair = CategoryPair.of(names, truth, guess);
            Wrong wrong = pairs.computeIfAbsent(pair, p -> new Wrong());
            (pair.first().equals(truth) ? wrong.ofFirst : wrong.ofSecond).add(row);
        }
    }

    int right() {
        return right;
    }

    List<LintNote> notes() {
        List<CategoryPair> often = pairs.keySet().stream()
                .filter(pair -> wrong(pair).rows() >= FEWEST_CONFUSED && share(pair) > OFTEN)
                .sorted(Comparator.comparing(pair -> -share(pair)))
                .toList();
        List<LintNote> notes =
                new ArrayList<>(CategoryPair.notes(often, this::note, Kind.CONFUSED, "taken for each other"));
        notes.addAll(seldomFound(often));
        return notes;
    }

    private Wrong wrong(CategoryPair pair) {
        return pairs.getOrDefault(pair, new Wrong());
    }

    private double share(CategoryPair pair) {
        return wrong(pair).rows() / (double) rowsOf(pair);
    }

    private int rowsOf(CategoryPair pair) {
        return rowsOf(pair.first()) + rowsOf(pair.second());
    }

    private LintNote note(CategoryPair pair) {
        Wrong wrong = wrong(pair);
        boolean tooOften = share(pair) > TOO_OFTEN;
        return new LintNote(
                tooOften ? Level.WARNING : Level.HINT,
                Kind.CONFUSED,
                pair.first(),
                pair.second(),
                pair.quoted() + " are taken for each other in " + LintWords.number(wrong.rows()) + " of their "
                        + LintWords.rows(rowsOf(pair)) + " (" + LintWords.percent(wrong.rows(), rowsOf(pair)) + "): "
                        + wrong.ofFirst.size() + " of the first, " + wrong.ofSecond.size() + " of the second",
                tooOften
                        ? "merge them, or sharpen their descriptions until they tell the one from the other"
                        : "say in their descriptions what tells them apart",
                wrong.examples());
    }

    /** Those of which a pair says it already are left out. */
    private List<LintNote> seldomFound(List<CategoryPair> told) {
        Set<String> named = new HashSet<>();
        told.forEach(pair -> {
            named.add(pair.first());
            named.add(pair.second());
        });
        return rows.keySet().stream()
                .filter(name -> !named.contains(name) && rowsOf(name) >= FEWEST_ROWS && recall(name) < SELDOM)
                .sorted(Comparator.comparing(this::recall).thenComparing(names::indexOf))
                .limit(MOST_NOTES)
                .map(this::seldom)
                .toList();
    }

    private int rowsOf(String name) {
        return rows.getOrDefault(name, 0);
    }

    private double recall(String name) {
        return found.getOrDefault(name, 0) / (double) rowsOf(name);
    }

    private LintNote seldom(String name) {
        return new LintNote(
                Level.HINT,
                Kind.SELDOM_FOUND,
                name,
                null,
                "only " + found.getOrDefault(name, 0) + " of " + LintWords.rows(rowsOf(name)) + " labelled "
                        + LintWords.quoted(name) + " are recognised; the others look like all kinds of categories",
                "say in its description what its rows have in common, give typical examples, or split it");
    }
}
