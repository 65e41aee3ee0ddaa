package dev.pigeonhole.bench;

import dev.pigeonhole.core.LabelledText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The local classifier beside scikit-learn's linear pipeline: the same rows to learn from and to answer, in turns, one thread each.
 *
 * <p>The environment variable PYTHON names the interpreter that has scikit-learn; without it, python3 is asked, and then the system's.
 *
 * @param folder for files that are not needed afterwards
 * @param data holds train.csv and test.csv
 * @param draws how often examples are drawn where there are few; at least 1
 */
record SklearnBenchmark(Path folder, Path data, int draws) {
    private static final List<String> FLAGS = List.of("-Xmx1g", "-XX:+UseSerialGC");
    private static final Path SCRIPT = Path.of("bench", "sklearn_baseline.py");
    private static final int ROUNDS = 5;
    /** More rounds, so that the share of the compiler is as in a file of half a million rows. */
    private static final int MODEL_ROUNDS = 160;

    void run() throws IOException, InterruptedException {
        Optional<String> interpreter = interpreter();
        if (interpreter.isEmpty()) {
            System.out.println(
                    "\nSkipped: no Python with scikit-learn was found; the environment variable PYTHON names one.");
            return;
        }
        Report.head(
                "Banking77, 77 categories, 3,080 rows answered; means of " + draws + " draws where examples are drawn",
                "examples a category",
                "who",
                "accuracy",
                "training CPU s",
                "rows answered per CPU second");
        List<LabelledText> all = LabelledRows.read(data.resolve("train.csv"));
        compare(interpreter.get(), "all (130 on average)", List.of(all));
        for (int perCategory : new int[] {50, 10, 5}) {
            List<List<LabelledText>> drawn = new ArrayList<>();
            for (int seed = 0; seed < draws; seed++) {
                drawn.add(LabelledRows.draw(all, perCategory, seed));
            }
            compare(interpreter.get(), Integer.toString(perCategory), drawn);
        }
    }

    private void compare(String interpreter, String what, List<List<LabelledText>> samples)
            throws IOException, InterruptedException {
        List<Child> ours = new ArrayList<>();
        List<Child> theirs = new ArrayList<>();
        Path test = data.resolve("test.csv");
        for (List<LabelledText> sample : samples) {
            Path train = folder.resolve("train.csv");
            LabelledRows.write(train, sample);
            theirs.add(python(interpreter, train, test));
            ours.add(Child.run(ModelProcess.class, FLAGS, train, test, MODEL_ROUNDS));
        }
        line(what, "scikit-learn " + theirs.get(0).text("version") + ", C = " + texts(theirs, "cost"), theirs, ROUNDS);
        line(what, "Pigeonhole, " + texts(ours, "method"), ours, MODEL_ROUNDS);
    }

    /** The first that has scikit-learn; a Python that a person has installed often hides the system's, which has it. */
    private static Optional<String> interpreter() throws InterruptedException {
        String told = System.getenv().getOrDefault("PYTHON", "");
        for (String name : told.isEmpty() ? List.of("python3", "/usr/bin/python3") : List.of(told)) {
            if (hasScikitLearn(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static boolean hasScikitLearn(String interpreter) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(interpreter, "-c", "import sklearn")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false; // No such program.
        }
    }

    private static Child python(String interpreter, Path train, Path test) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        interpreter, SCRIPT.toString(), train.toString(), test.toString(), Integer.toString(ROUNDS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(SCRIPT + " ended with " + process.exitValue());
        }
        return new Child(output.lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    }

    private static String texts(List<Child> children, String name) {
        return children.stream().map(child -> child.text(name)).distinct().collect(Collectors.joining(" or "));
    }

    private static void line(String what, String who, List<Child> children, int rounds) {
        long rows = sum(children, "rows");
        double accuracy = (double) sum(children, "right") * rounds / rows;
        Report.line(
                what,
                who,
                String.format(Locale.ROOT, "%.4f", accuracy),
                Report.seconds(sum(children, "train_ms") / children.size()),
                Report.number(rows * 1_000 / Math.max(1, sum(children, "predict_ms"))));
    }

    private static long sum(List<Child> children, String name) {
        return children.stream().mapToLong(child -> child.number(name)).sum();
    }
}
