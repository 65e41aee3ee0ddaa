package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.checkpoint.JobPlan;
import dev.pigeonhole.core.csv.CsvDialect;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvProfile.Oddities;
import dev.pigeonhole.core.csv.RowMark;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is fixed when a job is created: its lines in {@code job} and the tables that belong to it. Stateless. */
final class Plans {
    private Plans() {}

    /** What the lines say. */
    record StoredPlan(String id, Instant created, JobPlan plan) {
        long seal(long job) {
            CsvProfile profile = plan.profile();
            Checksum sum = new Checksum()
                    .add(job)
                    .add(id)
                    .add(created.toString())
                    .add(plan.name())
                    .add(plan.input().toString())
                    .add(plan.output().toString())
                    .add(profile.bytes())
                    .add(profile.sha256())
                    .add(profile.dialect().toString())
                    .add(profile.header())
                    .add(profile.rows())
                    .add(profile.oddities().toString());
            addAll(sum, plan.settings());
            addAll(sum, plan.launch());
            sum.add(plan.categories().size());
            plan.categories().forEach(sum::add);
            sum.add(profile.columns().size());
            profile.columns().forEach(sum::add);
            sum.add(profile.textColumns().size());
            profile.textColumns().forEach(sum::add);
            sum.add(profile.index().size());
            profile.index().forEach(m -> sum.add(m.row()).add(m.line()).add(m.offset()));
            return sum.value();
        }

        private static void addAll(Checksum sum, Map<String, String> map) {
            sum.add(map.size());
            map.forEach((name, value) -> sum.add(name).add(value));
        }
    }

    static void insert(Connection connection, long job, StoredPlan stored) throws SQLException {
        JobPlan plan = stored.plan();
        CsvProfile profile = plan.profile();
        Sql.update(
                connection,
                "INSERT INTO job VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                job,
                stored.id(),
                plan.name(),
                stored.created().toString(),
                plan.input().toString(),
                plan.output().toString(),
                profile.bytes(),
                profile.sha256(),
                profile.rows(),
                profile.dialect().charset().name(),
                profile.dialect().bom() ? 1 : 0,
                (int) profile.dialect().delimiter(),
                profile.dialect().lineEnding(),
                profile.header(),
                profile.oddities().blankLines(),
                profile.oddities().shortRows(),
                profile.oddities().longRows(),
                profile.oddities().rowsWithNul(),
                profile.oddities().rowsWithBadBytes(),
                profile.oddities().rowsWithLooseQuotes(),
                stored.seal(job));
        insertMap(connection, job, "settings", plan.settings());
        insertMap(connection, job, "launch", plan.launch());
        insertList(connection, "INSERT INTO category VALUES (?, ?, ?)", job, plan.categories());
        insertList(connection, "INSERT INTO job_column VALUES (?, ?, ?)", job, profile.columns());
        insertList(connection, "INSERT INTO job_text_column VALUES (?, ?, ?)", job, profile.textColumns());
        insertIndex(connection, job, profile.index());
    }

    private static void insertMap(Connection connection, long job, String kind, Map<String, String> map)
            throws SQLException {
        for (Map.Entry<String, String> entry : map.entrySet()) {
            Sql.update(
                    connection,
                    "INSERT INTO job_setting VALUES (?, ?, ?, ?)",
                    job,
                    kind,
                    entry.getKey(),
                    entry.getValue());
        }
    }

    private static void insertList(Connection connection, String sql, long job, List<?> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            Sql.update(connection, sql, job, i, values.get(i));
        }
    }

    private static void insertIndex(Connection connection, long job, List<RowMark> index) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO job_row_mark VALUES (?, ?, ?, ?, ?)")) {
            for (int i = 0; i < index.size(); i++) {
                RowMark mark = index.get(i);
                statement.setLong(1, job);
                statement.setInt(2, i);
                statement.setLong(3, mark.row());
                statement.setLong(4, mark.line());
                statement.setLong(5, mark.offset());
                statement.executeUpdate();
            }
        }
    }

    static StoredPlan read(Connection connection, long job) throws SQLException {
        StoredPlan found = Sql.first(
                connection, "SELECT * FROM job WHERE number = ?", line -> verified(connection, job, line), job);
        if (found == null) {
            throw new DamagedException("job number " + job + " is missing");
        }
        return found;
    }

    private static StoredPlan verified(Connection connection, long job, ResultSet line) throws SQLException {
        StoredPlan stored;
        try {
            stored = new StoredPlan(
                    Sql.text(line, "id"), Instant.parse(Sql.text(line, "created")), plan(connection, job, line));
        } catch (RuntimeException e) {
            throw new DamagedException("the plan of job number " + job + " is not readable", e);
        }
        if (line.getLong("seal") != stored.seal(job)) {
            throw new DamagedException("the plan of job number " + job + " was altered");
        }
        return stored;
    }

    private static JobPlan plan(Connection connection, long job, ResultSet line) throws SQLException {
        return new JobPlan(
                Sql.text(line, "name"),
                Path.of(Sql.text(line, "input")),
                Path.of(Sql.text(line, "output")),
                map(connection, job, "settings"),
                map(connection, job, "launch"),
                list(connection, "SELECT name FROM category WHERE job = ? ORDER BY ordinal", job, Plans::name),
                profile(connection, job, line));
    }

    private static CsvProfile profile(Connection connection, long job, ResultSet line) throws SQLException {
        return new CsvProfile(
                line.getLong("input_bytes"),
                Sql.text(line, "input_sha256"),
                new CsvDialect(
                        Charset.forName(Sql.text(line, "charset")),
                        line.getInt("bom") == 1,
                        (char) line.getInt("delimiter"),
                        Sql.text(line, "line_ending")),
                list(connection, "SELECT name FROM job_column WHERE job = ? ORDER BY ordinal", job, Plans::name),
                Sql.text(line, "header"),
                list(
                        connection,
                        "SELECT \"column\" FROM job_text_column WHERE job = ? ORDER BY ordinal",
                        job,
                        l -> l.getInt(1)),
                line.getLong("input_rows"),
                new Oddities(
                        line.getLong("blank_lines"),
                        line.getLong("short_rows"),
                        line.getLong("long_rows"),
                        line.getLong("rows_with_nul"),
                        line.getLong("rows_with_bad_bytes"),
                        line.getLong("rows_with_loose_quotes")),
                list(
                        connection,
                        "SELECT row, line, at_byte FROM job_row_mark WHERE job = ? ORDER BY ordinal",
                        job,
                        l -> new RowMark(l.getLong(1), l.getLong(2), l.getLong(3))));
    }

    private static String name(ResultSet line) throws SQLException {
        return Sql.text(line, "name");
    }

    private static <T> List<T> list(Connection connection, String sql, long job, Sql.Reader<T> reader)
            throws SQLException {
        List<T> list = new ArrayList<>();
        Sql.forEach(connection, sql, line -> list.add(reader.read(line)), job);
        return list;
    }

    private static SortedMap<String, String> map(Connection connection, long job, String kind) throws SQLException {
        SortedMap<String, String> map = new TreeMap<>();
        Sql.forEach(
                connection,
                "SELECT name, value FROM job_setting WHERE job = ? AND kind = ?",
                line -> map.put(name(line), Sql.text(line, "value")),
                job,
                kind);
        return map;
    }
}
