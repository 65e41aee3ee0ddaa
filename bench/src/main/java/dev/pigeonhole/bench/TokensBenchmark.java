package dev.pigeonhole.bench;

import dev.pigeonhole.fakellm.Stats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a record costs in tokens: twenty in a call beside one, with the 77 categories of Banking77, their descriptions and their
 * examples. Tokens as the server counts them; a cached prompt counts in full.
 */
record TokensBenchmark(Path folder, List<String> command) {
    private static final Path EXAMPLE = Path.of("examples", "banking77");
    private static final int ROWS_ALONE = 300;
    private static final double TIMES = 8;

    void run() throws IOException, InterruptedException {
        Path here = Files.createDirectory(folder.resolve("tokens"));
        Path test = EXAMPLE.resolve("test.csv");
        Path part = here.resolve("part.csv");
        Files.write(part, Files.readAllLines(test).subList(0, 1 + ROWS_ALONE));
        Report.head(
                "Tokens a record, Banking77",
                "records in a call",
                "records",
                "calls",
                "tokens a record",
                "cached part");
        double twenty = line(20, test, here.resolve("20"));
        double one = line(1, part, here.resolve("1"));
        Goal goal = Goal.atLeast("one by one / by twenties", TIMES, one / twenty);
        Report.line(goal.what(), goal.wanted(), goal.value(), goal.met() ? "ok" : "**missed**", "");
        Benchmarks.delete(here);
    }

    private double line(int subBatch, Path input, Path here) throws IOException, InterruptedException {
        Files.createDirectory(here);
        List<String> labels = List.of("--labels=" + EXAMPLE.resolve("test.csv"), "--label-column=category");
        try (FakeServer server = FakeServer.start(labels)) {
            List<String> arguments =
                    LlmBenchmark.arguments(command, server, input, EXAMPLE.resolve("categories.yaml"), here);
            arguments.addAll(List.of("--text-column=text", "--sub-batch-size=" + subBatch));
            CliRun run = CliRun.of(arguments);
            if (run.exitCode() != 0) {
                throw new IOException("exit code " + run.exitCode());
            }
            Stats stats = server.stats();
            double tokens = (double) (stats.promptTokens() + stats.answerTokens())
                    / server.bill().texts();
            Report.line(
                    Report.number(subBatch),
                    Report.number(server.bill().texts()),
                    Report.number(stats.calls()),
                    Report.number(Math.round(tokens)),
                    Report.number(stats.cachedTokens() * 100 / Math.max(1, stats.promptTokens())) + " %");
            return tokens;
        }
    }
}
