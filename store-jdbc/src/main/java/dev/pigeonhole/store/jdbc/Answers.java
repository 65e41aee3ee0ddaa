package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.AnswerKey;
import dev.pigeonhole.core.checkpoint.KnownAnswer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The answers that are known for texts, of all jobs. Each carries its checksum; an answer that damage made unfindable is asked for
 * again. Stateless.
 */
final class Answers {
    /** Keys looked up by one statement; the same text each time. */
    private static final int KEYS = 100;

    private static final String FIND = "SELECT key, category, confidence, source, seal FROM answer WHERE key IN ("
            + String.join(",", Collections.nCopies(KEYS, "?")) + ")";

    private Answers() {}

    /** Adds those whose text has none yet. */
    static void put(Connection connection, List<KnownAnswer> answers) throws SQLException {
        if (answers.isEmpty()) {
            return;
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO answer VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING")) {
            for (KnownAnswer answer : sorted(answers)) {
                bind(insert, answer);
                insert.executeUpdate();
            }
        }
    }

    /** In the order of the table, so that a page of it is written once; equal keys stay in theirs. */
    private static List<KnownAnswer> sorted(List<KnownAnswer> answers) {
        return answers.stream()
                .sorted(Comparator.comparing(answer -> answer.key().toBytes(), Arrays::compareUnsigned))
                .toList();
    }

    private static void bind(PreparedStatement insert, KnownAnswer answer) throws SQLException {
        Outcome outcome = Storable.of(answer.outcome());
        byte[] key = answer.key().toBytes();
        insert.setBytes(1, key);
        if (outcome instanceof Outcome.Categorized o) {
            insert.setString(2, o.category());
            bind(insert, o.confidence(), o.source());
        } else if (outcome instanceof Outcome.Unmatched o) {
            insert.setNull(2, Types.VARCHAR);
            bind(insert, o.confidence(), o.source());
        }
        insert.setLong(5, seal(key, outcome));
    }

    private static void bind(PreparedStatement insert, OptionalDouble confidence, String source) throws SQLException {
        if (confidence.isPresent()) {
            insert.setDouble(3, confidence.getAsDouble());
        } else {
            insert.setNull(3, Types.REAL);
        }
        insert.setString(4, source);
    }

    static Map<AnswerKey, Outcome> find(Connection connection, Collection<AnswerKey> keys) throws SQLException {
        Map<AnswerKey, Outcome> found = new HashMap<>();
        List<AnswerKey> wanted = List.copyOf(keys);
        try (PreparedStatement select = connection.prepareStatement(FIND)) {
            for (int from = 0; from < wanted.size(); from += KEYS) {
                find(select, wanted.subList(from, Math.min(from + KEYS, wanted.size())), found);
            }
        }
        return found;
    }

    private static void find(PreparedStatement select, List<AnswerKey> wanted, Map<AnswerKey, Outcome> found)
            throws SQLException {
        for (int i = 0; i < KEYS; i++) {
            select.setBytes(i + 1, wanted.get(Math.min(i, wanted.size() - 1)).toBytes());
        }
        try (ResultSet lines = select.executeQuery()) {
            while (lines.next()) {
                see(lines, found);
            }
        }
    }

    private static void see(ResultSet line, Map<AnswerKey, Outcome> found) throws SQLException {
        byte[] key = line.getBytes(1);
        Outcome outcome;
        try {
            outcome = decode(line);
            found.put(AnswerKey.ofBytes(key), outcome);
        } catch (RuntimeException e) {
            throw new DamagedException("a known answer is not readable", e);
        }
        if (line.getLong(5) != seal(key, outcome)) {
            throw new DamagedException("a known answer was altered");
        }
    }

    private static Outcome decode(ResultSet line) throws SQLException {
        double number = line.getDouble(3);
        OptionalDouble confidence = line.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(number);
        String category = line.getString(2);
        String source = Sql.text(line, "source");
        return category == null
                ? new Outcome.Unmatched(confidence, source)
                : new Outcome.Categorized(category, confidence, source);
    }

    private static long seal(byte[] key, Outcome outcome) {
        Checksum sum = new Checksum();
        for (byte b : key) {
            sum.add(b);
        }
        return sum.add(outcome).value();
    }
}
