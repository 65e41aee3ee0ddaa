package dev.pigeonhole.bench;

import dev.pigeonhole.cascade.CascadeCategorizer;
import dev.pigeonhole.cascade.CascadeSettings;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.RankerProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A cascade over the rows of a folder in a process of its own, without engine and server. Arguments: the folder with train.csv and
 * test.csv; a folder for what comes up; the target; the share of wrong answers; {@code sorted} or {@code shuffled}; the seed.
 */
final class CascadeProcess {
    private CascadeProcess() {}

    public static void main(String[] args) throws IOException {
        Meter meter = new Meter();
        List<LabelledText> truth = rows(Path.of(args[0]));
        Path folder = Files.createTempDirectory(Path.of(args[1]), "job");
        long seed = Long.parseLong(args[5]);
        CascadeSettings settings =
                CascadeSettings.of(Double.parseDouble(args[2])).withSeed(seed);
        CascadeTable answered = CascadeTable.of(truth, Double.parseDouble(args[3]), seed);
        CascadeTable table = args[4].equals("sorted") ? answered.sorted() : answered.shuffled(seed);
        Taxonomy taxonomy = Taxonomy.of(table.categories().toArray(String[]::new));
        RankerProvider learner =
                RankerProvider.find().orElseThrow(() -> new IllegalStateException("no ranker on the class path"));
        CascadeJob job = new CascadeJob(table, folder);
        job.run(oracle -> CascadeCategorizer.over(oracle, taxonomy, learner, settings));
        meter.read().forEach((name, value) -> System.out.println(name + "=" + value));
        System.out.println("saved=" + job.saved());
        System.out.println("agreement=" + job.agreement());
        System.err.println(String.join(" ", args) + ": saved " + job.saved() + ", agreement " + job.agreement());
    }

    /** All of them: those to learn from and those to measure with, as nothing is known beforehand here. */
    static List<LabelledText> rows(Path data) throws IOException {
        List<LabelledText> rows = new ArrayList<>(LabelledRows.read(data.resolve("train.csv")));
        rows.addAll(LabelledRows.read(data.resolve("test.csv")));
        return rows;
    }
}
