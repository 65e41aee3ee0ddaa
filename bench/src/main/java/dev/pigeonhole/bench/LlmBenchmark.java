package dev.pigeonhole.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The command line against the fake language model, scenario by scenario; the server is the judge. Immutable.
 *
 * @param folder for all that comes up
 * @param command how the command line is started
 * @param names of the scenarios; empty for all
 * @param quick whether a tenth of the rows is enough, which says nothing about the goals
 */
record LlmBenchmark(Path folder, List<String> command, List<String> names, boolean quick) {
    private static final int SHARE = 10;

    void run() throws IOException, InterruptedException {
        requireKnown();
        if (!LlmScenarios.named(names).isEmpty()) {
            Report.head("Language model", "", "scenario", "what", "goal", "value", "");
        }
        double wallOfP1 = LlmScenarios.IDEAL_WALL / (quick ? SHARE : 1);
        for (LlmScenario scenario : LlmScenarios.named(names)) {
            LlmScenario sized = quick ? scenario.withRows(scenario.rows() / SHARE) : scenario;
            LlmRun run = run(sized, wallOfP1);
            report(sized, run);
            wallOfP1 = scenario.name().equals("P1") ? run.stats().wallSeconds() : wallOfP1;
        }
        if (names.isEmpty() || names.contains("P13")) {
            new OneCallBenchmark(folder, command).run();
        }
        if (names.isEmpty() || names.contains("tokens")) {
            new TokensBenchmark(folder, command).run();
        }
        if (names.isEmpty() || names.contains("hints")) {
            new HintsBenchmark(folder, command).run();
        }
    }

    private void requireKnown() {
        Set<String> known = new TreeSet<>(Set.of("P13", "tokens", "hints"));
        LlmScenarios.all().forEach(scenario -> known.add(scenario.name()));
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("there is no scenario " + name + ", but " + known);
        });
    }

    private static void report(LlmScenario scenario, LlmRun run) {
        String rows = Report.number(scenario.rows()) + " rows: ";
        Report.line(scenario.name(), rows + scenario.what(), run.taken(), "", "", "");
        for (Goal goal : scenario.goals().apply(run)) {
            Report.line("", "", goal.what(), goal.wanted(), goal.value(), goal.met() ? "ok" : "**missed**");
        }
    }

    /** One run from nothing. */
    LlmRun run(LlmScenario scenario, double wallOfP1) throws IOException, InterruptedException {
        Path here = folder.resolve(scenario.name());
        MessyTable table = MessyTable.write(here, scenario.rows());
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        List<String> options = new ArrayList<>(scenario.server());
        options.add("--labels=" + table.labels());
        try (FakeServer server = FakeServer.start(options)) {
            Thread meanwhile = start(scenario.meanwhile(), server);
            List<String> arguments = arguments(server, table.input(), table.categories(), here);
            arguments.addAll(List.of("--text-column", "text"));
            arguments.addAll(scenario.product());
            CliRun product = CliRun.of(arguments);
            meanwhile.interrupt();
            meanwhile.join();
            return new LlmRun(
                    server.stats(), server.bill(), product, table.judge(here.resolve("output.csv")), load, wallOfP1);
        } finally {
            Benchmarks.delete(here);
        }
    }

    private List<String> arguments(FakeServer server, Path input, Path categories, Path here) {
        return arguments(command, server, input, categories, here);
    }

    /** Without hints: there were none when the figures began that these are compared with. */
    static List<String> arguments(List<String> command, FakeServer server, Path input, Path categories, Path here) {
        return arguments(command, server, input, categories, here, "off");
    }

    static List<String> arguments(
            List<String> command, FakeServer server, Path input, Path categories, Path here, String hints) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(
                "run",
                input.toString(),
                "--categories=" + categories,
                "--output=" + here.resolve("output.csv"),
                "--workspace=" + here.resolve("workspace"),
                "--logs=" + here.resolve("logs"),
                "--quiet",
                "--provider=openai",
                "--hints=" + hints,
                "--option=model=gpt-4o-mini",
                "--option=base-url=" + server.baseUrl()));
        return all;
    }

    private static Thread start(LlmScenario.Meanwhile meanwhile, FakeServer server) {
        Thread thread = new Thread(() -> {
            try {
                meanwhile.happen(server);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // The command ended first.
            }
        });
        thread.start();
        return thread;
    }
}
