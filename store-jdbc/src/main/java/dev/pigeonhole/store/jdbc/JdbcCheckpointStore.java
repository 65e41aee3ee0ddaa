package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.checkpoint.AnswerKey;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobLockedException;
import dev.pigeonhole.core.checkpoint.JobPlan;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobRows;
import dev.pigeonhole.core.checkpoint.Tally;
import dev.pigeonhole.core.file.RealPath;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.store.jdbc.Engine.JobLock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints in a database. Thread-safe; several objects and several processes can share a workspace.
 *
 * <p>In a workspace are the database {@code pigeonhole.db}, which any SQLite tool can open (begin with the view {@code result}),
 * a folder {@code jobs/<id>} for each job, and {@code locks}.
 *
 * <p><b>Never a wrong answer.</b> SQLite notices damage to its structure, but not a byte that changed within a value, nor always a
 * row that is gone. So all that is stored is added up: the rows in groups of 256 neighbours, each group with its counts and the
 * sum of its rows' checksums; all groups, and all finished batches, in the job's ledger; all calls that cost money in the job's
 * bill; and every line that is not a row carries a checksum of its own. What does not add up when it is read is never handed out: a
 * {@link StorageException} says so. Answers that are known for texts are not added up: one that damage has hidden is asked for once
 * more. A damaged write-ahead log, which is there only after a crash or while a process has the workspace open, can't be told from
 * one cut short by the crash; the database is then as it was after an earlier commit.
 */
public final class JdbcCheckpointStore implements CheckpointStore {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcCheckpointStore.class);

    private final Database database;
    private final Jobs jobs;
    private final JobViews views;

    private JdbcCheckpointStore(Database database, Path jobsFolder) {
        this.database = database;
        this.jobs = new Jobs(database, jobsFolder);
        this.views = new JobViews(database, jobs);
    }

    /**
     * Opens the SQLite database of a workspace, and makes both if they are missing. Needs a local disk: on network file systems
     * locks are not reliable.
     *
     * @throws StorageException it cannot be opened, is damaged, or is of a newer version of this program
     */
    public static JdbcCheckpointStore sqlite(Path workspace) {
        Path folder = RealPath.of(workspace);
        try {
            Folders.create(folder);
        } catch (IOException e) {
            throw new StorageException("the workspace " + folder + " cannot be made: " + e, e);
        }
        return open(new SqliteEngine(folder), folder.resolve("jobs"));
    }

    static JdbcCheckpointStore open(Engine engine, Path jobsFolder) {
        Database database = new Database(engine);
        try {
            prepare(database, jobsFolder);
            JdbcCheckpointStore store = new JdbcCheckpointStore(database, jobsFolder);
            store.removeLeftovers();
            return store;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private void removeLeftovers() {
        try {
            jobs.removeLeftovers();
        } catch (StorageException e) {
            // They only take room, and the next who opens the workspace tries again.
            LOG.warn("leftovers of deleted jobs stay message={}", e.getMessage());
        }
    }

    private static void prepare(Database database, Path jobsFolder) {
        List<String> migrations = database.engine().migrations();
        boolean current = database.read(
                "the workspace cannot be opened",
                connection -> !Schema.isMissing(connection)
                        && Schema.require(connection, migrations.size()).version() == migrations.size());
        if (!current) {
            database.write("the workspace cannot be prepared", connection -> {
                // Asked again in the transaction: somebody else may have prepared it, and made a job, meanwhile.
                if (Schema.isMissing(connection)) {
                    requireNoJobs(jobsFolder);
                }
                Schema.migrate(connection, migrations);
                return true;
            });
        }
    }

    /** A database that was emptied or deleted looks like a new one. */
    private static void requireNoJobs(Path jobsFolder) throws SQLException {
        try {
            if (!Folders.isEmptyOrMissing(jobsFolder)) {
                throw new DamagedException("it is empty or new, but there are jobs in " + jobsFolder);
            }
        } catch (IOException e) {
            throw new RefusedException("the folder " + jobsFolder + " cannot be read: " + e, e);
        }
    }

    /** For tests that harm the database. */
    Database database() {
        return database;
    }

    @Override
    public JobRecord create(JobPlan plan) {
        return jobs.create(Objects.requireNonNull(plan, "plan"));
    }

    @Override
    public Optional<JobRecord> createUnlessThere(JobPlan plan) {
        return jobs.createUnlessThere(Objects.requireNonNull(plan, "plan"));
    }

    @Override
    public List<JobRecord> jobs() {
        return jobs.all();
    }

    @Override
    public Optional<JobRecord> find(String jobId) {
        return jobs.number(jobId).flatMap(jobs::recordIfThere);
    }

    @Override
    public Tally tally(String jobId) {
        long job = number(jobId);
        List<String> categories = jobs.plan(job).plan().categories();
        return database.read(
                "job " + jobId + ": rows cannot be counted",
                connection -> JdbcJobLease.tally(connection, job, categories));
    }

    @Override
    public Counts counts(String jobId) {
        long job = number(jobId);
        return database.read("job " + jobId + ": rows cannot be counted", connection -> Ledger.read(connection, job))
                .counts();
    }

    @Override
    public Bill bill(String jobId) {
        long job = number(jobId);
        return database.read(
                        "job " + jobId + ": calls cannot be added up", connection -> CallTotals.read(connection, job))
                .bill();
    }

    @Override
    public Map<AnswerKey, Outcome> known(Collection<AnswerKey> keys) {
        return database.read("known answers cannot be read", connection -> Answers.find(connection, keys));
    }

    @Override
    public JobLease acquire(String jobId, Holder holder) {
        Holder storable = new Holder(holder.pid(), Storable.text(holder.host()), holder.since());
        long job = number(jobId);
        JobLock lock = lock(jobId, job);
        try {
            number(jobId); // It may have been deleted until now.
            return lease(job, storable, lock);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private JobLock lock(String jobId, long job) {
        Engine engine = database.engine();
        return database.outside("job " + jobId + " cannot be locked", () -> engine.tryLock(jobId))
                .orElseThrow(() -> new JobLockedException(jobId, jobs.state(job).holder()));
    }

    /** Looks for damage first: before anything is paid for. */
    private JobLease lease(long job, Holder holder, JobLock lock) {
        database.read("the workspace cannot be read", connection -> {
            database.engine().check(connection);
            return true;
        });
        JobRecord before = jobs.recordOfLocked(job);
        long epoch = database.write("the job cannot be marked as running", connection -> {
            StoredState held = StoredState.read(connection, job).heldBy(holder);
            held.update(connection, job);
            return held.epoch();
        });
        return new JdbcJobLease(database, jobs, lock, before, job, epoch);
    }

    @Override
    public JobRows rows(String jobId) {
        long job = number(jobId);
        return new JdbcJobRows(
                database, views, jobId, job, jobs.plan(job).plan().categories());
    }

    @Override
    public void delete(String jobId) {
        long job = number(jobId);
        JobLock lock = lock(jobId, job);
        try {
            number(jobId); // Somebody else may have deleted it until now.
            views.forget(job);
            jobs.delete(job, jobId);
        } finally {
            lock.close();
        }
        removeLeftovers();
    }

    private long number(String jobId) {
        return jobs.number(jobId).orElseThrow(() -> new IllegalArgumentException("there is no job " + jobId));
    }

    @Override
    public void close() {
        views.close();
        database.close();
    }
}
