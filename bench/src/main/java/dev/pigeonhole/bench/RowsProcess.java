package dev.pigeonhole.bench;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobRows;
import dev.pigeonhole.core.checkpoint.RowFilter;
import dev.pigeonhole.core.checkpoint.RowOrder;
import dev.pigeonhole.core.checkpoint.RowStatus;
import dev.pigeonhole.core.checkpoint.Verdict;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Asks for the rows of the job that {@link RowsJob} has made, again and again. Arguments: its folder, and how many rows it has. */
final class RowsProcess {
    private static final int TIMES = 40;
    private static final int PAGE = 50;

    private final JobRows rows;
    private final long count;
    private final Random random = new Random(3);

    private RowsProcess(JobRows rows, long count) {
        this.rows = rows;
        this.count = count;
    }

    /** One look. */
    private interface Look {
        void at(RowsProcess process);
    }

    private static final Map<String, Look> LOOKS = looks();

    static List<String> names() {
        return List.copyOf(LOOKS.keySet());
    }

    private static Map<String, Look> looks() {
        Map<String, Look> looks = new LinkedHashMap<>();
        for (RowOrder order : RowOrder.values()) {
            looks.put("first page, order " + order, p -> p.page(RowFilter.ALL, order, 0));
            looks.put("deep page, order " + order, p -> p.page(RowFilter.ALL, order, p.anywhere()));
        }
        looks.put("category, doubtful first", p -> p.page(p.category(), RowOrder.DOUBT, 0));
        looks.put("status, deep, by category", p -> p.page(categorized(), RowOrder.CATEGORY, p.anywhere() / 2));
        looks.put("cause", p -> p.page(RowFilter.ALL.withCause(FailureCause.BAD_ANSWER), RowOrder.ROW, 0));
        looks.put("reviewed", p -> p.page(RowFilter.ALL.withReviewed(true), RowOrder.ROW, 0));
        looks.put("facets", p -> p.rows.facets(RowFilter.ALL));
        looks.put("facets of a category", p -> p.rows.facets(p.category()));
        looks.put("search, one rare word", p -> p.page(words(p.word(15_000)), RowOrder.ROW, 0));
        looks.put("search, two words", p -> p.page(words(p.word(500) + " " + p.word(500)), RowOrder.CONFIDENCE, 0));
        looks.put("search, one letter", p -> p.page(words("t"), RowOrder.DOUBT, 0));
        looks.put("search, two letters, in a category", p -> p.page(p.category().withWords("ta"), RowOrder.ROW, 0));
        looks.put("search, facets", p -> p.rows.facets(words(p.word(200))));
        looks.put("one row", p -> p.rows.find(1 + p.anywhere()));
        looks.put("calls about a row", p -> p.rows.attempts(1 + p.anywhere()));
        looks.put("review, then a page", RowsProcess::review);
        looks.put("unpublished", p -> p.rows.unpublished());
        return looks;
    }

    private static RowFilter categorized() {
        return RowFilter.ALL.withStatus(RowStatus.CATEGORIZED);
    }

    private static RowFilter words(String words) {
        return RowFilter.ALL.withWords(words);
    }

    private RowFilter category() {
        return RowFilter.ALL.withCategory("category " + (1 + random.nextInt(40)));
    }

    private String word(int below) {
        return RowsJob.word(random.nextInt(below));
    }

    private long anywhere() {
        return (long) (random.nextDouble() * (count - 1));
    }

    private void page(RowFilter filter, RowOrder order, long skip) {
        rows.page(filter, order, skip, PAGE);
    }

    private void review() {
        rows.review(1 + anywhere(), new Verdict.Confirmed());
        page(RowFilter.ALL, RowOrder.DOUBT, 0);
    }

    public static void main(String[] args) {
        Meter meter = new Meter();
        Map<String, String> figures;
        try (CheckpointStore store = RowsJob.store(Path.of(args[0]))) {
            JobRows rows = store.rows(store.jobs().get(0).id());
            long began = System.nanoTime();
            rows.facets(RowFilter.ALL);
            long firstLook = (System.nanoTime() - began) / 1_000_000;
            RowsProcess process = new RowsProcess(rows, Long.parseLong(args[1]));
            Map<String, String> times = new LinkedHashMap<>();
            LOOKS.forEach((name, look) -> process.measure(name, look, times));
            figures = meter.read();
            figures.put("first_look_ms", Long.toString(firstLook));
            figures.putAll(times);
        }
        figures.forEach((name, value) -> System.out.println(name + "=" + value));
    }

    private void measure(String name, Look look, Map<String, String> figures) {
        long[] micros = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long began = System.nanoTime();
            look.at(this);
            micros[i] = (System.nanoTime() - began) / 1_000;
        }
        Arrays.sort(micros);
        figures.put(name + " p50", Long.toString(micros[TIMES / 2]));
        figures.put(name + " p95", Long.toString(micros[TIMES * 95 / 100]));
    }
}
