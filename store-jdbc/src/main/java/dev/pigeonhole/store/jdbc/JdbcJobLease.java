package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.checkpoint.AnswerKey;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.FinishedBatch;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.checkpoint.PublishedFile;
import dev.pigeonhole.core.checkpoint.Recording;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.checkpoint.StaleLeaseException;
import dev.pigeonhole.core.checkpoint.Tally;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.store.jdbc.Engine.JobLock;
import dev.pigeonhole.store.jdbc.Plans.StoredPlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A job that is held. Every change first makes sure, in its transaction, that nobody has taken the job over. */
final class JdbcJobLease implements JobLease {
    private final Database database;
    private final Jobs jobs;
    private final JobLock lock;
    private final JobRecord before;
    private final String id;
    private final long job;
    private final long epoch;
    private final List<String> categories;
    private final Map<String, Integer> ordinals = new HashMap<>();
    private final CallLedger ledger;
    private volatile boolean batchesVerified;
    private volatile boolean closed;

    JdbcJobLease(Database database, Jobs jobs, JobLock lock, JobRecord before, long job, long epoch) {
        StoredPlan stored = jobs.plan(job);
        this.database = database;
        this.jobs = jobs;
        this.lock = lock;
        this.before = before;
        this.job = job;
        this.ledger = new JdbcCallLedger(this, job);
        this.epoch = epoch;
        this.id = stored.id();
        this.categories = stored.plan().categories();
        for (int i = 0; i < categories.size(); i++) {
            ordinals.putIfAbsent(categories.get(i), i);
        }
    }

    @Override
    public JobRecord job() {
        requireHeld();
        return jobs.record(job);
    }

    @Override
    public JobRecord before() {
        return before;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public void record(Recording recording) {
        recording.outcomes().forEach(outcome -> requireCategoryOfJob(outcome.outcome()));
        recording.answers().forEach(answer -> requireCategoryOfJob(answer.outcome()));
        change("outcomes cannot be recorded", connection -> {
            settle(connection, recording.settledCalls());
            try (OutcomeWriter outcomes = new OutcomeWriter(connection, job, ordinals)) {
                outcomes.record(recording.outcomes());
            }
            Answers.put(connection, recording.answers());
        });
    }

    private void requireCategoryOfJob(Outcome outcome) {
        if (outcome instanceof Outcome.Categorized categorized && !ordinals.containsKey(categorized.category())) {
            throw new IllegalArgumentException("not a category of the job: " + categorized.category());
        }
    }

    private void settle(Connection connection, List<Long> numbers) throws SQLException {
        if (!numbers.isEmpty()) {
            try (Calls calls = new Calls(connection, job)) {
                calls.settle(numbers);
                calls.finish();
            }
        }
    }

    @Override
    public Map<AnswerKey, Outcome> known(Collection<AnswerKey> keys) {
        return read("known answers cannot be read", connection -> Answers.find(connection, keys));
    }

    @Override
    public CallLedger ledger() {
        requireHeld();
        return ledger;
    }

    @Override
    public long reopenUnsure(String source, double confidence) {
        return write(
                "rows cannot be reopened",
                connection -> new UnsureRows(connection, job, categories).reopen(source, confidence));
    }

    @Override
    public long reopenAnswered() {
        return write("rows cannot be reopened", connection -> new AnsweredRows(connection, job, categories).reopen());
    }

    @Override
    public BitSet recorded(long firstRow, int rows) {
        BitSet bits = new BitSet(rows);
        forEachOutcome(firstRow, firstRow + rows - 1, outcome -> bits.set((int) (outcome.row() - firstRow)));
        return bits;
    }

    @Override
    public void forEachOutcome(long firstRow, long lastRow, Consumer<RowOutcome> consumer) {
        read("outcomes cannot be read", connection -> {
            new OutcomeReader(connection, job, categories).forEachGroup(firstRow, lastRow, (group, outcomes) -> {
                for (RowOutcome outcome : outcomes) {
                    if (firstRow <= outcome.row() && outcome.row() <= lastRow) {
                        consumer.accept(outcome);
                    }
                }
            });
            return true;
        });
    }

    @Override
    public void forEachFailure(Consumer<RowOutcome> consumer) {
        read("failed rows cannot be read", connection -> {
            new Failures(connection, job, categories).forEach(consumer);
            return true;
        });
    }

    @Override
    public Optional<FinishedBatch> batchStartingAt(long row) {
        return read("batches cannot be read", connection -> {
            Batches batches = new Batches(connection, job);
            if (!batchesVerified) {
                batches.verify();
                batchesVerified = true;
            }
            return batches.startingAt(row);
        });
    }

    @Override
    public void forEachBatch(Consumer<FinishedBatch> consumer) {
        read("batches cannot be read", connection -> {
            new Batches(connection, job).forEach(consumer);
            return true;
        });
    }

    @Override
    public Counts counts() {
        return read("rows cannot be counted", connection -> Ledger.read(connection, job))
                .counts();
    }

    @Override
    public Tally tally() {
        return read("rows cannot be counted", connection -> tally(connection, job, categories));
    }

    static Tally tally(Connection connection, long job, List<String> categories) throws SQLException {
        Tally.Builder tally = Tally.builder(categories);
        forEachVerified(connection, job, categories, row -> tally.add(row.outcome()));
        return tally.build();
    }

    /** Hands over all outcomes in row order; at the end it is certain that none was missing. */
    static void forEachVerified(Connection connection, long job, List<String> categories, Consumer<RowOutcome> consumer)
            throws SQLException {
        OutcomeGroup[] sum = {OutcomeGroup.empty(0)};
        new OutcomeReader(connection, job, categories).forEachGroup((group, outcomes) -> {
            sum[0] = sum[0].plus(group);
            outcomes.forEach(consumer);
        });
        Ledger ledger = Ledger.read(connection, job);
        if (!sum[0].equals(new OutcomeGroup(0, ledger.counts(), ledger.outcomes()))) {
            throw new DamagedException("the rows do not add up to the ledger");
        }
    }

    @Override
    public void publishBatches(List<FinishedBatch> batches, Runnable move) {
        List<FinishedBatch> all = List.copyOf(batches);
        change(published(all) + " cannot be published", connection -> {
            Batches stored = new Batches(connection, job);
            for (FinishedBatch batch : all) {
                stored.put(batch);
            }
            move.run();
        });
    }

    private static String published(List<FinishedBatch> batches) {
        return batches.size() == 1
                ? "batch " + batches.get(0).number()
                : "batches "
                        + batches.stream()
                                .map(batch -> Integer.toString(batch.number()))
                                .collect(Collectors.joining(", "));
    }

    @Override
    public void publishOutput(PublishedFile output, Runnable move) {
        Objects.requireNonNull(output, "output");
        change("the output cannot be published", connection -> {
            StoredState.read(connection, job).with(output).update(connection, job);
            move.run();
        });
    }

    @Override
    public long reopenFailures() {
        return write(
                "failed rows cannot be reopened", connection -> new Failures(connection, job, categories).reopen());
    }

    @Override
    public long applyReviews() {
        // Asked first: a job that nobody judges is not to wait for the disk.
        Judging judging = read("reviews cannot be read", connection -> Judging.read(connection, job));
        return judging.reviews() == 0
                ? 0
                : write(
                        "reviews cannot be applied",
                        connection -> new Applying(connection, job, categories, ordinals).run());
    }

    @Override
    public void changeState(JobState state, @Nullable PauseReason reason, String message) {
        if (state == JobState.INTERRUPTED || (reason != null && state != JobState.PAUSED)) {
            throw new IllegalArgumentException("not a state to set: " + state + ", reason " + reason);
        }
        String text = Storable.text(message);
        change(
                "the state cannot be changed",
                connection -> StoredState.read(connection, job)
                        .with(state, reason, text)
                        .update(connection, job));
    }

    @Override
    public void close() {
        closed = true;
        lock.close();
    }

    <T> T read(String doing, Database.Work<T> work) {
        requireHeld();
        return database.read("job " + id + ": " + doing, work);
    }

    void change(String doing, Database.Change change) {
        this.<Boolean>write(doing, connection -> {
            change.in(connection);
            return true;
        });
    }

    private <T> T write(String doing, Database.Work<T> work) {
        requireHeld();
        return database.write("job " + id + ": " + doing, connection -> {
            if (StoredState.read(connection, job).epoch() != epoch) {
                throw new StaleLeaseException(id, epoch);
            }
            return work.in(connection);
        });
    }

    void requireMayWrite() {
        requireHeld();
        database.requireNotWriting();
    }

    StorageException translate(String doing, SQLException error) {
        return database.engine().translate("job " + id + ": " + doing, error);
    }

    private void requireHeld() {
        if (closed) {
            throw new IllegalStateException("job " + id + " was given back");
        }
    }
}
