package dev.pigeonhole.bench;

import dev.pigeonhole.core.LabelledText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * Rows for the cascade, and what the language model says of each: the truth, or for a share of the texts another category, drawn by the
 * text and so the same whenever it is asked. Immutable.
 *
 * @param rows in the order of the file, with the category that the language model answers
 */
record CascadeTable(List<LabelledText> rows) {
    private static final String TEXT = "text";
    private static final CSVFormat CSV =
            CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

    CascadeTable {
        rows = List.copyOf(rows);
    }

    /** @param wrong share of the texts of which the language model says something else, from 0 to 1 */
    static CascadeTable of(List<LabelledText> truth, double wrong, long seed) {
        List<String> categories = categories(truth);
        return new CascadeTable(truth.stream()
                .map(row -> answered(row, categories, wrong, seed))
                .toList());
    }

    private static List<String> categories(List<LabelledText> rows) {
        return rows.stream().map(LabelledText::category).distinct().sorted().toList();
    }

    private static LabelledText answered(LabelledText row, List<String> categories, double wrong, long seed) {
        SplittableRandom random = new SplittableRandom(31 * seed + row.text().hashCode());
        if (random.nextDouble() >= wrong) {
            return row;
        }
        int other =
                (categories.indexOf(row.category()) + 1 + random.nextInt(categories.size() - 1)) % categories.size();
        return new LabelledText(row.text(), categories.get(other));
    }

    CascadeTable shuffled(long seed) {
        List<LabelledText> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(seed));
        return new CascadeTable(shuffled);
    }

    /** By category, and else as it was: what a classifier would take for the whole from its head is one category. */
    CascadeTable sorted() {
        return new CascadeTable(rows.stream()
                .sorted(Comparator.comparing(LabelledText::category))
                .toList());
    }

    List<String> categories() {
        return categories(rows);
    }

    /** How many of the texts are different. */
    long texts() {
        return rows.stream().map(LabelledText::text).distinct().count();
    }

    void writeAnswers(Path file) throws IOException {
        LabelledRows.write(file, rows);
    }

    void writeTexts(Path file) throws IOException {
        try (CSVPrinter printer = new CSVPrinter(Files.newBufferedWriter(file), CSVFormat.DEFAULT)) {
            printer.printRecord(TEXT);
            for (LabelledText row : rows) {
                printer.printRecord(row.text());
            }
        }
    }

    /** The names alone: the least help that there can be. */
    void writeCategories(Path file) throws IOException {
        String names = categories().stream()
                .map(name -> "  - name: \"" + name + "\"\n")
                .collect(Collectors.joining());
        Files.writeString(file, "version: 1\ncategories:\n" + names);
    }

    /**
     * The share of the rows of which an output says what the language model says.
     *
     * @throws IOException the output does not have each row once, in order
     */
    double agreement(Path output) throws IOException {
        Map<String, String> answers = rows.stream()
                .collect(Collectors.toMap(row -> letters(row.text()), LabelledText::category, (first, last) -> last));
        List<String> texts = read(output, record -> record.get(TEXT));
        if (!texts.equals(rows.stream().map(LabelledText::text).toList())) {
            throw new IOException("expected the " + rows.size() + " rows of the input, found " + texts.size());
        }
        List<String> found = read(output, record -> record.get("category"));
        long agreed = 0;
        for (int i = 0; i < texts.size(); i++) {
            agreed += found.get(i).equals(answers.get(letters(texts.get(i)))) ? 1 : 0;
        }
        return (double) agreed / texts.size();
    }

    /** By these the fake server knows a text again; of two with the same letters it goes by the last. */
    private static String letters(String text) {
        return text.codePoints()
                .filter(Character::isLetterOrDigit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static List<String> read(Path file, Function<CSVRecord, String> cell) throws IOException {
        try (CSVParser records = CSVParser.parse(file, StandardCharsets.UTF_8, CSV)) {
            return records.stream().map(cell).toList();
        }
    }
}
