package dev.pigeonhole.bench;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Ranker;
import dev.pigeonhole.local.LocalCategorizer;
import dev.pigeonhole.local.LocalRankerProvider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.LongFunction;

/**
 * How right the local categorizer is with little help, with and without training itself on the input; one thread.
 *
 * @param data holds test.csv and, for examples drawn from it, train.csv
 * @param categories names, descriptions, keywords and five examples of each category of the data
 * @param draws how often examples are drawn, at least 1
 */
record HelpBenchmark(Path data, Path categories, int draws) {
    private static final int MOST_INPUT = 2_000;
    private static final int ENOUGH_ROWS = 60_000;

    void run() throws IOException {
        List<LabelledText> test = LabelledRows.read(data.resolve("test.csv"));
        Report.head(
                test.size() + " rows, means of " + draws + " draws where examples are drawn",
                "what is known of a category",
                "self-training",
                "accuracy",
                "recall@5",
                "recall@10",
                "calibration error",
                "answered",
                "right of these",
                "training CPU s",
                "rows per CPU s");
        Taxonomy all = Taxonomy.load(categories);
        compare("name", 1, seed -> with(all, 0, false), test);
        Path train = data.resolve("train.csv");
        if (Files.exists(train)) {
            List<LabelledText> rows = LabelledRows.read(train);
            for (int examples : new int[] {1, 3, 5, 10, 20}) {
                compare("name, " + examples + " examples", draws, seed -> drawn(all, rows, examples, seed), test);
            }
        }
        compare("name, description, keywords", 1, seed -> with(all, 0, true), test);
        compare("all of categories.yaml", 1, seed -> with(all, Integer.MAX_VALUE, true), test);
        List<String> few =
                all.categories().stream().map(Category::name).limit(20).toList();
        compare(
                "all of categories.yaml, 20 categories",
                1,
                seed -> new Taxonomy("", with(all, 5, true).categories().subList(0, 20), false),
                test.stream().filter(row -> few.contains(row.category())).toList());
    }

    private static Taxonomy with(Taxonomy all, int examples, boolean words) {
        List<Category> categories = all.categories().stream()
                .map(category -> new Category(
                        category.name(),
                        words ? category.description() : "",
                        words ? category.keywords() : List.of(),
                        category.examples()
                                .subList(
                                        0,
                                        Math.min(examples, category.examples().size()))))
                .toList();
        return new Taxonomy("", categories, false);
    }

    private static Taxonomy drawn(Taxonomy all, List<LabelledText> rows, int examples, long seed) {
        List<LabelledText> drawn = LabelledRows.draw(rows, examples, seed);
        List<Category> categories = all.categories().stream()
                .map(category -> new Category(
                        category.name(),
                        "",
                        List.of(),
                        drawn.stream()
                                .filter(row -> row.category().equals(category.name()))
                                .map(LabelledText::text)
                                .toList()))
                .toList();
        return new Taxonomy("", categories, false);
    }

    private void compare(String help, int times, LongFunction<Taxonomy> taxonomies, List<LabelledText> test) {
        List<String> input =
                new ArrayList<>(test.stream().map(LabelledText::text).toList());
        Collections.shuffle(input, new Random(1));
        line(help, "off", times, taxonomies, test, List.of());
        line(help, "on", times, taxonomies, test, input.subList(0, Math.min(MOST_INPUT, input.size())));
    }

    private static void line(
            String help,
            String selfTraining,
            int times,
            LongFunction<Taxonomy> taxonomies,
            List<LabelledText> test,
            List<String> input) {
        double[] sums = new double[8];
        for (int seed = 0; seed < times; seed++) {
            double[] figures = measure(taxonomies.apply(seed), test, input);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += figures[i] / times;
            }
        }
        Report.line(
                help,
                selfTraining,
                text("%.4f", sums[0]),
                input.isEmpty() ? text("%.3f", sums[1]) : "",
                input.isEmpty() ? text("%.3f", sums[2]) : "",
                text("%.3f", sums[3]),
                text("%.3f", sums[4]),
                text("%.3f", sums[5]),
                text("%.1f", sums[6]),
                Report.number(Math.round(sums[7])));
    }

    private static String text(String format, double figure) {
        return String.format(Locale.ROOT, format, figure);
    }

    private static double[] measure(Taxonomy taxonomy, List<LabelledText> test, List<String> input) {
        List<Item> items = new ArrayList<>();
        test.forEach(row -> items.add(new Item(items.size() + 1, row.text())));
        long before = cpu();
        try (LocalCategorizer every = LocalCategorizer.of(taxonomy, 0, input);
                LocalCategorizer some = LocalCategorizer.of(new Taxonomy("", taxonomy.categories(), true), 0, input)) {
            double training = (cpu() - before) / 2e9;
            Reliability reliability = new Reliability();
            int right = count(every.categorize(items), test, reliability);
            List<Outcome> outcomes = some.categorize(items);
            int rightOfSome = count(outcomes, test, new Reliability());
            double answered = outcomes.stream()
                    .filter(Outcome.Categorized.class::isInstance)
                    .count();
            return new double[] {
                (double) right / test.size(),
                input.isEmpty() ? recall(taxonomy, test, 5) : 0,
                input.isEmpty() ? recall(taxonomy, test, 10) : 0,
                reliability.error(),
                answered / test.size(),
                rightOfSome / answered,
                training,
                rate(some, items)
            };
        }
    }

    private static int count(List<Outcome> outcomes, List<LabelledText> test, Reliability reliability) {
        int right = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Categorized answer) {
                boolean same = answer.category().equals(test.get(i).category());
                right += same ? 1 : 0;
                reliability.add(answer.confidence().orElse(1), same);
            }
        }
        return right;
    }

    private static double recall(Taxonomy taxonomy, List<LabelledText> test, int most) {
        Ranker ranker = new LocalRankerProvider().create(taxonomy, List.of());
        long found = test.stream()
                .filter(row -> ranker.rank(row.text(), most).stream()
                        .anyMatch(candidate -> candidate.category().equals(row.category())))
                .count();
        return (double) found / test.size();
    }

    private static double rate(LocalCategorizer categorizer, List<Item> items) {
        int rows = 0;
        long before = cpu();
        while (rows < ENOUGH_ROWS) {
            categorizer.categorize(items);
            rows += items.size();
        }
        return rows / ((cpu() - before) / 1e9);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** How far confidence is from the share of right answers, over fifteen steps of confidence. */
    private static final class Reliability {
        private static final int STEPS = 15;

        private final double[] gaps = new double[STEPS];
        private int answers;

        void add(double confidence, boolean right) {
            gaps[Math.min(STEPS - 1, (int) (confidence * STEPS))] += confidence - (right ? 1 : 0);
            answers++;
        }

        double error() {
            double sum = 0;
            for (double gap : gaps) {
                sum += Math.abs(gap);
            }
            return sum / answers;
        }
    }
}
