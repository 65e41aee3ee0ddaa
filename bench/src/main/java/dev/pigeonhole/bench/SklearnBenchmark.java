package dev.pigeonhole.bench;

import dev.pigeonhole.core.LabelledText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The local classifier beside scikit-learn's linear pipeline: the same rows to learn from and to answer, in turns, one thread each.
 *
 * <p>The environment variable PYTHON names the interpreter that has scikit-learn; without it, python3 is asked.
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
        Report.head(
                "Banking77, 77 categories, 3,080 rows answered; means of " + draws + " draws where examples are drawn",
                "examples a category",
                "who",
                "accuracy",
                "training CPU s",
                "rows answered per CPU second");
        List<LabelledText> all = LabelledRows.read(data.resolve("train.csv"));
        compare("all (130 on average)", List.of(all));
        for (int perCategory : new int[] {50, 10, 5}) {
            List<List<LabelledText>> drawn = new ArrayList<>();
            for (int seed = 0; seed < draws; seed++) {
                drawn.add(LabelledRows.draw(all, perCategory, seed));
            }
            compare(Integer.toString(perCategory), drawn);
        }
    }

    private void compare(String what, List<List<LabelledText>> samples) throws IOException, InterruptedException {
        List<Child> ours = new ArrayList<>();
        List<Child> theirs = new ArrayList<>();
        Path test = data.resolve("test.csv");
        for (List<LabelledText> sample : samples) {
            Path train = folder.resolve("train.csv");
            LabelledRows.write(train, sample);
            theirs.add(python(train, test));
            ours.add(Child.run(ModelProcess.class, FLAGS, train, test, MODEL_ROUNDS));
        }
        line(what, "scikit-learn " + theirs.get(0).text("version") + ", C = " + texts(theirs, "cost"), theirs, ROUNDS);
        line(what, "Pigeonhole, " + texts(ours, "method"), ours, MODEL_ROUNDS);
    }

    private static Child python(Path train, Path test) throws IOException, InterruptedException {
        String interpreter = System.getenv().getOrDefault("PYTHON", "python3");
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
