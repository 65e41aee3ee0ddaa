package dev.pigeonhole.bench;

import dev.pigeonhole.core.LabelledText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** Files with the columns text and category. Stateless. */
final class LabelledRows {
    private static final String TEXT = "text";
    private static final String CATEGORY = "category";

    private LabelledRows() {}

    static List<LabelledText> read(Path file) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        List<LabelledText> rows = new ArrayList<>();
        try (CSVParser records = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
            for (CSVRecord record : records) {
                rows.add(new LabelledText(record.get(TEXT), record.get(CATEGORY)));
            }
        }
        return rows;
    }

    static void write(Path file, List<LabelledText> rows) throws IOException {
        try (CSVPrinter printer = new CSVPrinter(Files.newBufferedWriter(file), CSVFormat.DEFAULT)) {
            printer.printRecord(TEXT, CATEGORY);
            for (LabelledText row : rows) {
                printer.printRecord(row.text(), row.category());
            }
        }
    }

    /** So many of each category, drawn by the seed, in random order. */
    static List<LabelledText> draw(List<LabelledText> rows, int perCategory, long seed) {
        List<LabelledText> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(seed));
        Map<String, Integer> drawn = new HashMap<>();
        return shuffled.stream()
                .filter(row -> drawn.merge(row.category(), 1, Integer::sum) <= perCategory)
                .toList();
    }
}
