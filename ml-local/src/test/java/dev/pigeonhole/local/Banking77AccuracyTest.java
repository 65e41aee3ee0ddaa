package dev.pigeonhole.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Ranker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 3,080 real questions to a bank, 77 categories with a description and five examples each; see {@code examples/banking77}. */
class Banking77AccuracyTest {
    private static final Path FOLDER = Path.of("..", "examples", "banking77");
    private static final List<Item> ITEMS = new ArrayList<>();
    private static final List<String> TRUTH = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser rows = CSVParser.parse(FOLDER.resolve("test.csv"), StandardCharsets.UTF_8, format)) {
            for (CSVRecord row : rows) {
                ITEMS.add(new Item(row.getRecordNumber(), row.get("text")));
                TRUTH.add(row.get("category"));
            }
        }
    }

    /** Each a little below what was measured; every row gets a category. */
    @ParameterizedTest
    @CsvSource({
        "names alone,      off, 0.44",
        "names alone,      on,  0.52",
        "with words,       off, 0.68",
        "with words,       on,  0.69",
        "with examples,    off, 0.755",
        "with examples,    on,  0.75"
    })
    void accuracy(String help, String selfTraining, double least) {
        List<String> input = selfTraining.equals("on")
                ? IntStream.range(0, ITEMS.size())
                        .filter(i -> i % 2 == 0)
                        .mapToObj(i -> ITEMS.get(i).text())
                        .toList()
                : List.of();
        List<Outcome> outcomes = LocalCategorizer.of(taxonomy(help), 0, input).categorize(ITEMS);
        int right = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome.Categorized answer = (Outcome.Categorized) outcomes.get(i);
            right += answer.category().equals(TRUTH.get(i)) ? 1 : 0;
        }
        double accuracy = (double) right / ITEMS.size();
        System.out.printf("Banking77, %s, self-training %s: accuracy %.4f%n", help, selfTraining, accuracy);
        assertThat(accuracy).isGreaterThanOrEqualTo(least);
    }

    private static Taxonomy taxonomy(String help) {
        List<Category> categories = Taxonomy.load(FOLDER.resolve("categories.yaml")).categories().stream()
                .map(category -> switch (help) {
                    case "names alone" -> Category.of(category.name());
                    case "with words" ->
                        new Category(category.name(), category.description(), category.keywords(), List.of());
                    default -> category;
                })
                .toList();
        return new Taxonomy("", categories, false);
    }

    @Test
    void rightCategoryAmongTheFirstFive() {
        Ranker ranker = new LocalRankerProvider().create(taxonomy("with examples"), List.of());
        int found = 0;
        for (int i = 0; i < ITEMS.size(); i++) {
            String truth = TRUTH.get(i);
            found += ranker.rank(ITEMS.get(i).text(), 5).stream()
                            .anyMatch(candidate -> candidate.category().equals(truth))
                    ? 1
                    : 0;
        }
        assertThat((double) found / ITEMS.size()).isGreaterThanOrEqualTo(0.925);
    }
}
