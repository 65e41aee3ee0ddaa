package dev.pigeonhole.workspace;

import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.batch.Batcher;
import dev.pigeonhole.core.categorize.Estimate;
import dev.pigeonhole.core.categorize.Estimator;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.job.JobSettings;
import java.util.List;
import java.util.Optional;

/** Cuts an input as a run would, counts, and has the cost added up, for several categorizers at once. Not thread-safe. */
public final class InputCount {
    private final Batcher.Cutter<CsvItem> batches;
    private final List<CallCount> callCounts;
    private final DistinctTexts distinct = new DistinctTexts();
    private long rows;
    private long batchFiles;
    private long asked;
    private long misshapen;
    private long chars;

    private InputCount(JobSettings settings, List<CallCount> callCounts) {
        this.batches = Batcher.<CsvItem>ofSize(settings.batchSize()).start();
        this.callCounts = List.copyOf(callCounts);
    }

    /** Counts an input for a categorizer that costs nothing, or of which no cost is known. */
    public static InputCount of(CsvSource source, CsvProfile profile, JobSettings settings, CheckpointStore store) {
        return read(source, profile, settings, List.of(CallCount.free(settings.subBatchSize(), store)));
    }

    /**
     * Counts an input for a categorizer that costs something. Equal texts are one question, and answers that the store has are
     * none.
     */
    public static InputCount of(
            CsvSource source,
            CsvProfile profile,
            JobSettings settings,
            CheckpointStore store,
            Taxonomy taxonomy,
            Estimator estimator) {
        return of(source, profile, settings, store, taxonomy, List.of(estimator));
    }

    /**
     * The same for several categorizers, of which each is asked about all; the input is read once.
     *
     * @param estimators at least one; see {@link #estimates}
     */
    public static InputCount of(
            CsvSource source,
            CsvProfile profile,
            JobSettings settings,
            CheckpointStore store,
            Taxonomy taxonomy,
            List<Estimator> estimators) {
        return read(
                source,
                profile,
                settings,
                estimators.stream()
                        .map(each -> CallCount.paid(settings.subBatchSize(), store, taxonomy, each))
                        .toList());
    }

    private static InputCount read(
            CsvSource source, CsvProfile profile, JobSettings settings, List<CallCount> callCounts) {
        InputCount count = new InputCount(settings, callCounts);
        try (CsvRows<CsvItem> items = source.items(profile, 1)) {
            items.forEachRemaining(count::add);
        }
        callCounts.forEach(CallCount::end);
        return count;
    }

    private void add(CsvItem row) {
        rows++;
        if (batches.cutsBefore(row)) {
            batchFiles++;
            callCounts.forEach(CallCount::beginBatch);
        }
        if (row.misshapen()) {
            misshapen++;
        } else if (!row.text().isBlank()) {
            asked++;
            chars += row.text().length();
            boolean first = distinct.add(row.text());
            callCounts.forEach(each -> each.add(row, first));
        }
    }

    public long rows() {
        return rows;
    }

    public long batches() {
        return batchFiles;
    }

    /** Calls of a run with the first categorizer, if none has to be made again. */
    public long calls() {
        return callCounts.get(0).calls();
    }

    /** Rows with a text. */
    public long toCategorize() {
        return asked;
    }

    public long withoutText() {
        return rows - asked - misshapen;
    }

    public long misshapen() {
        return misshapen;
    }

    /** Characters of all texts. */
    public long chars() {
        return chars;
    }

    public DistinctTexts distinct() {
        return distinct;
    }

    /** Different texts whose answers by the first categorizer the store has. */
    public long known() {
        return known(0);
    }

    /** The same of another categorizer, in the order in which they were given. */
    public long known(int categorizer) {
        return callCounts.get(categorizer).known();
    }

    /** What the first categorizer would cost; empty if that is nothing, or if the provider does not say. */
    public Optional<Estimate> estimate() {
        return callCounts.get(0).estimate();
    }

    /** What each of them would cost, in the order in which they were given; fewer if a provider does not say. */
    public List<Estimate> estimates() {
        return callCounts.stream().flatMap(each -> each.estimate().stream()).toList();
    }
}
