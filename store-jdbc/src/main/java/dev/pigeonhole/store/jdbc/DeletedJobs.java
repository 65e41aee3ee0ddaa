package dev.pigeonhole.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What is left of jobs that were deleted: their numbers, and their ids as long as a folder may be left. Stateless. */
final class DeletedJobs {
    /** Those that refer to others come first. */
    private static final List<String> TABLES = List.of(
            "failure",
            "outcome",
            "outcome_group",
            "outcome_pack",
            "batch",
            "ledger",
            "call",
            "bill",
            "review",
            "original",
            "judging",
            "source",
            "job_state",
            "category",
            "job_column",
            "job_text_column",
            "job_row_mark",
            "job_setting");

    private DeletedJobs() {}

    static void delete(Connection connection, long job, String id) throws SQLException {
        for (String table : TABLES) {
            Sql.update(connection, "DELETE FROM " + table + " WHERE job = ?", job);
        }
        Sql.update(connection, "DELETE FROM job WHERE number = ?", job);
        Sql.update(connection, "INSERT INTO deleted_job VALUES (?, ?, ?)", job, id, seal(job, id));
    }

    static boolean isDeleted(Connection connection, long job) throws SQLException {
        return Sql.first(connection, "SELECT * FROM deleted_job WHERE number = ?", DeletedJobs::verified, job) != null;
    }

    static List<String> ids(Connection connection) throws SQLException {
        List<String> ids = new ArrayList<>();
        Sql.forEach(connection, "SELECT * FROM deleted_job", line -> ids.add(verified(line)));
        return ids;
    }

    private static String verified(ResultSet line) throws SQLException {
        long job = line.getLong("number");
        String id = Sql.text(line, "id");
        if (line.getLong("seal") != seal(job, id)) {
            throw new DamagedException("what is left of job number " + job + " was altered");
        }
        return id;
    }

    private static long seal(long job, String id) {
        return new Checksum().add(job).add(id).value();
    }
}
