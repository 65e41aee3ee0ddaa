package dev.pigeonhole.quality;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.csv.ColumnName;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.csv.CsvValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How right the answers in a file are: any table that has answers and right categories, such as an {@code output.csv}. Immutable,
 * thread-safe.
 *
 * @param source the file; its text columns do not matter
 * @param truth the column of the right categories, by name or, counted from 1, as {@code #3}
 * @param answer the same of the answers; empty for the result columns of this program
 * @param categories their names; empty for all that occur as answer or as truth
 */
public record FileEvaluation(
        CsvSource source, String truth, Optional<String> answer, Optional<List<String>> categories) {
    private static final String NAME_COLUMNS =
            "; name the right columns with --truth and --answer, or the categories with --categories";

    public FileEvaluation {
        Objects.requireNonNull(truth, "truth");
        Objects.requireNonNull(answer, "answer");
        // Where the text stands is of no interest here, so any column will do.
        source = source.textColumns("#1");
        categories = categories.map(List::copyOf);
    }

    /**
     * The names of the columns of a file, to choose from.
     *
     * @throws dev.pigeonhole.core.InputException it is not a CSV file that can be read without guessing
     */
    public static List<String> columns(CsvSource source) {
        return source.textColumns("#1").scan().columns();
    }

    /**
     * Reads the file, twice, or three times if the categories are not given.
     *
     * @throws dev.pigeonhole.core.InputException it is not a CSV file that can be read without guessing, or a result column holds what
     *     does not belong there
     * @throws ConfigurationException there is no such column, or there are more than {@value Taxonomy#MAX_CATEGORIES} categories
     * @throws dev.pigeonhole.core.StorageException reading fails
     */
    public Evaluation evaluate() {
        CsvProfile profile = source.scan();
        AnswerColumns columns = AnswerColumns.find(source.path(), profile.columns(), truth, answer);
        Judge judge = new Judge(categories.orElseGet(() -> labels(profile, columns)));
        forEach(profile, columns, judge::add);
        Evaluation.Subject subject = new Evaluation.Subject(
                Optional.empty(), source.path().toString(), profile.columns().get(columns.truth()));
        return judge.evaluation(subject, 0, Optional.empty(), Optional.empty());
    }

    /** All that occur, but for case and space; written as the answers have them, if they do. */
    private List<String> labels(CsvProfile profile, AnswerColumns columns) {
        Map<String, String> answers = new LinkedHashMap<>();
        Map<String, String> truths = new LinkedHashMap<>();
        forEach(profile, columns, row -> {
            add(answers, row.answer());
            add(truths, row.truth());
        });
        truths.putAll(answers);
        return List.copyOf(truths.values());
    }

    private void add(Map<String, String> labels, String label) {
        if (label.isBlank()) {
            return;
        }
        if (Labels.isLong(label)) {
            throw new ConfigurationException(source.path() + ": one column holds a text of " + label.length()
                    + " characters, \"" + ColumnName.clip(label) + "\", which is no category" + NAME_COLUMNS);
        }
        labels.putIfAbsent(Taxonomy.fold(label), label.strip());
        if (labels.size() > Taxonomy.MAX_CATEGORIES) {
            throw new ConfigurationException(source.path() + ": one column holds more than " + Taxonomy.MAX_CATEGORIES
                    + " different categories, such as \"" + ColumnName.clip(label)
                    + "\"" + NAME_COLUMNS);
        }
    }

    private void forEach(CsvProfile profile, AnswerColumns columns, Consumer<JudgedRow> consumer) {
        try (CsvRows<CsvValues> rows = source.values(profile, 1)) {
            rows.forEachRemaining(row -> consumer.accept(columns.read(source.path(), row.row(), row.values())));
        }
    }
}
