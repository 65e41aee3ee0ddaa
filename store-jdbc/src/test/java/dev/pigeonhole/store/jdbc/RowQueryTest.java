package dev.pigeonhole.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.checkpoint.RowFilter;
import dev.pigeonhole.core.checkpoint.RowOrder;
import dev.pigeonhole.store.jdbc.Plans.StoredPlan;
import dev.pigeonhole.testkit.SampleJobs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page deep in an order is found without sorting all rows; here all are sorted. */
class RowQueryTest {
    private static final int GROUPS = 8;
    private static final int MOST = 7;

    @TempDir
    Path folder;

    private record Row(long row, long code, double confidence) {}

    private RowIndex index() {
        return new RowIndex(folder, 1, new StoredPlan("job", Instant.EPOCH, SampleJobs.plan("job")));
    }

    /**
     * @param few how many rows may be kept to find the page
     * @param distinct how many different confidences there are
     */
    @ParameterizedTest
    @CsvSource({"1, 0, 4", "2, 0, 1000000", "3, 1, 100", "4, 20, 50", "5, 4096, 1000000", "6, 4096, 1"})
    void aPageDeepInAnOrderIsThatOfAllRowsSorted(long seed, int few, int distinct) throws Exception {
        Random random = new Random(seed);
        List<String> categories = SampleJobs.plan("job").categories();
        try (RowFile file = RowFile.create(folder)) {
            List<Row> all = fill(file, random, categories.size(), distinct);
            RowQuery query = new RowQuery(file, RowChoice.of(RowFilter.ALL, index(), null), few);
            for (RowOrder order : RowOrder.values()) {
                List<Long> sorted = sorted(all, key(order, categories));
                for (int i = 0; i < 40; i++) {
                    int skip = random.nextInt(sorted.size() + 3);
                    RowQuery.Found found = query.page(order, skip, MOST, categories);
                    assertThat(found.rows())
                            .as("seed %d, %s from %d", seed, order, skip)
                            .isEqualTo(sorted.stream().skip(skip).limit(MOST).toList());
                    assertThat(found.total()).isEqualTo(sorted.size());
                }
            }
        }
    }

    private static List<Row> fill(RowFile file, Random random, int categories, int distinct) throws RefusedException {
        List<Row> all = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            file.clearGroup();
            for (int place = 0; place < OutcomeGroup.ROWS; place++) {
                if (random.nextInt(9) > 0) {
                    Row row = row(OutcomeGroup.firstRow(group) + place, random, categories, distinct);
                    file.put(place, row.code(), row.confidence());
                    all.add(row);
                }
            }
            file.writeGroup(group);
        }
        return all;
    }

    private static Row row(long number, Random random, int categories, int distinct) {
        int status = random.nextInt(4);
        boolean sure = status < 2 && random.nextInt(5) > 0;
        double confidence = sure ? random.nextInt(distinct) / (double) distinct : 0;
        long category = status == 0 ? RowCode.category(random.nextInt(categories)) : 0;
        return new Row(number, status | (sure ? RowCode.HAS_CONFIDENCE : 0) | RowCode.THERE | category, confidence);
    }

    private static ToLongFunction<Row> key(RowOrder order, List<String> categories) {
        if (order == RowOrder.ROW || order == RowOrder.ROW_BACKWARDS) {
            return order == RowOrder.ROW ? Row::row : row -> -row.row();
        }
        RowKey key = RowKey.of(order, categories);
        return row -> key.of(row.code(), row.confidence());
    }

    private static List<Long> sorted(List<Row> all, ToLongFunction<Row> key) {
        return all.stream()
                .sorted(Comparator.comparingLong(key).thenComparingLong(Row::row))
                .map(Row::row)
                .toList();
    }
}
