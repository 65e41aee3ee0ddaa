package dev.pigeonhole.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The sources that a job's outcomes name, each stored once. Not thread-safe; lives as long as a transaction. */
final class Sources {
    private final Map<String, Integer> ordinals = new HashMap<>();
    private final Map<Integer, String> names = new HashMap<>();

    Sources(Connection connection, long job) throws SQLException {
        Sql.forEach(
                connection,
                "SELECT ordinal, name FROM source WHERE job = ?",
                line -> put(line.getInt(1), Sql.text(line, "name")),
                job);
    }

    private void put(int ordinal, String name) {
        ordinals.put(name, ordinal);
        names.put(ordinal, name);
    }

    String name(int ordinal) throws DamagedException {
        String name = names.get(ordinal);
        if (name == null) {
            throw new DamagedException("source " + ordinal + " is missing");
        }
        return name;
    }

    /** The ordinal of a source, which is stored if it is new. */
    int ordinal(Connection connection, long job, String name) throws SQLException {
        Integer known = ordinals.get(name);
        if (known != null) {
            return known;
        }
        int ordinal = ordinals.size();
        Sql.update(connection, "INSERT INTO source VALUES (?, ?, ?)", job, ordinal, name);
        put(ordinal, name);
        return ordinal;
    }
}
