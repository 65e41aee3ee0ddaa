package dev.pigeonhole.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is run many times within a transaction, each time with other values: to understand it costs several times what
 * running it does. Prepared when it is first needed. Not thread-safe.
 */
final class Repeated implements AutoCloseable {
    private final Connection connection;
    private final String sql;
    private @Nullable PreparedStatement statement;

    Repeated(Connection connection, String sql) {
        this.connection = connection;
        this.sql = sql;
    }

    /** The statement with these values; to be used up before it is asked for again. */
    PreparedStatement with(Object... values) throws SQLException {
        PreparedStatement prepared = statement;
        if (prepared == null) {
            prepared = connection.prepareStatement(sql);
            statement = prepared;
        }
        for (int i = 0; i < values.length; i++) {
            prepared.setObject(i + 1, values[i]);
        }
        return prepared;
    }

    @Override
    public void close() throws SQLException {
        PreparedStatement prepared = statement;
        statement = null;
        if (prepared != null) {
            prepared.close();
        }
    }
}
