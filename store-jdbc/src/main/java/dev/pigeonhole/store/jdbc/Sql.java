package dev.pigeonhole.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Statements with their values. Stateless. */
final class Sql {
    private Sql() {}

    /** Sees one line of a result. */
    interface Line {
        void see(ResultSet line) throws SQLException;
    }

    /** Makes something of one line of a result. */
    interface Reader<T> {
        T read(ResultSet line) throws SQLException;
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    static void forEach(Connection connection, String sql, Line line, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values);
                ResultSet lines = statement.executeQuery()) {
            while (lines.next()) {
                line.see(lines);
            }
        }
    }

    /** Reads the first line; null if there is none. */
    static <T> @Nullable T first(Connection connection, String sql, Reader<T> reader, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values);
                ResultSet lines = statement.executeQuery()) {
            return lines.next() ? reader.read(lines) : null;
        }
    }

    static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** A text that is never null in a sound database. */
    static String text(ResultSet line, String column) throws SQLException {
        String text = line.getString(column);
        if (text == null) {
            throw new DamagedException("column " + column + " is empty");
        }
        return text;
    }
}
