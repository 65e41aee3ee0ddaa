package dev.pigeonhole.local;

import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Real questions to a bank, 77 categories; see {@code examples/banking77}. */
final class Banking77 {
    private static final Path FOLDER = Path.of("..", "examples", "banking77");

    private Banking77() {}

    static List<LabelledText> train() throws IOException {
        return read("train.csv");
    }

    static List<LabelledText> test() throws IOException {
        return read("test.csv");
    }

    static Taxonomy taxonomy() {
        return Taxonomy.load(FOLDER.resolve("categories.yaml"));
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

    private static List<LabelledText> read(String file) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        List<LabelledText> rows = new ArrayList<>();
        try (CSVParser records = CSVParser.parse(FOLDER.resolve(file), StandardCharsets.UTF_8, format)) {
            for (CSVRecord record : records) {
                rows.add(new LabelledText(record.get("text"), record.get("category")));
            }
        }
        return rows;
    }
}
