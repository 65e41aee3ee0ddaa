package dev.pigeonhole.workspace;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.batch.Batcher;
import dev.pigeonhole.core.categorize.Estimate;
import dev.pigeonhole.core.categorize.Estimator;
import dev.pigeonhole.core.checkpoint.AnswerKey;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.job.JobSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cuts an input as a run would, counts, and has the cost added up. Not thread-safe. */
public final class InputCount {
    /** Answers that are there already: asked for a number of texts at once. */
    private static final int KEYS_AT_ONCE = 1_000;

    /** A text that a run may have to ask about; {@code null} where a batch begins. */
    private final List<@Nullable CsvItem> held = new ArrayList<>();

    private final Batcher.Cutter<CsvItem> batches;
    private final Batcher<CsvItem> subBatcher;
    private final @Nullable Estimator estimator;
    private final CheckpointStore store;
    private final byte @Nullable [] scope;
    private final DistinctTexts distinct = new DistinctTexts();
    private final List<Item> subBatch = new ArrayList<>();
    private Batcher.Cutter<CsvItem> subBatches;
    private long rows;
    private long batchFiles;
    private long calls;
    private long asked;
    private long misshapen;
    private long chars;
    private long known;

    private InputCount(
            JobSettings settings, @Nullable Estimator estimator, byte @Nullable [] scope, CheckpointStore store) {
        this.batches = Batcher.<CsvItem>ofSize(settings.batchSize()).start();
        this.subBatcher = Batcher.ofSize(settings.subBatchSize());
        this.subBatches = subBatcher.start();
        this.estimator = estimator;
        this.scope = scope;
        this.store = store;
    }

    /** Counts an input for a categorizer that costs nothing, or of which no cost is known. */
    public static InputCount of(CsvSource source, CsvProfile profile, JobSettings settings, CheckpointStore store) {
        return read(source, profile, new InputCount(settings, null, null, store));
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
        byte[] scope = estimator.hasLastingAnswers() ? AnswerKey.scope(taxonomy, estimator.fingerprint(), "") : null;
        return read(source, profile, new InputCount(settings, estimator, scope, store));
    }

    private static InputCount read(CsvSource source, CsvProfile profile, InputCount count) {
        try (CsvRows<CsvItem> items = source.items(profile, 1)) {
            items.forEachRemaining(count::add);
        }
        count.release();
        count.endSubBatch();
        return count;
    }

    private void add(CsvItem row) {
        rows++;
        if (batches.cutsBefore(row)) {
            batchFiles++;
            hold(null);
        }
        if (row.misshapen()) {
            misshapen++;
        } else if (!row.text().isBlank()) {
            asked++;
            chars += row.text().length();
            boolean first = distinct.add(row.text());
            if (first || estimator == null) {
                hold(row);
            }
        }
    }

    private void hold(@Nullable CsvItem row) {
        held.add(row);
        if (held.size() == KEYS_AT_ONCE) {
            release();
        }
    }

    private void release() {
        Set<CsvItem> answered = answered();
        for (CsvItem row : held) {
            if (row == null) {
                subBatches = subBatcher.start();
            } else if (answered.contains(row)) {
                known++;
            } else {
                ask(row);
            }
        }
        held.clear();
    }

    private Set<CsvItem> answered() {
        if (scope == null) {
            return Set.of();
        }
        Map<AnswerKey, CsvItem> keys = new HashMap<>();
        for (CsvItem row : held) {
            if (row != null) {
                keys.put(AnswerKey.of(scope, row.text()), row);
            }
        }
        keys.keySet().retainAll(store.known(keys.keySet()).keySet());
        return new HashSet<>(keys.values());
    }

    private void ask(CsvItem row) {
        if (subBatches.cutsBefore(row)) {
            endSubBatch();
            calls++;
        }
        if (estimator != null) {
            subBatch.add(new Item(row.row(), row.text()));
        }
    }

    private void endSubBatch() {
        if (estimator != null && !subBatch.isEmpty()) {
            estimator.add(List.copyOf(subBatch));
            subBatch.clear();
        }
    }

    public long rows() {
        return rows;
    }

    public long batches() {
        return batchFiles;
    }

    /** Calls of a run, if none has to be made again. */
    public long calls() {
        return estimator == null ? calls : estimator.estimate().calls();
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

    /** Different texts whose answers the store has. */
    public long known() {
        return known;
    }

    /** What it would cost; empty if that is nothing, or if the provider does not say. */
    public Optional<Estimate> estimate() {
        return Optional.ofNullable(estimator).map(Estimator::estimate);
    }
}
