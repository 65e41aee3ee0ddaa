package dev.pigeonhole.web.job;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out in the background how right the answers of jobs are: one job after the other, since each is read from its first row to
 * its last. What was found out is kept until the job's outcomes or reviews change. Thread-safe.
 */
final class Evaluations implements AutoCloseable {
    /** Finds it out for a job; the column is one of its input. */
    interface Judging {
        Map<String, @Nullable Object> judge(JobRecord job, String column);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Evaluations.class);

    private static final int MOST_KEPT = 20;

    /** What an evaluation depends on. */
    private record Key(String column, Counts counts, long newestReview, JobState state, Optional<Holder> holder) {}

    private record Kept(Key key, Map<String, @Nullable Object> evaluation) {}

    private final CheckpointStore store;
    private final Judging judging;
    private final Duration patience;
    private final Semaphore turn = new Semaphore(1, true);
    private final Chores<Comparing> chores =
            new Chores<>(LOG, "pigeonhole-quality-", "answers cannot be compared", "answers are still being compared");

    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MOST_KEPT;
        }
    };

    /** @param patience how long somebody who asks waits for it; longer ones are asked for again */
    Evaluations(CheckpointStore store, Judging judging, Duration patience) {
        this.store = store;
        this.judging = judging;
        this.patience = patience;
    }

    /**
     * The evaluation of a job as it is now.
     *
     * @throws ProblemException it is not there yet; it is seen to that it will be
     */
    Map<String, @Nullable Object> require(JobRecord job, String column) {
        Key key = key(job, column);
        Optional<Map<String, @Nullable Object>> known = recall(job.id(), key);
        if (known.isEmpty()) {
            chores.throwFailure(job.id());
            begin(job, key).ifPresent(under -> under.await(patience));
            known = recall(job.id(), key);
        }
        if (known.isEmpty()) {
            chores.throwFailure(job.id());
            throw new ProblemException(Problem.of(
                    ProblemType.NOT_READY, "the answers are being compared with the column; ask again in a moment"));
        }
        return known.get();
    }

    /** What is under way for the job, begun if need be; empty if it has ended since one looked. */
    private Optional<Chores<Comparing>.Running> begin(JobRecord job, Key key) {
        return chores.begin(
                job.id(),
                () -> recall(job.id(), key).isPresent() ? Optional.empty() : Optional.of(new Comparing(job, key)));
    }

    private Key key(JobRecord job, String column) {
        long newest = JobDesk.newestReview(store, job.id());
        return new Key(column, store.counts(job.id()), newest, job.state(), job.holder());
    }

    private Optional<Map<String, @Nullable Object>> recall(String id, Key key) {
        synchronized (kept) {
            return Optional.ofNullable(kept.get(id))
                    .filter(found -> found.key().equals(key))
                    .map(Kept::evaluation);
        }
    }

    /** Ends what is under way for a job that is to be deleted. */
    void forget(String id) {
        chores.forget(id);
        synchronized (kept) {
            kept.remove(id);
        }
    }

    /** Ends what is under way; it begins anew when somebody asks. */
    @Override
    public void close() {
        chores.close();
    }

    private final class Comparing implements Chores.Chore {
        private final JobRecord job;
        private final Key key;

        Comparing(JobRecord job, Key key) {
            this.job = job;
            this.key = key;
        }

        @Override
        public void run() throws InterruptedException {
            turn.acquire();
            try {
                keep(judging.judge(job, key.column()));
            } finally {
                turn.release();
            }
        }

        /** What was read while outcomes changed is worth nothing: the next one who asks begins anew. */
        private void keep(Map<String, @Nullable Object> evaluation) {
            synchronized (kept) {
                kept.put(job.id(), new Kept(key, evaluation));
            }
        }
    }
}
