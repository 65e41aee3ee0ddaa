package dev.pigeonhole.bench;

import dev.pigeonhole.core.LabelledText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the cascade saves, and whether it keeps its promise: train.csv and test.csv of a folder in one file, shuffled or sorted by
 * category, asked of one who knows the labels or who is wrong on a tenth of the texts, run after run with another seed. First the
 * cascade alone, then the command line with the fake server as the judge of what was asked. Agreement is over all rows. Immutable.
 *
 * @param folder for all that comes up
 * @param command how the command line is started
 * @param data where train.csv and test.csv are
 * @param seeds runs a line
 * @param targets agreement that is asked for
 * @param quick whether the first case is enough, which shows that it runs
 */
record CascadeBenchmark(Path folder, List<String> command, Path data, int seeds, List<Double> targets, boolean quick) {
    private static final double WRONG = 0.1;
    private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:+UseSerialGC");

    CascadeBenchmark {
        command = List.copyOf(command);
        targets = List.copyOf(targets);
    }

    private record Case(double target, double wrong, String order) {
        String name() {
            return order + ", " + (wrong == 0 ? "right" : "10 % wrong");
        }
    }

    /**
     * @param saved share of the different texts that nobody was asked about
     * @param agreement over all rows
     */
    private record Run(double saved, double agreement, long cpuMillis) {}

    /** Runs a case with a seed. */
    private interface Way {
        Run run(Case what, int seed) throws IOException, InterruptedException;
    }

    void run() throws IOException, InterruptedException {
        report("Cascade alone", this::alone, seeds);
        report("Cascade, command line", this::commandLine, 1);
    }

    private void report(String title, Way way, int runs) throws IOException, InterruptedException {
        Report.head(
                title + ", categories known by name alone",
                "rows, answers",
                "target",
                "seeds",
                "saved, mean",
                "least",
                "agreement, mean",
                "least",
                "kept",
                "CPU s a run");
        for (double target : targets) {
            for (double wrong : quick ? List.of(0.0) : List.of(0.0, WRONG)) {
                for (String order : quick ? List.of("shuffled") : List.of("shuffled", "sorted")) {
                    report(new Case(target, wrong, order), way, runs);
                }
            }
        }
    }

    private static void report(Case what, Way way, int seeds) throws IOException, InterruptedException {
        List<Run> runs = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            runs.add(way.run(what, seed));
        }
        long kept =
                runs.stream().filter(run -> run.agreement() >= what.target()).count();
        Report.line(
                what.name(),
                what.target(),
                seeds,
                share(runs.stream().mapToDouble(Run::saved).average().orElse(0)),
                share(runs.stream().mapToDouble(Run::saved).min().orElse(0)),
                share(runs.stream().mapToDouble(Run::agreement).average().orElse(0)),
                share(runs.stream().mapToDouble(Run::agreement).min().orElse(0)),
                kept + " of " + seeds,
                Report.seconds(
                        (long) runs.stream().mapToLong(Run::cpuMillis).average().orElse(0)));
    }

    private Run alone(Case what, int seed) throws IOException, InterruptedException {
        Child child =
                Child.run(CascadeProcess.class, FLAGS, data, folder, what.target(), what.wrong(), what.order(), seed);
        return new Run(
                Double.parseDouble(child.text("saved")),
                Double.parseDouble(child.text("agreement")),
                child.number("cpu_ms"));
    }

    private Run commandLine(Case what, int seed) throws IOException, InterruptedException {
        List<LabelledText> truth = CascadeProcess.rows(data);
        CascadeTable answered = CascadeTable.of(truth, what.wrong(), seed);
        CascadeTable table = what.order().equals("sorted") ? answered.sorted() : answered.shuffled(seed);
        Path here = Files.createDirectory(folder.resolve("cascade"));
        try {
            Path input = here.resolve("input.csv");
            Path answers = here.resolve("answers.csv");
            Path categories = here.resolve("categories.yaml");
            table.writeTexts(input);
            table.writeAnswers(answers);
            table.writeCategories(categories);
            try (FakeServer server = FakeServer.start(List.of("--labels=" + answers, "--label-column=category"))) {
                List<String> arguments = LlmBenchmark.arguments(command, server, input, categories, here);
                arguments.addAll(List.of("--text-column=text", "--cascade=" + what.target(), "--cascade-seed=" + seed));
                CliRun product = CliRun.of(arguments);
                if (product.exitCode() != 0) {
                    throw new IOException("exit code " + product.exitCode() + " of " + what + ", seed " + seed);
                }
                double saved = 1 - (double) server.bill().texts() / table.texts();
                return new Run(saved, table.agreement(here.resolve("output.csv")), product.cpuMillis());
            }
        } finally {
            Benchmarks.delete(here);
        }
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
