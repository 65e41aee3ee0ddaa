package dev.pigeonhole.bench;

import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Ranker;
import dev.pigeonhole.core.categorize.RankerProvider;
import dev.pigeonhole.fakellm.Stats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * What hints for the language model take, and how often the truth is among them: Banking77's test rows, 77 categories with their
 * descriptions and examples. Tokens as the server counts them.
 */
record HintsBenchmark(Path folder, List<String> command) {
    private static final Path EXAMPLE = Path.of("examples", "banking77");
    private static final Path TEST = EXAMPLE.resolve("test.csv");
    private static final Path CATEGORIES = EXAMPLE.resolve("categories.yaml");
    private static final int MOST = 10;

    void run() throws IOException, InterruptedException {
        Path here = Files.createDirectory(folder.resolve("hints"));
        Report.head(
                "Hints for the language model, Banking77",
                "hints",
                "rows",
                "calls",
                "tokens a 1,000 rows",
                "not cached",
                "of the answer");
        line("off", here);
        line("on", here);
        recall();
        Benchmarks.delete(here);
    }

    private void line(String hints, Path folder) throws IOException, InterruptedException {
        Path here = Files.createDirectory(folder.resolve(hints));
        List<String> labels = List.of("--labels=" + TEST, "--label-column=category");
        try (FakeServer server = FakeServer.start(labels)) {
            List<String> arguments = LlmBenchmark.arguments(command, server, TEST, CATEGORIES, here, hints);
            arguments.add("--text-column=text");
            CliRun run = CliRun.of(arguments);
            if (run.exitCode() != 0) {
                throw new IOException("exit code " + run.exitCode());
            }
            Stats stats = server.stats();
            long rows = server.bill().texts();
            Report.line(
                    hints,
                    Report.number(rows),
                    Report.number(stats.calls()),
                    perThousand(stats.promptTokens() + stats.answerTokens(), rows),
                    perThousand(stats.promptTokens() - stats.cachedTokens(), rows),
                    perThousand(stats.answerTokens(), rows));
        }
    }

    private static String perThousand(long tokens, long rows) {
        return Report.number(Math.round(1_000.0 * tokens / rows));
    }

    /** By the ranker that the command line would take. */
    private static void recall() throws IOException {
        Ranker ranker = RankerProvider.find()
                .orElseThrow(() -> new IllegalStateException("no ranker on the class path"))
                .create(Taxonomy.load(CATEGORIES), List.of());
        long began = System.nanoTime();
        int[] hits = new int[MOST];
        long rows = 0;
        try (CSVParser parser = CSVParser.parse(
                TEST,
                StandardCharsets.UTF_8,
                CSVFormat.DEFAULT
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get())) {
            for (CSVRecord record : parser) {
                rows++;
                int place = place(ranker.rank(record.get("text"), MOST), record.get("category"));
                for (int most = place; most < MOST; most++) {
                    hits[most]++;
                }
            }
        }
        double micros = (System.nanoTime() - began) / 1e3 / rows;
        Report.head("The ranker, against the truth", "recall at 1", "at 3", "at 5", "at 10", "µs a row");
        Report.line(
                share(hits[0], rows),
                share(hits[2], rows),
                share(hits[4], rows),
                share(hits[9], rows),
                Math.round(micros));
    }

    /** From 0; {@link #MOST} if it is not there. */
    private static int place(List<Ranker.Candidate> candidates, String truth) {
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.get(i).category().equals(truth)) {
                return i;
            }
        }
        return MOST;
    }

    private static String share(int hits, long rows) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * hits / rows);
    }
}
