package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.checkpoint.JobPlan;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.store.jdbc.Plans.StoredPlan;
import dev.pigeonhole.store.jdbc.Schema.Workspace;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The jobs of a workspace and their folders. Thread-safe. */
final class Jobs {
    /** Letters and digits that are not taken for one another: no l and 1, no o and 0. */
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

    private static final int ID_LENGTH = 10;

    private static final long NO_JOB = 0;

    private final Database database;
    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    Jobs(Database database, Path folder) {
        this.database = database;
        this.folder = folder;
    }

    JobRecord create(JobPlan plan) {
        long number = database.write("the job cannot be created", connection -> insert(connection, plan));
        return record(number);
    }

    /** Looks and inserts in one transaction, which keeps other writers out. */
    Optional<JobRecord> createUnlessThere(JobPlan plan) {
        long number = database.write(
                "the job cannot be created",
                connection -> isThere(connection, plan) ? NO_JOB : insert(connection, plan));
        return number == NO_JOB ? Optional.empty() : Optional.of(record(number));
    }

    private static boolean isThere(Connection connection, JobPlan plan) throws SQLException {
        Long there = Sql.first(
                connection,
                "SELECT number FROM job WHERE input = ? AND output = ? AND (? = '' OR name = ?) LIMIT 1",
                line -> line.getLong(1),
                plan.input().toString(),
                plan.output().toString(),
                plan.name(),
                plan.name());
        return there != null;
    }

    private long insert(Connection connection, JobPlan plan) throws SQLException {
        Workspace workspace = Workspace.read(connection).verified();
        long number = workspace.jobs() + 1;
        Workspace.update(connection, workspace.version(), number);
        String id = newFolder();
        try {
            Plans.insert(connection, number, new StoredPlan(id, Instant.now().truncatedTo(ChronoUnit.MILLIS), plan));
            StoredState.NEW.insert(connection, number);
            Ledger.EMPTY.write(connection, number);
            requireSame(connection, number, plan);
            return number;
        } catch (SQLException | RuntimeException e) {
            discard(id, e);
            throw e;
        }
    }

    /** Not every name that Java has can be kept as text: half a surrogate pair, or a path in another encoding. */
    private static void requireSame(Connection connection, long number, JobPlan plan) throws SQLException {
        try {
            if (Plans.read(connection, number).plan().equals(plan)) {
                return;
            }
        } catch (DamagedException e) {
            throw new IllegalArgumentException("the plan holds text that cannot be stored as UTF-8", e);
        }
        throw new IllegalArgumentException("the plan holds a path or a text that cannot be stored as UTF-8");
    }

    private String newFolder() throws SQLException {
        try {
            Folders.create(folder);
            while (true) {
                String id = newId();
                try {
                    Folders.createNew(folder.resolve(id));
                    return id;
                } catch (FileAlreadyExistsException e) {
                    // one in 10^15; another id, then
                }
            }
        } catch (IOException e) {
            throw new RefusedException("no folder can be made in " + folder + " (" + e + ")", e);
        }
    }

    private String newId() {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return id.toString();
    }

    private void discard(String id, Exception cause) {
        try {
            Files.deleteIfExists(folder.resolve(id));
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    List<JobRecord> all() {
        List<Long> numbers = database.read("jobs cannot be listed", connection -> {
            List<Long> found = new ArrayList<>();
            number(connection, "", found);
            return found;
        });
        Collections.reverse(numbers);
        return numbers.stream()
                .flatMap(number -> recordIfThere(number).stream())
                .toList();
    }

    /** The job as it is now; empty if it was deleted meanwhile. */
    Optional<JobRecord> recordIfThere(long number) {
        try {
            return Optional.of(record(number));
        } catch (StorageException e) {
            if (isDeleted(number)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean isDeleted(long number) {
        return database.read("the job cannot be read", connection -> DeletedJobs.isDeleted(connection, number));
    }

    /** Forgets a job that the caller has locked; its folder goes afterwards. */
    void delete(long number, String id) {
        database.write("job " + id + " cannot be deleted", connection -> {
            DeletedJobs.delete(connection, number, id);
            return true;
        });
        removeFolder(id);
    }

    /** Removes what a sudden end has left of jobs that were deleted. */
    void removeLeftovers() {
        List<String> ids = database.read("deleted jobs cannot be read", DeletedJobs::ids);
        ids.stream().filter(id -> Files.exists(folder(id))).forEach(this::removeFolder);
    }

    private void removeFolder(String id) {
        database.outside("job " + id + " is deleted, but not all of its files", () -> {
            try {
                Folders.remove(folder(id));
                return true;
            } catch (IOException e) {
                throw new RefusedException("the folder " + folder(id) + " cannot be removed (" + e + ")", e);
            }
        });
    }

    /** The folder of a job. */
    Path folder(String id) {
        return folder.resolve(id);
    }

    /** The number of a job; empty if there is no such job. */
    Optional<Long> number(String id) {
        return database.read("job " + id + " cannot be read", connection -> {
            List<Long> numbers = new ArrayList<>();
            Optional<Long> found = number(connection, id, numbers);
            if (found.isEmpty()) {
                // Its id may be damaged: each plan is read, with its checksum.
                for (long number : numbers) {
                    Plans.read(connection, number);
                }
            }
            return found;
        });
    }

    /** Reads all numbers, without an index that could have lost one. */
    private static Optional<Long> number(Connection connection, String id, List<Long> numbers) throws SQLException {
        long[] found = new long[1];
        Sql.forEach(connection, "SELECT number, id FROM job ORDER BY number", line -> {
            numbers.add(line.getLong(1));
            if (id.equals(line.getString(2))) {
                found[0] = line.getLong(1);
            }
        });
        long expected = Workspace.read(connection).verified().jobs();
        if (expected != numbers.size()
                && expected != numbers.size() + DeletedJobs.ids(connection).size()) {
            throw new DamagedException("of " + expected + " jobs, " + numbers.size() + " are there");
        }
        return found[0] == 0 ? Optional.empty() : Optional.of(found[0]);
    }

    StoredPlan plan(long number) {
        return database.read("the job cannot be read", connection -> Plans.read(connection, number));
    }

    StoredState state(long number) {
        return database.read("the job cannot be read", connection -> StoredState.read(connection, number));
    }

    /** The job as it is before whoever has just locked it marks it as running. */
    JobRecord recordOfLocked(long number) {
        StoredState state = state(number);
        JobState seen = state.state() == JobState.RUNNING ? JobState.INTERRUPTED : state.state();
        return record(plan(number), state, seen);
    }

    /**
     * The job as it is now. "Running" that nobody holds is "interrupted", if it is still the same run after the look at the lock:
     * a new one has a higher epoch.
     */
    JobRecord record(long number) {
        StoredPlan plan = plan(number);
        StoredState state = state(number);
        while (state.state() == JobState.RUNNING && !isLocked(plan.id())) {
            StoredState again = state(number);
            if (again.epoch() == state.epoch() && again.state() == JobState.RUNNING) {
                return record(plan, again, JobState.INTERRUPTED);
            }
            state = again;
        }
        return record(plan, state, state.state());
    }

    private boolean isLocked(String id) {
        return database.outside(
                "the lock of job " + id + " cannot be looked at",
                () -> database.engine().isLocked(id));
    }

    private JobRecord record(StoredPlan stored, StoredState state, JobState seen) {
        return new JobRecord(
                stored.id(),
                stored.plan(),
                stored.created(),
                folder.resolve(stored.id()),
                seen,
                Optional.ofNullable(state.reason()),
                state.message(),
                Optional.ofNullable(state.holder()),
                Optional.ofNullable(state.output()));
    }
}
