package dev.pigeonhole.workspace;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known of a labelled file before anything is learned from it. Immutable.
 *
 * @param rows in all
 * @param withoutText rows that are of no use because they have no text, or are set aside because of their columns
 * @param withoutLabel rows with a text that are of no use because they have no label
 * @param repeated usable rows whose text stands in an earlier row, with the same label
 * @param contradictions different texts of usable rows that have more than one label
 * @param complete whether all texts could be compared with all others; else there may be more repeated and contradicting ones
 * @param labels with the most rows first, those with equally many in the order of the file; labels that differ only in case and
 *     space count as one, written as most rows write it
 * @param examples of contradictions: the first few
 */
public record LabelSurvey(
        long rows,
        long withoutText,
        long withoutLabel,
        long repeated,
        long contradictions,
        boolean complete,
        List<Label> labels,
        List<Contradiction> examples) {
    private static final int NAMED = 5;
    /** Of fewer rows it cannot be said what a label is. */
    private static final int FEW_ROWS = 20;

    private static final double NEARLY_ALL = 0.8;

    public LabelSurvey {
        labels = List.copyOf(labels);
        examples = List.copyOf(examples);
    }

    /** A label, and how many usable rows have it. */
    public record Label(String name, long rows) {}

    /**
     * One text, two labels.
     *
     * @param text short enough for a message
     * @param row the first row with the text
     * @param label of the first row
     * @param otherRow a later one
     * @param other its label
     */
    public record Contradiction(String text, long row, String label, long otherRow, String other) {}

    /** Rows with text and label. */
    public long usable() {
        return rows - withoutText - withoutLabel;
    }

    /**
     * The labels as categories of which only the names are known, in their order.
     *
     * @throws ConfigurationException these cannot be labels of categories
     */
    public Taxonomy taxonomy() {
        requireLabels();
        return new Taxonomy(
                "", labels.stream().map(label -> Category.of(label.name())).toList(), true);
    }

    private void requireLabels() {
        if (usable() >= FEW_ROWS && labels.size() > NEARLY_ALL * usable()) {
            throw new ConfigurationException("the label column has " + labels.size() + " different values in "
                    + usable()
                    + " rows, such as " + named(labels) + ": that looks like free text or numbers of rows, not like"
                    + " labels. Name another column with --label-column; or, if these are the labels, put them into"
                    + " a category file, one a line");
        }
    }

    /**
     * Refuses labels that are no category.
     *
     * @param file the name of the category file, for the message
     * @throws ConfigurationException there is one; the message names the first few
     */
    public void requireKnown(Taxonomy taxonomy, String file) {
        Set<String> known =
                taxonomy.names().stream().map(Taxonomy::fold).collect(Collectors.toCollection(HashSet::new));
        List<Label> unknown = labels.stream()
                .filter(label -> !known.contains(Taxonomy.fold(label.name())))
                .toList();
        if (!unknown.isEmpty()) {
            long rowsOfThem = unknown.stream().mapToLong(Label::rows).sum();
            throw new ConfigurationException((unknown.size() == 1 ? "a label is" : unknown.size() + " labels are")
                    + " no category of " + file + ", in " + rowsOfThem + (rowsOfThem == 1 ? " row: " : " rows: ")
                    + named(unknown) + ". Add the missing categories to the file, put the labels right, or leave"
                    + " --categories out to take the categories from the labels");
        }
    }

    private static String named(List<Label> labels) {
        String first = labels.stream()
                .limit(NAMED)
                .map(label -> "\"" + LintWords.clip(label.name()) + "\" (" + label.rows() + ")")
                .collect(Collectors.joining(", "));
        return labels.size() > NAMED ? first + " and " + (labels.size() - NAMED) + " more" : first;
    }
}
