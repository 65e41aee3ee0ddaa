package dev.pigeonhole.cli;

import dev.pigeonhole.core.batch.Batcher;
import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.job.JobSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code estimate}: how much work a run would be. Calls nobody. */
@Command(name = "estimate", description = "Count rows, calls and distinct texts of a run, without making it.")
final class EstimateCommand implements Callable<Integer> {
    @ParentCommand
    private PigeonholeCommand parent = PigeonholeCommand.unset();

    @Mixin
    private InputFlags input = new InputFlags();

    @Option(
            names = "--batch-size",
            paramLabel = "ROWS",
            defaultValue = "2000",
            description = "Rows in a batch file. Default: ${DEFAULT-VALUE}.")
    private int batchSize = 2000;

    @Option(
            names = "--sub-batch-size",
            paramLabel = "ROWS",
            defaultValue = "20",
            description = "Rows in one call. Default: ${DEFAULT-VALUE}.")
    private int subBatchSize = 20;

    @Option(names = "--json", description = "One line of JSON on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        JobSettings settings = JobSettings.defaults().withBatchSize(batchSize).withSubBatchSize(subBatchSize);
        CsvSource source = input.source();
        CsvProfile profile = source.scan();
        Count count = new Count(Batcher.ofSize(settings.batchSize()), Batcher.ofSize(settings.subBatchSize()));
        try (CsvRows<CsvItem> rows = source.items(profile, 1)) {
            rows.forEachRemaining(count::add);
        }
        parent.console().out().println(json ? new Json().line(json(profile, count)) : text(profile, count));
        return ExitCode.DONE;
    }

    /** Cuts as a run would, and counts. */
    private static final class Count {
        private final Batcher.Cutter<CsvItem> batches;
        private final Batcher<CsvItem> subBatcher;
        private final DistinctTexts distinct = new DistinctTexts();
        private Batcher.Cutter<CsvItem> subBatches;
        private long batchFiles;
        private long calls;
        private long asked;
        private long misshapen;
        private long chars;

        Count(Batcher<CsvItem> batcher, Batcher<CsvItem> subBatcher) {
            this.batches = batcher.start();
            this.subBatcher = subBatcher;
            this.subBatches = subBatcher.start();
        }

        void add(CsvItem row) {
            if (batches.cutsBefore(row)) {
                batchFiles++;
                subBatches = subBatcher.start();
            }
            if (row.misshapen()) {
                misshapen++;
            } else if (!row.text().isBlank()) {
                calls += subBatches.cutsBefore(row) ? 1 : 0;
                asked++;
                chars += row.text().length();
                distinct.add(row.text());
            }
        }
    }

    private static String text(CsvProfile profile, Count count) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "rows",
                Plain.number(profile.rows()) + " = " + Plain.number(count.asked) + " to categorize + "
                        + Plain.number(profile.rows() - count.asked - count.misshapen) + " without text + "
                        + Plain.number(count.misshapen) + " set aside");
        line(text, "batches", Plain.number(count.batchFiles));
        line(text, "calls", Plain.number(count.calls));
        line(
                text,
                "distinct",
                (count.distinct.isExact() ? "" : "about ") + Plain.number(count.distinct.count()) + " texts");
        line(text, "characters", Plain.number(count.chars));
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(Plain.field(11, name, value));
    }

    private static Map<String, @Nullable Object> json(CsvProfile profile, Count count) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", "estimate");
        map.put("v", 1);
        map.put("rows", profile.rows());
        map.put("to_categorize", count.asked);
        map.put("without_text", profile.rows() - count.asked - count.misshapen);
        map.put("set_aside", count.misshapen);
        map.put("batches", count.batchFiles);
        map.put("calls", count.calls);
        map.put("distinct_texts", count.distinct.count());
        map.put("distinct_texts_exact", count.distinct.isExact());
        map.put("characters", count.chars);
        return map;
    }
}
