package dev.pigeonhole.workspace;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.batch.Batcher;
import dev.pigeonhole.core.categorize.Estimate;
import dev.pigeonhole.core.categorize.Estimator;
import dev.pigeonhole.core.checkpoint.AnswerKey;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.csv.CsvItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls that one categorizer would take for the rows of an input. Not thread-safe. */
final class CallCount {
    /** Answers that are there already: asked for a number of texts at once. */
    private static final int KEYS_AT_ONCE = 1_000;

    /** A text that a run may have to ask about; {@code null} where a batch begins. */
    private final List<@Nullable CsvItem> held = new ArrayList<>();

    private final Batcher<CsvItem> subBatcher;
    private final @Nullable Estimator estimator;
    private final byte @Nullable [] scope;
    private final CheckpointStore store;
    private final List<Item> subBatch = new ArrayList<>();
    private Batcher.Cutter<CsvItem> subBatches;
    private long calls;
    private long known;

    private CallCount(int subBatchSize, @Nullable Estimator estimator, byte @Nullable [] scope, CheckpointStore store) {
        this.subBatcher = Batcher.ofSize(subBatchSize);
        this.subBatches = subBatcher.start();
        this.estimator = estimator;
        this.scope = scope;
        this.store = store;
    }

    /** Of a categorizer that costs nothing, or of which no cost is known: it is asked about every row. */
    static CallCount free(int subBatchSize, CheckpointStore store) {
        return new CallCount(subBatchSize, null, null, store);
    }

    /** Of one that costs something: equal texts are one question, and answers that the store has are none. */
    static CallCount paid(int subBatchSize, CheckpointStore store, Taxonomy taxonomy, Estimator estimator) {
        byte[] scope = estimator.hasLastingAnswers() ? AnswerKey.scope(taxonomy, estimator.fingerprint(), "") : null;
        return new CallCount(subBatchSize, estimator, scope, store);
    }

    void beginBatch() {
        hold(null);
    }

    /** @param first whether no row before had this text */
    void add(CsvItem row, boolean first) {
        if (first || estimator == null) {
            hold(row);
        }
    }

    private void hold(@Nullable CsvItem row) {
        held.add(row);
        if (held.size() == KEYS_AT_ONCE) {
            release();
        }
    }

    void end() {
        release();
        endSubBatch();
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

    /** Calls of a run, if none has to be made again. */
    long calls() {
        return estimator == null ? calls : estimator.estimate().calls();
    }

    /** Different texts whose answers the store has. */
    long known() {
        return known;
    }

    /** What it would cost; empty if that is nothing, or if the provider does not say. */
    Optional<Estimate> estimate() {
        return Optional.ofNullable(estimator).map(Estimator::estimate);
    }
}
