package dev.pigeonhole.testkit;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.FinishedBatch;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobPlan;
import dev.pigeonhole.core.checkpoint.PublishedFile;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.csv.CsvDialect;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.RowMark;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Plans, outcomes and batches for tests of checkpoint stores. Stateless. */
public final class SampleJobs {
    public static final List<String> CATEGORIES = List.of("Billing", "It's \"odd\"; ünïcode 🙂", "Other");
    public static final Holder HOLDER = new Holder(4711, "host.example", Instant.parse("2026-11-23T01:02:03.456789Z"));
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final List<String> SOURCES = List.of("local", "gpt-5-nano", "cache", "human", "");

    private SampleJobs() {}

    public static JobPlan plan(String name) {
        CsvDialect dialect = new CsvDialect(StandardCharsets.UTF_8, false, ',', "\n");
        CsvProfile profile = new CsvProfile(
                1234,
                HASH,
                dialect,
                List.of("id", "text"),
                "id,text",
                List.of(1),
                5000,
                CsvProfile.Oddities.NONE,
                List.of(new RowMark(1, 2, 8)));
        return plan(name, Map.of("model", "gpt-5-nano"), Map.of(), profile);
    }

    /** Everything that is legal and that nobody would choose. */
    public static JobPlan oddPlan() {
        String odd = "nul \0, quote \" ' ` line\nfeed\r\n tab\t; %s ? ünïcode 🙂 \u202e";
        CsvDialect dialect = new CsvDialect(Charset.forName("UTF-16LE"), true, CsvDialect.NONE, "\r");
        List<RowMark> index = IntStream.range(0, 5000)
                .mapToObj(i -> new RowMark(1 + i * 2000L, 2 + i * 4001L, Long.MAX_VALUE - 5000 + i))
                .toList();
        CsvProfile profile = new CsvProfile(
                Long.MAX_VALUE,
                HASH,
                dialect,
                List.of(odd, "", "", "x".repeat(70_000)),
                "\"" + odd + "\",,",
                List.of(3, 0),
                10_000_000,
                new CsvProfile.Oddities(1, 2, 3, 4, 5, 1L << 40),
                index);
        return plan(odd, Map.of(odd, odd, "", "", "empty", ""), Map.of("model", odd, odd, "\0"), profile);
    }

    public static JobPlan plan(Charset charset, char delimiter, String lineEnding) {
        CsvDialect dialect = new CsvDialect(charset, false, delimiter, lineEnding);
        CsvProfile profile =
                new CsvProfile(0, HASH, dialect, List.of("a"), "a", List.of(0), 0, CsvProfile.Oddities.NONE, List.of());
        return plan("", Map.of(), Map.of(), profile);
    }

    private static JobPlan plan(
            String name, Map<String, String> settings, Map<String, String> launch, CsvProfile profile) {
        Path input = Path.of("in put.csv").toAbsolutePath();
        Path output = Path.of("out;put.csv").toAbsolutePath();
        return new JobPlan(name, input, output, new TreeMap<>(settings), new TreeMap<>(launch), CATEGORIES, profile);
    }

    public static RowOutcome categorized(long row) {
        return new RowOutcome(row, Outcome.categorized("Billing", "local"), 1, 1);
    }

    public static RowOutcome in(String category, long row) {
        return new RowOutcome(row, Outcome.categorized(category, "local"), 1, 1);
    }

    public static RowOutcome failed(long row, FailureCause cause) {
        return new RowOutcome(row, new Outcome.Failed(cause, "no luck with row " + row), 3, 4);
    }

    /** Any legal outcome that no person gave. */
    public static RowOutcome byMachine(Random random, long row) {
        RowOutcome outcome = random(random, row);
        return outcome.isByPerson() ? byMachine(random, row) : outcome;
    }

    /** Any legal outcome. */
    public static RowOutcome random(Random random, long row) {
        FailureCause[] causes = FailureCause.values();
        String source = SOURCES.get(random.nextInt(SOURCES.size()));
        Outcome outcome = switch (random.nextInt(5)) {
            case 0, 1 ->
                new Outcome.Categorized(CATEGORIES.get(random.nextInt(CATEGORIES.size())), confidence(random), source);
            case 2 -> new Outcome.Unmatched(confidence(random), source);
            case 3 -> new Outcome.Failed(causes[random.nextInt(causes.length)], "why " + random.nextInt(99));
            default -> new Outcome.Skipped();
        };
        return new RowOutcome(row, outcome, random.nextInt(101), random.nextInt(10));
    }

    private static OptionalDouble confidence(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> OptionalDouble.empty();
            case 1 -> OptionalDouble.of(random.nextInt(2));
            default -> OptionalDouble.of(random.nextDouble());
        };
    }

    /** A batch of categorized rows. */
    public static FinishedBatch batch(int number, long firstRow, int rows) {
        return new FinishedBatch(
                number, firstRow, new Counts(rows, 0, 0, 0), new PublishedFile(rows, 100L + number, HASH));
    }

    public static PublishedFile output() {
        return new PublishedFile(5000, 1L << 33, HASH);
    }
}
