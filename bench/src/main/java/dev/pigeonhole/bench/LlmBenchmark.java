package dev.pigeonhole.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
    /** All that go through {@link LlmScenarios}. */
    private static final String SCENARIOS = "scenarios";

    /** A measurement that has a table of its own. */
    private interface Own {
        void run() throws IOException, InterruptedException;
    }

    void run() throws IOException, InterruptedException {
        Map<String, Own> own = own();
        requireKnown(own.keySet());
        boolean all = names.isEmpty() || names.contains(SCENARIOS);
        boolean well = scenarios(all ? LlmScenarios.all() : LlmScenarios.named(names));
        for (Map.Entry<String, Own> one : own.entrySet()) {
            if (names.isEmpty() || names.contains(one.getKey())) {
                one.getValue().run();
            }
        }
        if (!well) {
            throw new IOException("a scenario failed");
        }
    }

    private Map<String, Own> own() {
        Map<String, Own> own = new LinkedHashMap<>();
        own.put("P10", new KillBenchmark(folder, command, rows(KillBenchmark.ROWS))::run);
        own.put("P13", new OneCallBenchmark(folder, command)::run);
        own.put("P14", new LlmResumeBenchmark(folder, command, rows(LlmResumeBenchmark.ROWS))::run);
        own.put("tokens", new TokensBenchmark(folder, command)::run);
        own.put("hints", new HintsBenchmark(folder, command)::run);
        return own;
    }

    private long rows(long rows) {
        return quick ? rows / SHARE : rows;
    }

    private void requireKnown(Set<String> own) {
        Set<String> known = new TreeSet<>(own);
        known.add(SCENARIOS);
        LlmScenarios.all().forEach(scenario -> known.add(scenario.name()));
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("there is no scenario " + name + ", but " + known);
        });
    }

    /** Whether all of them ran. */
    private boolean scenarios(List<LlmScenario> scenarios) throws InterruptedException {
        if (scenarios.isEmpty()) {
            return true;
        }
        Report.head(
                "Language model",
                "",
                "what",
                "wanted: got",
                "calls",
                "wall s",
                "CPU ms a call",
                "resident peak MB",
                "load");
        boolean well = true;
        double wallOfP1 = LlmScenarios.IDEAL_WALL / (quick ? SHARE : 1);
        for (LlmScenario scenario : scenarios) {
            LlmScenario sized = scenario.withRows(rows(scenario.rows()));
            try {
                LlmRun run = run(sized, wallOfP1);
                report(sized, run);
                wallOfP1 = scenario.name().equals("P1") ? run.stats().wallSeconds() : wallOfP1;
            } catch (IOException | UncheckedIOException | IllegalStateException e) {
                Report.line(scenario.name(), scenario.what(), "**failed**: " + e, "", "", "", "", "");
                well = false;
            }
        }
        return well;
    }

    private static void report(LlmScenario scenario, LlmRun run) {
        String goals = scenario.goals().apply(run).stream().map(Goal::inWords).collect(Collectors.joining("; "));
        Report.line(
                scenario.name(),
                Report.number(scenario.rows()) + " rows: " + scenario.what(),
                (run.product().exitCode() == 0
                                ? ""
                                : "exit code " + run.product().exitCode() + "; ")
                        + goals,
                Report.number(run.stats().calls()),
                String.format(Locale.ROOT, "%.2f", run.stats().wallSeconds()),
                String.format(Locale.ROOT, "%.2f", run.cpuMillisPerCall()),
                Report.megabytes(run.product().residentPeakKb()),
                String.format(Locale.ROOT, "%.1f", run.load()));
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
