package dev.pigeonhole.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** 3,080 real questions to a bank, 77 categories with a description and five examples each; see {@code examples/banking77}. */
class Banking77AccuracyTest {
    private static final Path FOLDER = Path.of("..", "examples", "banking77");

    @Test
    void accuracy() throws IOException {
        List<Item> items = new ArrayList<>();
        List<String> truth = new ArrayList<>();
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser rows = CSVParser.parse(FOLDER.resolve("test.csv"), StandardCharsets.UTF_8, format)) {
            for (CSVRecord row : rows) {
                items.add(new Item(row.getRecordNumber(), row.get("text")));
                truth.add(row.get("category"));
            }
        }

        List<Outcome> outcomes = LocalCategorizer.of(Taxonomy.load(FOLDER.resolve("categories.yaml")))
                .categorize(items);

        int right = 0;
        int unmatched = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Categorized answer) {
                right += answer.category().equals(truth.get(i)) ? 1 : 0;
            } else {
                unmatched++;
            }
        }
        double accuracy = (double) right / items.size();
        System.out.printf("Banking77: accuracy %.4f, %d of %d unmatched%n", accuracy, unmatched, items.size());
        assertThat(accuracy).isGreaterThanOrEqualTo(0.65);
    }
}
