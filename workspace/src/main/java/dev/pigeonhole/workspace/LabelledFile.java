package dev.pigeonhole.workspace;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.csv.CsvValues;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * A CSV file of whose rows somebody has said to which category each belongs. Each method reads the file once, row by row. Immutable,
 * thread-safe.
 */
public final class LabelledFile {
    private final CsvSource source;
    private final CsvProfile profile;
    private final int label;

    private LabelledFile(CsvSource source, CsvProfile profile) {
        this.source = source;
        this.profile = profile;
        this.label = source.labelColumn(profile);
    }

    /**
     * Looks at a file.
     *
     * @param source with a label column
     * @throws dev.pigeonhole.core.InputException it is not a CSV file that can be read without guessing
     * @throws ConfigurationException a column is not there, or which one holds the text is not plain
     */
    public static LabelledFile of(CsvSource source) {
        CsvProfile profile = source.scan();
        LabelledFile rows = new LabelledFile(source, profile);
        if (profile.textColumns().contains(rows.label)) {
            throw new ConfigurationException(source.path() + ": the column \"" + rows.labelColumn()
                    + "\" is named both as text and as label; then there is nothing to learn. Name another with --text-column"
                    + " or --label-column");
        }
        return rows;
    }

    public CsvProfile profile() {
        return profile;
    }

    /** The name of the file, without its folder. */
    public String fileName() {
        return String.valueOf(source.path().getFileName());
    }

    /** The name of the label column. */
    public String labelColumn() {
        return profile.columns().get(label);
    }

    /**
     * Counts the labels.
     *
     * @throws ConfigurationException there is no row with text and label, or what is in the column cannot be labels; the message
     *     says why
     */
    public LabelSurvey survey() {
        LabelCounter counter = new LabelCounter(source.path(), labelColumn());
        try (CsvRows<CsvValues> rows = source.values(profile, 1)) {
            rows.forEachRemaining(row -> counter.add(row, label(row)));
        }
        return counter.result(profile.rows());
    }

    /**
     * Lets somebody read the rows with text and label, in file order, under the names that the categories have.
     *
     * @param reader is given what can be read as long as it runs; each time it is read from the begin, the file is read anew
     * @return what the reader returns
     * @throws IllegalArgumentException a label is no category, in more than case and space
     */
    public <T> T read(Taxonomy taxonomy, Function<Iterable<LabelledText>, T> reader) {
        try (Texts texts = new Texts(new LabelNames(taxonomy))) {
            return reader.apply(texts);
        }
    }

    private String label(CsvValues row) {
        return row.values().get(label).strip();
    }

    /** The usable rows; closes what was opened to read them. */
    private final class Texts implements Iterable<LabelledText>, AutoCloseable {
        private final LabelNames names;
        private final Deque<CsvRows<CsvValues>> opened = new ArrayDeque<>();

        Texts(LabelNames names) {
            this.names = names;
        }

        @Override
        public Iterator<LabelledText> iterator() {
            CsvRows<CsvValues> rows = source.values(profile, 1);
            opened.push(rows);
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
                    .filter(row -> !row.text().isBlank() && !label(row).isEmpty())
                    .map(row -> new LabelledText(row.text(), names.of(label(row))))
                    .iterator();
        }

        @Override
        public void close() {
            opened.forEach(CsvRows::close);
        }
    }

    /** Knows the category of each way to write it; folding takes time, and labels repeat. */
    private static final class LabelNames {
        private final Map<String, String> byFold = new HashMap<>();
        private final Map<String, String> byWriting = new HashMap<>();

        LabelNames(Taxonomy taxonomy) {
            taxonomy.names().forEach(name -> byFold.put(Taxonomy.fold(name), name));
        }

        String of(String written) {
            return byWriting.computeIfAbsent(written, this::find);
        }

        private String find(String written) {
            String name = byFold.get(Taxonomy.fold(written));
            if (name == null) {
                throw new IllegalArgumentException("a label is no category: " + written);
            }
            return name;
        }
    }
}
