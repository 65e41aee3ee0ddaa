package dev.pigeonhole.quality;

import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.csv.ColumnName;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.csv.CsvValues;
import dev.pigeonhole.core.ledger.Bill;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How right the answers of a job are: its outcomes so far, what people said of them included, beside a column of its input. Works
 * whether the job is finished, paused or running. Immutable, thread-safe.
 *
 * @param store where the job is kept
 * @param job the job
 * @param source its input, read with the settings the job was begun with
 * @param truth the column of the right categories, by name or, counted from 1, as {@code #3}
 * @param shortlist to be measured too, on about {@value #MOST_LISTS} rows from all over the input
 */
public record JobEvaluation(
        CheckpointStore store, JobRecord job, CsvSource source, String truth, Optional<RankedShortlist> shortlist) {
    /** A ranker takes some time for a text: more rows would make nothing clearer. */
    private static final int MOST_LISTS = 10_000;

    public JobEvaluation {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(truth, "truth");
        Objects.requireNonNull(shortlist, "shortlist");
    }

    /**
     * Reads the input twice and the outcomes once: seconds for a million rows.
     *
     * @throws dev.pigeonhole.core.ConfigurationException the input has no such column
     * @throws dev.pigeonhole.core.InputException the input is no longer the file that the job was begun with
     * @throws dev.pigeonhole.core.StorageException reading fails
     */
    public Evaluation evaluate() {
        CsvProfile profile = job.plan().profile();
        int column = ColumnName.find(source.path(), profile.columns(), truth, "column", "--truth");
        requireUnchanged(profile);
        try (CsvRows<CsvValues> rows = source.values(profile, 1)) {
            Reading reading = new Reading(rows, column, 1 + profile.rows() / MOST_LISTS);
            store.rows(job.id()).forEach(reading::add);
            return reading.judge.evaluation(
                    new Evaluation.Subject(
                            Optional.of(job.id()),
                            source.path().toString(),
                            profile.columns().get(column)),
                    profile.rows() - reading.outcomes,
                    cost(store.bill(job.id()), reading.asked),
                    shortlist.map(list ->
                            new Evaluation.ShortlistScore(list.size(), new Proportion(reading.listed, reading.texts))));
        }
    }

    /** Rows in another order would be judged wrongly without any sign of it. */
    private void requireUnchanged(CsvProfile profile) {
        if (!source.sha256().equals(profile.sha256())) {
            throw new InputException(source.path() + " is no longer the file that job " + job.id()
                    + " was begun with. Put the original back, or evaluate a file that has answers and right categories"
                    + " beside each other, such as the job's output: evaluate FILE --truth COLUMN.");
        }
    }

    private static Optional<Evaluation.Cost> cost(Bill bill, long asked) {
        if (bill.sent() == 0) {
            return Optional.empty();
        }
        Optional<Money> cost = bill.unpriced() > 0 ? Optional.empty() : Optional.of(bill.cost());
        return Optional.of(
                new Evaluation.Cost(cost.map(Money::toDollars), bill.usage().total(), asked));
    }

    /** Goes through outcomes and input side by side. */
    private final class Reading {
        private final CsvRows<CsvValues> rows;
        private final int column;
        private final long listEvery;
        private final Judge judge = new Judge(job.plan().categories());
        private final @Nullable RankedShortlist list = shortlist.orElse(null);
        private long outcomes;
        private long asked;
        private long texts;
        private long listed;

        Reading(CsvRows<CsvValues> rows, int column, long listEvery) {
            this.rows = rows;
            this.column = column;
            this.listEvery = listEvery;
        }

        void add(RowOutcome outcome) {
            outcomes++;
            asked += outcome.attempts() > 0 ? 1 : 0;
            CsvValues row = rows.skipTo(outcome.row()).next();
            judge.add(JudgedRow.of(row.values().get(column), outcome.outcome()))
                    .filter(category -> list != null && row.row() % listEvery == 0)
                    .ifPresent(category -> look(category, row.text()));
        }

        private void look(String category, String text) {
            if (list != null && !text.isBlank()) {
                texts++;
                listed += list.has(category, text) ? 1 : 0;
            }
        }
    }
}
