package dev.pigeonhole.workspace;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Suggestion;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.RankerProvider;
import dev.pigeonhole.workspace.LintNote.Kind;
import dev.pigeonhole.workspace.LintNote.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What rows whose category is known say about the categories. Good for one use. */
final class LabelledRows {
    private final Taxonomy taxonomy;
    private final List<LintNote> notes = new ArrayList<>();
    private final List<LabelledText> known = new ArrayList<>();
    private final Map<String, Integer> unknown = new TreeMap<>();
    private final Confusions confusions;

    LabelledRows(RankerProvider rankers, Taxonomy taxonomy, List<LabelledText> rows) {
        this.taxonomy = taxonomy;
        this.confusions = new Confusions(taxonomy.names());
        rows.forEach(this::sort);
        List<String> guesses = CrossFit.guesses(rankers, taxonomy, known);
        for (int i = 0; i < guesses.size(); i++) {
            confusions.add(known.get(i), guesses.get(i));
        }
        labels(rows.size());
        notes.addAll(confusions.notes());
        absent();
    }

    List<LintNote> notes() {
        return notes;
    }

    int judged() {
        return known.size();
    }

    int right() {
        return confusions.right();
    }

    private void sort(LabelledText row) {
        String label = row.category();
        String name = taxonomy.find(label).isPresent() ? label : alike(label);
        if (name.isEmpty()) {
            unknown.merge(label, 1, Integer::sum);
        } else if (!isExample(name, row.text())) {
            known.add(new LabelledText(row.text(), name));
        }
    }

    /** The name that differs in case, space and Unicode form only; no two names are so alike. */
    private String alike(String label) {
        String folded = Taxonomy.fold(label);
        return taxonomy.names().stream()
                .filter(name -> Taxonomy.fold(name).equals(folded))
                .findFirst()
                .orElse("");
    }

    /** What the ranker knows by heart is no test of it. */
    private boolean isExample(String name, String text) {
        return taxonomy.find(name).map(Category::examples).orElse(List.of()).contains(text.strip());
    }

    private void labels(int rows) {
        if (unknown.isEmpty()) {
            return;
        }
        int count = unknown.values().stream().mapToInt(Integer::intValue).sum();
        String labels = LintWords.named(unknown.entrySet().stream()
                .sorted(Comparator.comparing(e -> -e.getValue()))
                .map(e -> LintWords.quoted(e.getKey()) + Suggestion.hint(e.getKey(), taxonomy.names()))
                .toList());
        notes.add(new LintNote(
                Level.WARNING,
                Kind.UNKNOWN_LABEL,
                null,
                null,
                LintWords.number(count) + " of " + LintWords.rows(rows) + (count == 1 ? " is" : " are")
                        + " labelled with what is no category here: " + labels,
                "add these categories, or put the labels right; such rows are left out of what follows"));
    }

    private void absent() {
        Set<String> there = known.stream().map(LabelledText::category).collect(Collectors.toSet());
        notes.addAll(Absent.notes(taxonomy.names(), there, known.size(), "is labelled"));
    }
}
