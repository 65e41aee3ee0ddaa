package dev.pigeonhole.workspace;

import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.RankerProvider;
import dev.pigeonhole.workspace.LintNote.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which categories will be confused, before anything is paid for: foretold by a ranker, from the categories' own examples and from a
 * sample of rows. What a ranker by words takes for the same, a language model may still tell apart; so these are questions to the
 * author of the categories, not verdicts. Always the same for the same categories and sample. Immutable.
 *
 * @param notes the worst first
 * @param rows of the sample that were looked at
 * @param judged those of them that are labelled with a category
 * @param right those of the judged that a ranker made from the others gets right
 */
public record ConfusionForecast(List<LintNote> notes, int rows, int judged, int right) {
    /** More rows say hardly more of a pair of categories, and take longer. */
    public static final int MOST_ROWS = 3_000;

    public ConfusionForecast {
        notes = List.copyOf(notes);
    }

    /** From what the categories say of themselves. Takes less than a second for hundreds of examples, seconds for thousands. */
    public static ConfusionForecast of(RankerProvider rankers, Taxonomy taxonomy) {
        return new ConfusionForecast(new OwnExamples(rankers, taxonomy).notes(), 0, 0, 0);
    }

    /**
     * From a sample; if that has no labels, from the categories' own examples too. Labelled rows say more than these.
     *
     * @param sample of at most {@value #MOST_ROWS} rows, for the time that it takes
     */
    public static ConfusionForecast of(RankerProvider rankers, Taxonomy taxonomy, LintSample sample) {
        int rows = sample.rows().size();
        if (sample.labelled()) {
            LabelledRows labelled = new LabelledRows(rankers, taxonomy, sample.rows());
            return new ConfusionForecast(
                    CategoryLint.sorted(labelled.notes()), rows, labelled.judged(), labelled.right());
        }
        List<LintNote> notes = new ArrayList<>(new OwnExamples(rankers, taxonomy).notes());
        if (rows > 0) {
            notes.addAll(new PlainRows(rankers.create(taxonomy, List.of()), taxonomy, sample.rows()).notes());
        }
        return new ConfusionForecast(CategoryLint.sorted(news(notes)), rows, 0, 0);
    }

    /** Without what examples say of pairs of which rows say it already. */
    private static List<LintNote> news(List<LintNote> notes) {
        Set<Set<Object>> told = notes.stream()
                .filter(note -> note.kind() != Kind.MISPLACED_EXAMPLE)
                .map(ConfusionForecast::names)
                .collect(Collectors.toSet());
        return notes.stream()
                .filter(note -> note.kind() != Kind.MISPLACED_EXAMPLE || !told.contains(names(note)))
                .toList();
    }

    private static Set<Object> names(LintNote note) {
        return Stream.of(note.category(), note.other()).filter(Objects::nonNull).collect(Collectors.toSet());
    }
}
