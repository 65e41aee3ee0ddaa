package dev.pigeonhole.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Goals P15 and P16: the command line with a local categorizer that has learned 20 categories from 20,000 rows, started by the
 * launcher with a heap of 64 MB; beside FastCSV, which only reads and writes, and OpenNLP's maxent, which has learned from the same
 * rows, with FastCSV in and out. "One core" binds the process to one, where the system can do that.
 *
 * @param runs of each, in turns; the median is told
 */
record LocalPathBenchmark(Path folder, long rows, int runs) {
    private static final long TRAINING_ROWS = 20_000;
    /** Training rows come from elsewhere in the same endless table. */
    private static final long FIRST_TRAINING_ROW = 1L << 40;

    private static final List<String> FLAGS = List.of("-Xmx64m", "-XX:+UseSerialGC");
    private static final int TIMES = 10;

    private record Taken(long cpuMillis, long wallMillis, long residentKb) {}

    /** Something that can be measured. */
    private interface Run {
        Taken take() throws IOException, InterruptedException;
    }

    /** Something measured several times. */
    private static final class Contestant {
        private final String what;
        private final Run run;
        private final List<Taken> taken = new ArrayList<>();

        Contestant(String what, Run run) {
            this.what = what;
            this.run = run;
        }

        Taken median() {
            return taken.stream()
                    .sorted(Comparator.comparingLong(Taken::cpuMillis))
                    .toList()
                    .get(taken.size() / 2);
        }

        /** Wall time has a median of its own. */
        long wallMillis() {
            return taken.stream().map(Taken::wallMillis).sorted().toList().get(taken.size() / 2);
        }
    }

    /** P15. */
    void compare() throws IOException, InterruptedException {
        Path input = input(rows);
        List<String> learned = learn();
        Path model = folder.resolve("maxent.bin");
        Child.run(MaxentProcess.class, List.of(), "train", folder.resolve("training.csv"), model);
        Path few = folder.resolve("few.csv");
        TopicTable.write(few, 1, 1);

        Contestant start = new Contestant("pigeonhole, 1 row: its start", () -> pigeonhole(few, learned, 1, List.of()));
        Contestant one = new Contestant("pigeonhole, one core", () -> pigeonhole(input, learned, 1, oneCore()));
        Contestant two = new Contestant("pigeonhole, two threads", () -> pigeonhole(input, learned, 2, List.of()));
        Contestant fastCsv = new Contestant("FastCSV reads and writes", () -> fastCsv(input));
        Contestant maxent = new Contestant("OpenNLP maxent, one core", () -> maxent(input, model, 1, oneCore()));
        Contestant maxentTwo = new Contestant("OpenNLP maxent, two threads", () -> maxent(input, model, 2, List.of()));
        List<Contestant> all = List.of(fastCsv, maxent, maxentTwo, start, one, two);
        for (int i = 0; i < runs; i++) {
            for (Contestant contestant : all) {
                contestant.taken.add(contestant.run.take());
            }
        }
        table(all, start, fastCsv);
        goal("P15, of FastCSV's rows per CPU second", cpu(fastCsv) / cpu(one), 0.20);
        goal("P15, times OpenNLP's rows per CPU second", cpu(maxent) / cpu(one), 1.5);
        goal("P15, two threads, times the speed of one core", one.wallMillis() / (double) two.wallMillis(), 1.6);
        System.out.println("Right: pigeonhole " + right("output.csv") + ", OpenNLP " + right("maxent.csv") + " of "
                + Report.number(rows));
    }

    /** P16. */
    void grow() throws IOException, InterruptedException {
        List<String> learned = learn();
        Path input = input(rows);
        Path large = folder.resolve("large.csv");
        TopicTable.write(large, 1, rows * TIMES);
        Contestant once = new Contestant("pigeonhole", () -> pigeonhole(input, learned, 2, List.of()));
        Contestant more =
                new Contestant("pigeonhole, 10 times the rows", () -> pigeonhole(large, learned, 2, List.of()));
        for (int i = 0; i < runs; i++) {
            once.taken.add(once.run.take());
            more.taken.add(more.run.take());
        }
        Report.head("-Xmx64m", "what", "rows per CPU second", "CPU s", "wall s", "resident peak MB");
        line(once, rows);
        line(more, rows * TIMES);
        System.out.println(ratio("P16, CPU, times 10 x P15", cpu(more) / cpu(once) / TIMES) + " (goal: at most 1.10)");
        System.out.println(ratio("P16, wall, times 10 x P15", more.wallMillis() / (double) once.wallMillis() / TIMES)
                + " (goal: at most 1.10)");
    }

    private Path input(long count) throws IOException {
        Path input = folder.resolve("input.csv");
        TopicTable.write(input, 1, count);
        return input;
    }

    /** What the command line has to be told to use what is learned from the training rows. */
    private List<String> learn() throws IOException, InterruptedException {
        Path training = folder.resolve("training.csv");
        TopicTable.write(training, FIRST_TRAINING_ROW, TRAINING_ROWS);
        Path model = folder.resolve("model.pgn");
        CliRun trained = CliRun.of(launcher(
                List.of(),
                "train",
                training.toString(),
                "--text-column=text",
                "--label-column=label",
                "--out=" + model));
        if (trained.exitCode() == 0) {
            System.out.println("Learned in " + Report.seconds(trained.cpuMillis()) + " s of CPU, "
                    + Report.megabytes(Files.size(model) >> 10) + " MB");
            return List.of("--model=" + model);
        }
        System.out.println(
                "No model was trained: a twentieth of the rows are examples of a category file, learned from in each run");
        // All of them would be more than a category file may hold, and than can be learned in the heap of the runs.
        Path categories = folder.resolve("categories.yaml");
        TopicTable.writeCategories(categories, FIRST_TRAINING_ROW, TRAINING_ROWS / 20);
        return List.of("--categories=" + categories);
    }

    private Taken pigeonhole(Path input, List<String> learned, int threads, List<String> before)
            throws IOException, InterruptedException {
        Path job = Files.createDirectory(folder.resolve("job"));
        Path output = folder.resolve("output.csv");
        Files.deleteIfExists(output);
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                input.toString(),
                "--text-column=text",
                "--provider=local",
                "--concurrency=" + threads,
                "--output=" + output,
                "--workspace=" + job.resolve("workspace"),
                "--logs=" + job.resolve("logs"),
                "--yes",
                "--quiet"));
        arguments.addAll(learned);
        CliRun run = CliRun.of(launcher(before, arguments.toArray(String[]::new)));
        require(run.exitCode() == 0, "the run ended with " + run.exitCode());
        Benchmarks.delete(job);
        return new Taken(run.cpuMillis(), run.wallMillis(), run.residentPeakKb());
    }

    private static List<String> launcher(List<String> before, String... arguments) {
        List<String> command = new ArrayList<>(before);
        String options = "-Xmx64m " + System.getenv().getOrDefault("PIGEONHOLE_JAVA_OPTS", "");
        // Training takes what it needs.
        command.addAll(List.of(
                "env",
                arguments[0].equals("run") ? "PIGEONHOLE_JAVA_OPTS=" + options : "PIGEONHOLE_JAVA_OPTS=",
                "./pigeonhole"));
        command.addAll(List.of(arguments));
        return command;
    }

    private Taken fastCsv(Path input) throws IOException, InterruptedException {
        return taken(Child.run(PlainProcess.class, FLAGS, "fastcsv", input, folder.resolve("copy.csv"), 1));
    }

    private Taken maxent(Path input, Path model, int threads, List<String> before)
            throws IOException, InterruptedException {
        return taken(Child.run(
                before, MaxentProcess.class, FLAGS, "run", input, model, folder.resolve("maxent.csv"), threads));
    }

    private static Taken taken(Child child) {
        return new Taken(child.number("cpu_ms"), child.number("wall_ms"), child.number("rss_peak_kb"));
    }

    private static List<String> oneCore() {
        return Files.isExecutable(Path.of("/usr/bin/taskset")) ? List.of("taskset", "-c", "0") : List.of();
    }

    private void table(List<Contestant> all, Contestant start, Contestant fastCsv) {
        Report.head(
                Report.number(rows) + " rows, medians of " + runs + ", -Xmx64m",
                "what",
                "rows per CPU second",
                "CPU s",
                "wall s",
                "resident peak MB",
                "of FastCSV");
        for (Contestant contestant : all) {
            boolean whole = contestant != start;
            Report.line(
                    contestant.what,
                    whole ? Report.number(perCpuSecond(contestant, rows)) : "",
                    Report.seconds(contestant.median().cpuMillis),
                    Report.seconds(contestant.wallMillis()),
                    Report.megabytes(contestant.median().residentKb),
                    whole ? String.format(Locale.ROOT, "%.3f", cpu(fastCsv) / cpu(contestant)) : "");
        }
        System.out.println();
    }

    private static void line(Contestant contestant, long rows) {
        Report.line(
                contestant.what,
                Report.number(perCpuSecond(contestant, rows)),
                Report.seconds(contestant.median().cpuMillis),
                Report.seconds(contestant.wallMillis()),
                Report.megabytes(contestant.taken.stream()
                        .mapToLong(Taken::residentKb)
                        .max()
                        .orElse(0)));
    }

    private static long perCpuSecond(Contestant contestant, long rows) {
        return Math.round(rows * 1_000 / cpu(contestant));
    }

    private static double cpu(Contestant contestant) {
        return contestant.median().cpuMillis;
    }

    private static void goal(String what, double got, double wanted) {
        System.out.println(ratio(what, got) + " (goal: at least " + wanted + (got < wanted ? ", missed)" : ", met)"));
    }

    private static String ratio(String what, double got) {
        return String.format(Locale.ROOT, "%s: %.3f", what, got);
    }

    private String right(String output) throws IOException {
        return Report.number(TopicTable.right(folder.resolve(output)));
    }

    private static void require(boolean so, String otherwise) {
        if (!so) {
            throw new IllegalStateException(otherwise);
        }
    }
}
