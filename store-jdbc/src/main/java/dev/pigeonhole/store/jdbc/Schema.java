package dev.pigeonhole.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The layout of the database, and the line that says which one it is. Stateless. */
final class Schema {
    private Schema() {}

    /** Whether nothing is there yet. */
    static boolean isMissing(Connection connection) throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(null, null, "workspace", null)) {
            return !tables.next();
        }
    }

    /** Refuses a database of a newer layout. */
    static Workspace require(Connection connection, int known) throws SQLException {
        Workspace found = Workspace.read(connection);
        if (found.version() > known) {
            throw new RefusedException(
                    "the workspace was made by a newer version of this program (layout " + found.version()
                            + "; this one reads up to " + known + "); use that version",
                    null);
        }
        return found.verified();
    }

    /** Brings the database to the newest layout. To be called in a transaction that keeps other writers out. */
    static void migrate(Connection connection, List<String> migrations) throws SQLException {
        boolean missing = isMissing(connection);
        Workspace found = missing ? new Workspace(0, 0, 0) : require(connection, migrations.size());
        for (String script : migrations.subList((int) found.version(), migrations.size())) {
            runAll(connection, script);
        }
        if (missing) {
            Workspace.insert(connection, migrations.size());
        } else if (found.version() < migrations.size()) {
            Workspace.update(connection, migrations.size(), found.jobs());
        }
    }

    private static void runAll(Connection connection, String script) throws SQLException {
        for (String statement : script.replaceAll("(?m)--.*$", "").split(";\\s*\\n", -1)) {
            if (!statement.isBlank()) {
                Sql.run(connection, statement);
            }
        }
    }

    /**
     * The only line of the table {@code workspace}.
     *
     * @param version of the layout
     * @param jobs how many jobs there are
     * @param seal checksum of both
     */
    record Workspace(long version, long jobs, long seal) {
        static Workspace read(Connection connection) throws SQLException {
            Workspace found = Sql.first(
                    connection,
                    "SELECT version, jobs, seal FROM workspace",
                    line -> new Workspace(line.getLong(1), line.getLong(2), line.getLong(3)));
            if (found == null) {
                throw new DamagedException("the line of the workspace is missing");
            }
            return found;
        }

        Workspace verified() throws SQLException {
            if (seal != sealOf(version, jobs)) {
                throw new DamagedException("the line of the workspace was altered");
            }
            return this;
        }

        static void insert(Connection connection, long version) throws SQLException {
            Sql.update(connection, "INSERT INTO workspace VALUES (?, ?, ?)", version, 0L, sealOf(version, 0));
        }

        static void update(Connection connection, long version, long jobs) throws SQLException {
            Sql.update(
                    connection,
                    "UPDATE workspace SET version = ?, jobs = ?, seal = ?",
                    version,
                    jobs,
                    sealOf(version, jobs));
        }

        private static long sealOf(long version, long jobs) {
            return new Checksum().add(version).add(jobs).value();
        }
    }
}
