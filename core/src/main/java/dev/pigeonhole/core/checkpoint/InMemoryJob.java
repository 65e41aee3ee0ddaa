package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.ledger.InMemoryLedger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A job on the heap. Thread-safe: changes are synchronized, the two maps can be read meanwhile. */
final class InMemoryJob {
    private final int number;
    private final String id;
    private final JobPlan plan;
    private final Instant created;
    private final Path folder;
    private final Map<AnswerKey, Outcome> answers;
    private final Runnable requireOpen;
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final InMemoryReviews reviews = new InMemoryReviews();
    private final InMemoryTexts texts = new InMemoryTexts();

    private final NavigableMap<Long, RowOutcome> outcomes = new ConcurrentSkipListMap<>();
    private final NavigableMap<Integer, FinishedBatch> batches = new ConcurrentSkipListMap<>();
    private Counts counts = Counts.NONE;
    private JobState state = JobState.PAUSED;
    private @Nullable PauseReason reason;
    private String message = "";
    private @Nullable Holder holder;
    private @Nullable PublishedFile output;
    private long epoch;
    private boolean held;

    InMemoryJob(
            int number,
            String id,
            JobPlan plan,
            Instant created,
            Path folder,
            Map<AnswerKey, Outcome> answers,
            Runnable requireOpen) {
        this.number = number;
        this.id = id;
        this.plan = plan;
        this.created = created;
        this.folder = folder;
        this.answers = answers;
        this.requireOpen = requireOpen;
    }

    int number() {
        return number;
    }

    String id() {
        return id;
    }

    synchronized JobRecord record() {
        JobState seen = state == JobState.RUNNING && !held ? JobState.INTERRUPTED : state;
        return new JobRecord(
                id,
                plan,
                created,
                folder,
                seen,
                Optional.ofNullable(reason),
                message,
                Optional.ofNullable(holder),
                Optional.ofNullable(output));
    }

    Tally tally() {
        Tally.Builder tally = Tally.builder(plan.categories());
        outcomes.values().forEach(o -> tally.add(o.outcome()));
        return tally.build();
    }

    synchronized Counts counts() {
        return counts;
    }

    NavigableMap<Long, RowOutcome> outcomes() {
        return outcomes;
    }

    NavigableMap<Integer, FinishedBatch> batches() {
        return batches;
    }

    synchronized JobLease acquire(Holder by) {
        if (held) {
            throw new JobLockedException(id, holder);
        }
        JobRecord before = record();
        held = true;
        holder = by;
        setState(JobState.RUNNING, null, "");
        return new InMemoryLease(this, before, ++epoch, requireOpen);
    }

    synchronized void release(long by) {
        held = held && by != epoch;
    }

    /** Takes the job as {@link #acquire} does, for ever: who held it before can change nothing any more. */
    synchronized void end() {
        if (held) {
            throw new JobLockedException(id, holder);
        }
        held = true;
        epoch++;
    }

    synchronized void dropLock() {
        held = false;
    }

    /** Runs a change unless the job was taken over since. */
    synchronized void change(long by, Runnable change) {
        if (by != epoch) {
            throw new StaleLeaseException(id, by);
        }
        change.run();
    }

    void record(Recording recording) {
        recording.outcomes().forEach(outcome -> requireCategoryOfJob(outcome.outcome()));
        recording.answers().forEach(answer -> requireCategoryOfJob(answer.outcome()));
        ledger.settle(recording.settledCalls());
        for (RowOutcome outcome : recording.outcomes()) {
            if (outcomes.putIfAbsent(outcome.row(), outcome) == null) {
                counts = counts.plus(outcome.outcome());
            }
        }
        recording.answers().forEach(answer -> answers.putIfAbsent(answer.key(), answer.outcome()));
    }

    private void requireCategoryOfJob(Outcome outcome) {
        if (outcome instanceof Outcome.Categorized categorized
                && !plan.categories().contains(categorized.category())) {
            throw new IllegalArgumentException("not a category of the job: " + categorized.category());
        }
    }

    Map<AnswerKey, Outcome> answers() {
        return answers;
    }

    JobPlan plan() {
        return plan;
    }

    /** To be used while this job is locked. */
    InMemoryReviews reviews() {
        return reviews;
    }

    InMemoryTexts texts() {
        return texts;
    }

    InMemoryLedger ledger() {
        return ledger;
    }

    void putBatch(FinishedBatch batch) {
        batches.put(batch.number(), batch);
    }

    void setOutput(PublishedFile file) {
        output = file;
    }

    void setState(JobState to, @Nullable PauseReason why, String what) {
        state = to;
        reason = why;
        message = what;
    }

    long reopenAnswered() {
        long before = outcomes.size();
        outcomes.values().removeIf(RowOutcome::isAnswered);
        batches.clear();
        counts = tally().counts();
        ledger.unsettle();
        return before - outcomes.size();
    }

    long reopenFailures() {
        return reopen(row ->
                row.outcome() instanceof Outcome.Failed failed && failed.cause().canAskAgain());
    }

    long reopenUnsure(String source, double confidence) {
        return reopen(row -> row.isUnsure(source, confidence));
    }

    private long reopen(Predicate<RowOutcome> which) {
        List<Long> rows =
                outcomes.values().stream().filter(which).map(RowOutcome::row).toList();
        if (!rows.isEmpty()) {
            rows.forEach(outcomes::remove);
            forgetWhatWasMadeOf(rows);
        }
        return rows.size();
    }

    long applyReviews() {
        List<Long> rows = new ArrayList<>();
        for (Review review : reviews.newest()) {
            RowOutcome recorded = outcomes.get(review.row());
            SeenRow seen = recorded == null ? null : reviews.seen(recorded);
            if (seen != null && !seen.published()) {
                outcomes.put(review.row(), seen.row());
                reviews.keepOriginal(review.row(), seen.machine());
                rows.add(review.row());
            }
        }
        if (!rows.isEmpty()) {
            forgetWhatWasMadeOf(rows);
        }
        return rows.size();
    }

    private void forgetWhatWasMadeOf(List<Long> rows) {
        batches.values().removeIf(b -> rows.stream().anyMatch(row -> b.firstRow() <= row && row <= b.lastRow()));
        counts = tally().counts();
    }
}
