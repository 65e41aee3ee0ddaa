package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.ledger.Bill;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The port: durable memory of jobs. Thread-safe, and safe for several processes on one store. Every method throws
 * {@link dev.pigeonhole.core.StorageException} if the store cannot be read or written.
 */
public interface CheckpointStore extends AutoCloseable {
    /** A store that forgets: for tests, and for jobs that need not survive their process. Files go below {@code directory}. */
    static CheckpointStore inMemory(Path directory) {
        return new InMemoryCheckpointStore(directory);
    }

    /** Makes a job with an id of its own and an empty folder; it is {@link JobState#PAUSED} until it is acquired. */
    JobRecord create(JobPlan plan);

    /**
     * Like {@link #create}, unless there is a job for the same input and output already, and of the same name if one is given:
     * then nothing is made. Of several processes that ask at once, one makes the job.
     *
     * @return the new job; empty if there was one
     */
    Optional<JobRecord> createUnlessThere(JobPlan plan);

    /** All jobs, the newest first. */
    List<JobRecord> jobs();

    /** A job by its id. */
    Optional<JobRecord> find(String jobId);

    /** All outcomes of a job that are durable now. Reads all rows: seconds for millions. */
    Tally tally(String jobId);

    /**
     * Rows of a job with an outcome that is durable now, by status; see {@link JobLease#counts}. Fast.
     *
     * @throws IllegalArgumentException there is no such job
     */
    Counts counts(String jobId);

    /** What the paid calls of a job add up to. Fast. */
    Bill bill(String jobId);

    /**
     * Answers that were recorded for texts, by any job of this store.
     *
     * @param keys at most a thousand
     * @return the keys that have an answer
     */
    Map<AnswerKey, Outcome> known(Collection<AnswerKey> keys);

    /**
     * Takes a job, with an epoch higher than any before, and marks it as running. The lock ends with {@link JobLease#close} or
     * with the process, however it ends.
     *
     * @throws JobLockedException somebody else holds it; found out at once
     * @throws IllegalArgumentException there is no such job
     */
    JobLease acquire(String jobId, Holder holder);

    /**
     * The rows of a job, to look at and to judge. Open as long as the store.
     *
     * @throws IllegalArgumentException there is no such job
     */
    JobRows rows(String jobId);

    /**
     * Forgets a job: its rows, its calls, its reviews, and the files in its folder. Its number is not given out again. Answers that
     * are known for texts stay, and so do its input and its output.
     *
     * @throws JobLockedException somebody holds it
     * @throws IllegalArgumentException there is no such job
     */
    void delete(String jobId);

    /** Closes connections. Leases must be closed before. */
    @Override
    void close();
}
