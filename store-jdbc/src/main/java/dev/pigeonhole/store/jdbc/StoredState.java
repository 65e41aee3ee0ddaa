package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.checkpoint.PublishedFile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job's line in {@code job_state}: all that changes about it but its rows. Immutable. */
record StoredState(
        long epoch,
        JobState state,
        @Nullable PauseReason reason,
        String message,
        @Nullable Holder holder,
        @Nullable PublishedFile output) {

    static final StoredState NEW = new StoredState(0, JobState.PAUSED, null, "", null, null);

    StoredState heldBy(Holder by) {
        return new StoredState(epoch + 1, JobState.RUNNING, null, "", by, output);
    }

    StoredState with(JobState to, @Nullable PauseReason why, String what) {
        return new StoredState(epoch, to, why, what, holder, output);
    }

    StoredState with(@Nullable PublishedFile published) {
        return new StoredState(epoch, state, reason, message, holder, published);
    }

    static StoredState read(Connection connection, long job) throws SQLException {
        StoredState found =
                Sql.first(connection, "SELECT * FROM job_state WHERE job = ?", line -> verified(job, line), job);
        if (found == null) {
            throw new DamagedException("the state of job number " + job + " is missing");
        }
        return found;
    }

    void insert(Connection connection, long job) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO job_state (job, epoch, state, message, seal) VALUES (?, ?, ?, ?, ?)",
                job,
                epoch,
                state.name(),
                message,
                seal(job));
    }

    void update(Connection connection, long job) throws SQLException {
        Sql.update(
                connection,
                "UPDATE job_state SET epoch = ?, state = ?, reason = ?, message = ?, holder_pid = ?, holder_host = ?,"
                        + " holder_since = ?, output_rows = ?, output_bytes = ?, output_sha256 = ?, seal = ?"
                        + " WHERE job = ?",
                epoch,
                state.name(),
                reason == null ? null : reason.name(),
                message,
                holder == null ? null : holder.pid(),
                holder == null ? null : holder.host(),
                holder == null ? null : holder.since().toString(),
                output == null ? null : output.rows(),
                output == null ? null : output.bytes(),
                output == null ? null : output.sha256(),
                seal(job),
                job);
    }

    private static StoredState verified(long job, ResultSet line) throws SQLException {
        StoredState state;
        try {
            state = decode(line);
        } catch (RuntimeException e) {
            throw new DamagedException("the state of job number " + job + " is not readable", e);
        }
        if (line.getLong("seal") != state.seal(job)) {
            throw new DamagedException("the state of job number " + job + " was altered");
        }
        return state;
    }

    private static StoredState decode(ResultSet line) throws SQLException {
        String reason = line.getString("reason");
        String host = line.getString("holder_host");
        String sha256 = line.getString("output_sha256");
        return new StoredState(
                line.getLong("epoch"),
                JobState.valueOf(Sql.text(line, "state")),
                reason == null ? null : PauseReason.valueOf(reason),
                Sql.text(line, "message"),
                host == null
                        ? null
                        : new Holder(line.getLong("holder_pid"), host, Instant.parse(Sql.text(line, "holder_since"))),
                sha256 == null
                        ? null
                        : new PublishedFile(line.getLong("output_rows"), line.getLong("output_bytes"), sha256));
    }

    private long seal(long job) {
        Checksum sum = new Checksum()
                .add(job)
                .add(epoch)
                .add(state.name())
                .add(reason == null ? null : reason.name())
                .add(message);
        if (holder != null) {
            sum.add(1).add(holder.pid()).add(holder.host()).add(holder.since().toString());
        }
        if (output != null) {
            sum.add(2).add(output.rows()).add(output.bytes()).add(output.sha256());
        }
        return sum.value();
    }
}
