package dev.pigeonhole.workspace;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Suggestion;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.csv.ColumnName;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.csv.CsvValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Texts of known category, drawn at random from a file with a column of the right ones; always the same from the same file. Reads the
 * file once; memory does not grow with it. Left out, and told in the notes, are labels that are no category, and texts that have two
 * labels; left out too are texts of more than {@value #MOST_CHARS} characters, which would cost more than they tell. Immutable.
 */
public final class KnownRows {
    /** So many that one text seldom rides twice in a short run. */
    static final int MOST = 200;

    static final int MOST_CHARS = 2_000;
    /** Fewer would be the same few again and again. */
    static final int LEAST = 10;

    private static final long SEED = 41;
    private static final String WHAT = "column of right categories";
    private static final String FLAG = "--truth";

    private final List<LabelledText> texts;
    private final List<String> notes;

    private KnownRows(List<LabelledText> texts, List<String> notes) {
        this.texts = List.copyOf(texts);
        this.notes = List.copyOf(notes);
    }

    /**
     * Draws what a job was asked for.
     *
     * @param profile of its input, with text columns
     * @return none if known rows are not to ride along, or if the input has too few of them, which a note says then
     * @throws dev.pigeonhole.core.InputException the file of known rows cannot be read without guessing
     * @throws ConfigurationException there is no such column, it holds the text, or the file of known rows has too few
     */
    public static KnownRows of(JobOptions options, CsvProfile profile, Taxonomy taxonomy) {
        SentinelOptions sentinels = options.sentinels();
        if (!sentinels.on()) {
            return new KnownRows(List.of(), List.of());
        }
        return sentinels
                .gold()
                .map(file -> ofFile(file, profile, options.textColumns(), sentinels.column(), taxonomy)
                        .orElseThrowFor(file, sentinels.column()))
                .orElseGet(() -> ofInput(options.source(), profile, sentinels.column(), taxonomy)
                        .orNone(sentinels.column()));
    }

    private KnownRows orElseThrowFor(Path file, String column) {
        if (texts.size() < LEAST) {
            throw new ConfigurationException(file + ": " + tooFew(column)
                    + ". Add some, name another column with --truth, or add --sentinels off");
        }
        return this;
    }

    private KnownRows orNone(String column) {
        if (texts.size() >= LEAST) {
            return this;
        }
        List<String> all = new ArrayList<>(notes);
        all.add(tooFew(column) + "; no known rows ride along");
        return new KnownRows(List.of(), all);
    }

    private String tooFew(String column) {
        return (texts.size() == 1 ? "1 text has" : texts.size() + " different texts have")
                + " a right category in the column \"" + ColumnName.clip(column) + "\", and it takes " + LEAST;
    }

    /**
     * Draws from the input of a job.
     *
     * @param profile of the input, with text columns
     * @throws ConfigurationException there is no such column, or it holds the text
     */
    static KnownRows ofInput(CsvSource source, CsvProfile profile, String column, Taxonomy taxonomy) {
        return read(source, profile, column(source.path(), profile, column), taxonomy);
    }

    /**
     * Draws from a file of its own.
     *
     * @param like profile of the job's input: columns of the same names are the text, if the file has them
     * @param textColumns what the user named as text columns of the input; may be empty
     * @throws dev.pigeonhole.core.InputException it is not a CSV file that can be read without guessing
     * @throws ConfigurationException there is no such column, or which one holds the text is not plain
     */
    static KnownRows ofFile(Path gold, CsvProfile like, List<String> textColumns, String column, Taxonomy taxonomy) {
        CsvSource source = CsvSource.of(gold);
        List<String> columns = source.inspect().profile().columns();
        int label = ColumnName.find(gold, columns, column, WHAT, FLAG);
        List<String> ofInput = textColumns.isEmpty()
                ? like.textColumns().stream().map(like.columns()::get).toList()
                : textColumns;
        CsvSource named = source.labelColumn("#" + (label + 1))
                .textColumns(columns.containsAll(ofInput) || !textColumns.isEmpty() ? ofInput : List.of());
        CsvProfile profile = named.scan();
        return read(named, profile, column(gold, profile, "#" + (label + 1)), taxonomy);
    }

    private static int column(Path file, CsvProfile profile, String asked) {
        int label = ColumnName.find(file, profile.columns(), asked, WHAT, FLAG);
        if (profile.textColumns().contains(label)) {
            throw new ConfigurationException(file + ": the column \""
                    + ColumnName.clip(profile.columns().get(label))
                    + "\" is named both as text and with --truth; the answer would be told with the question. Name"
                    + " another with --text-column or --truth");
        }
        return label;
    }

    private static KnownRows read(CsvSource source, CsvProfile profile, int label, Taxonomy taxonomy) {
        Draw draw = new Draw(taxonomy);
        try (CsvRows<CsvValues> rows = source.values(profile, 1)) {
            rows.forEachRemaining(row -> draw.look(row, row.values().get(label).strip()));
        }
        return new KnownRows(draw.texts(), draw.notes());
    }

    /** At most {@value #MOST}, in an order that is always the same; no text twice. */
    public List<LabelledText> texts() {
        return texts;
    }

    /** What a user should know, one line each. */
    public List<String> notes() {
        return notes;
    }

    /** Keeps each text with the same chance (reservoir sampling). */
    private static final class Draw {
        private final Taxonomy taxonomy;
        private final Map<String, String> names = new HashMap<>();
        private final DistinctTexts distinct = new DistinctTexts();
        private final List<LabelledText> kept = new ArrayList<>();
        private final Map<String, String> labelOf = new HashMap<>();
        private final Set<String> contradictory = new HashSet<>();
        private final Random random = new Random(SEED);
        private long unknownRows;
        private String firstUnknown = "";
        private int seen;

        Draw(Taxonomy taxonomy) {
            this.taxonomy = taxonomy;
            taxonomy.names().forEach(name -> names.put(Taxonomy.fold(name), name));
        }

        void look(CsvValues row, String label) {
            if (row.text().isBlank() || label.isEmpty() || !row.note().isEmpty()) {
                return;
            }
            String name = names.get(Taxonomy.fold(label));
            if (name == null) {
                firstUnknown = unknownRows++ == 0 ? label : firstUnknown;
            } else if (row.text().length() <= MOST_CHARS) {
                look(new LabelledText(row.text(), name));
            }
        }

        private void look(LabelledText text) {
            if (!distinct.add(text.text())) {
                String label = labelOf.get(text.text());
                if (label != null && !label.equals(text.category())) {
                    contradictory.add(text.text());
                }
                return;
            }
            seen++;
            int place = kept.size() < MOST ? kept.size() : random.nextInt(seen);
            if (place < MOST) {
                if (place < kept.size()) {
                    labelOf.remove(kept.set(place, text).text());
                } else {
                    kept.add(text);
                }
                labelOf.put(text.text(), text.category());
            }
        }

        List<LabelledText> texts() {
            return kept.stream()
                    .filter(text -> !contradictory.contains(text.text()))
                    .toList();
        }

        List<String> notes() {
            List<String> notes = new ArrayList<>();
            if (unknownRows > 0) {
                notes.add(unknownRows + (unknownRows == 1 ? " row has" : " rows have")
                        + " a right category that is none of the "
                        + taxonomy.names().size() + " here, such as \""
                        + ColumnName.clip(firstUnknown) + "\""
                        + Suggestion.hint(ColumnName.clip(firstUnknown), taxonomy.names())
                        + "; such rows do not ride along");
            }
            long left = kept.stream()
                    .filter(text -> contradictory.contains(text.text()))
                    .count();
            if (left > 0) {
                notes.add(left + (left == 1 ? " known text has" : " known texts have")
                        + " more than one right category; such texts do not ride along");
            }
            return notes;
        }
    }
}
