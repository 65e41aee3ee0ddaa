package dev.pigeonhole.bench;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobPlan;
import dev.pigeonhole.core.checkpoint.JobRows;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.checkpoint.Verdict;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.TokenUsage;
import dev.pigeonhole.store.jdbc.JdbcCheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Makes a job with rows, calls, reviews and searchable texts, without the engine. Arguments: a folder, and how many rows. */
final class RowsJob {
    private static final int AT_ONCE = 5_000;
    private static final int ROWS_OF_A_CALL = 20;
    private static final int REVIEWS = 500;
    private static final int VOCABULARY = 20_000;
    private static final int WORDS = 14;
    private static final List<String> CATEGORIES =
            IntStream.rangeClosed(1, 77).mapToObj(i -> "category " + i).toList();

    private RowsJob() {}

    static CheckpointStore store(Path folder) {
        return JdbcCheckpointStore.sqlite(folder.resolve("workspace"));
    }

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        long rows = Long.parseLong(args[1]);
        long began = System.nanoTime();
        try (CheckpointStore store = store(folder)) {
            String id = store.create(plan(folder)).id();
            try (JobLease lease = store.acquire(id, new Holder(1, "bench", Instant.EPOCH))) {
                record(lease, rows);
                call(lease, rows);
            }
            long recorded = System.nanoTime();
            JobRows seen = store.rows(id);
            seen.makeSearchable(
                    LongStream.rangeClosed(1, rows).mapToObj(RowsJob::item).iterator(), row -> {});
            long searchable = System.nanoTime();
            Random random = new Random(2);
            for (int i = 0; i < REVIEWS; i++) {
                seen.review(
                        1 + random.nextInt((int) rows), new Verdict.Category(CATEGORIES.get(i % CATEGORIES.size())));
            }
            System.err.println("recorded in " + (recorded - began) / 1_000_000 + " ms, made searchable in "
                    + (searchable - recorded) / 1_000_000 + " ms");
        }
        System.out.println("made=" + rows);
    }

    static JobPlan plan(Path folder) throws IOException {
        Path input = folder.resolve("small.csv").toAbsolutePath();
        Files.writeString(input, "id,text\n1,x\n");
        CsvProfile profile = CsvSource.of(input).textColumns("text").scan();
        return new JobPlan(
                "rows",
                input,
                folder.resolve("out.csv").toAbsolutePath(),
                new TreeMap<>(),
                new TreeMap<>(),
                CATEGORIES,
                profile);
    }

    static void record(JobLease lease, long rows) {
        Random random = new Random(1);
        List<RowOutcome> some = new ArrayList<>();
        for (long row = 1; row <= rows; row++) {
            some.add(new RowOutcome(row, outcome(random), 1 + (int) (row % 100), 1));
            if (some.size() == AT_ONCE || row == rows) {
                lease.record(some);
                some.clear();
            }
        }
    }

    private static Outcome outcome(Random random) {
        int kind = random.nextInt(100);
        if (kind < 2) {
            return new Outcome.Failed(FailureCause.BAD_ANSWER, "the answer is not JSON");
        } else if (kind < 4) {
            return new Outcome.Skipped();
        } else if (kind < 9) {
            return Outcome.unmatched("gpt-5-nano");
        }
        double skewed = random.nextDouble() * random.nextDouble();
        return new Outcome.Categorized(
                CATEGORIES.get((int) (skewed * CATEGORIES.size())),
                OptionalDouble.of(random.nextDouble()),
                "gpt-5-nano");
    }

    private static void call(JobLease lease, long rows) {
        for (long first = 1; first <= rows; first += ROWS_OF_A_CALL * 10L) {
            List<Long> asked =
                    LongStream.range(first, first + ROWS_OF_A_CALL).boxed().toList();
            long call = lease.ledger().begin(new CallIntent(asked, 0, "gpt-5-nano", "keyed/1", Optional.empty()));
            lease.ledger()
                    .answered(
                            call,
                            new CallAnswer("{\"r01\":\"category 1\"}", "stop", "", TokenUsage.NONE, Optional.empty()));
        }
    }

    /** About as many different words, and as unevenly used, as people's texts have. */
    private static Item item(long row) {
        Random random = new Random(row);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < WORDS; i++) {
            double skewed = random.nextDouble() * random.nextDouble() * random.nextDouble();
            text.append(word((int) (skewed * VOCABULARY))).append(' ');
        }
        return new Item(row, text.toString());
    }

    /** Like {@code tolari}: syllables. */
    static String word(int number) {
        StringBuilder word = new StringBuilder();
        for (int rest = number + 1; rest > 0; rest /= 60) {
            int syllable = rest * 37 % 60;
            word.append("tnsrlmdkpbgf".charAt(syllable % 12)).append("aeiou".charAt(syllable / 12));
        }
        return word.toString();
    }
}
