package dev.pigeonhole.bench;

import dev.pigeonhole.fakellm.Stats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * P10: the command is killed at half of its calls, with all places in use, and given again. Answers come evenly, some five in 50 ms.
 *
 * @param command how the command line is started
 */
record KillBenchmark(Path folder, List<String> command, long rows) {
    static final long ROWS = 40_000;
    private static final int ROWS_A_CALL = 20;
    private static final int PLACES = 100;
    private static final long JUST_BEFORE_MILLIS = 50;
    private static final long MOST_AVOIDABLE = 100;

    KillBenchmark {
        command = List.copyOf(command);
    }

    /**
     * What the server saw around the kill.
     *
     * @param justBefore some 50 ms before it
     */
    private record Killed(Stats justBefore, Stats after) {
        /** Calls that the server had begun and not ended, and those that it had just ended. */
        long underWay() {
            return after.calls() - justBefore.ended();
        }
    }

    /** What is wanted of it, and what came. */
    List<Goal> run() throws IOException, InterruptedException {
        Path here = folder.resolve("P10");
        MessyTable table = MessyTable.write(here, rows);
        try (FakeServer server =
                FakeServer.start(List.of("--labels=" + table.labels(), "--latency=uniform:500-1500"))) {
            List<String> arguments = LlmBenchmark.arguments(command, server, table.input(), table.categories(), here);
            arguments.addAll(List.of("--text-column=text", "-j", Integer.toString(PLACES)));
            Killed killed = killAtHalf(arguments, server);
            CliRun again = CliRun.of(arguments);
            List<Goal> goals = goals(killed, again, server.bill(), table.judge(here.resolve("output.csv")));
            report(killed, goals);
            return goals;
        } finally {
            Benchmarks.delete(here);
        }
    }

    private Killed killAtHalf(List<String> arguments, FakeServer server) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(arguments)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Stats> seen = new ArrayList<>(List.of(server.stats(), server.stats()));
        try {
            while (seen.get(1).calls() < rows / ROWS_A_CALL / 2) {
                if (!process.isAlive()) {
                    throw new IOException("it ended by itself, with " + process.exitValue());
                }
                TimeUnit.MILLISECONDS.sleep(JUST_BEFORE_MILLIS);
                seen.remove(0);
                seen.add(server.stats());
            }
        } finally {
            process.destroyForcibly().waitFor(); // kill -9
        }
        return new Killed(seen.get(0), server.stats());
    }

    private List<Goal> goals(Killed killed, CliRun again, FakeServer.Sums bill, MessyTable.Verdict output) {
        return List.of(
                Goal.exactly("exit code of the same command", 0, again.exitCode()),
                Goal.clean(output),
                Goal.atMost(
                        "rows billed twice (20 x calls in flight at the kill, or just ended)",
                        (double) ROWS_A_CALL * killed.underWay(),
                        (double) bill.billed() - rows),
                Goal.atMost(
                        "of those, answered before the kill", (double) MOST_AVOIDABLE, (double) bill.billedAgain()));
    }

    private void report(Killed killed, List<Goal> goals) {
        Report.head(
                "P10: " + Report.number(rows) + " rows, kill -9 after "
                        + Report.number(killed.after().calls()) + " calls with "
                        + killed.after().inFlight() + " of " + PLACES + " in flight; the same command again",
                "what",
                "wanted",
                "got",
                "");
        for (Goal goal : goals) {
            Report.line(goal.what(), goal.wanted(), goal.value(), goal.met() ? "ok" : "**missed**");
        }
    }
}
