package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.core.ledger.PaidCall;
import dev.pigeonhole.store.jdbc.CallLine.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The calls of a job that cost money. Adds up as it goes; {@link #finish} writes the sum. An operation that throws anything but an
 * error of the database has changed nothing. Not thread-safe; lives as long as a transaction.
 */
final class Calls implements AutoCloseable {
    private static final String FIND = "SELECT " + CallLine.COLUMNS + " FROM call WHERE job = ? AND number = ?";
    private static final String ALL = "SELECT " + CallLine.COLUMNS + " FROM call WHERE job = ? ORDER BY number DESC";
    private static final String UNSETTLED =
            "SELECT " + CallLine.COLUMNS + " FROM call WHERE job = ? AND state = 'ANSWERED' ORDER BY number DESC";
    private static final String OPEN =
            "SELECT " + CallLine.COLUMNS + " FROM call WHERE job = ? AND state = 'SENT' ORDER BY number";
    private static final String BEGIN = "INSERT INTO call (job, number, rows, round, model, format, worst_case, state,"
            + " seal) VALUES (?, ?, ?, ?, ?, ?, ?, 'SENT', ?)";
    private static final String ANSWER =
            "UPDATE call SET state = 'ANSWERED', answer = ?, finish = ?, request_id = ?, input = ?,"
                    + " cached_input = ?, cache_write = ?, output = ?, cost = ?, seal = ? WHERE job = ? AND number = ?";
    private static final String MOVE = "UPDATE call SET state = ?, seal = ? WHERE job = ? AND number = ?";

    private final Connection connection;
    private final long job;
    private final CallTotals before;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private CallTotals totals;

    Calls(Connection connection, long job) throws SQLException {
        this.connection = connection;
        this.job = job;
        this.before = CallTotals.read(connection, job);
        this.totals = before;
    }

    long begin(CallIntent intent) throws SQLException {
        Bill bill = totals.bill().plusSent(intent);
        CallLine line = CallLine.begun(bill.sent(), intent);
        CallTotals sum = totals.with(bill, job, null, line);
        PreparedStatement insert = statement(BEGIN);
        insert.setLong(1, job);
        line.bindIntent(insert, 2);
        insert.setLong(8, line.seal(job));
        insert.executeUpdate();
        totals = sum;
        return line.number();
    }

    void answered(long call, CallAnswer answer) throws SQLException {
        CallLine old = sent(call);
        CallLine line = old.answered(answer);
        CallTotals sum = totals.with(totals.bill().plus(old.intent(), answer), job, old, line);
        PreparedStatement update = statement(ANSWER);
        CallLine.bindAnswer(update, 1, line.paid().answer());
        update.setLong(9, line.seal(job));
        update.setLong(10, job);
        update.setLong(11, call);
        update.executeUpdate();
        totals = sum;
    }

    void unbilled(long call) throws SQLException {
        CallLine old = sent(call);
        move(old, old.unbilled(), totals.bill().plusUnbilled(old.intent()));
    }

    /** Whether the call has not ended. */
    boolean isOpen(long call) throws SQLException {
        return find(call).state() == State.SENT;
    }

    /** Hands over the calls that have not ended, by number. A line lost to damage is noticed: the sum knows how many there are. */
    void forEachOpen(CallLedger.OpenCall consumer) throws SQLException {
        long[] left = {totals.bill().unanswered()};
        Sql.forEach(
                connection,
                OPEN,
                line -> {
                    CallLine call = CallLine.verified(job, line);
                    left[0]--;
                    consumer.accept(call.number(), call.intent());
                },
                job);
        if (left[0] != 0) {
            throw new DamagedException(left[0] + " open calls of job number " + job + " are missing");
        }
    }

    private CallLine sent(long call) throws SQLException {
        CallLine line = find(call);
        if (line.state() != State.SENT) {
            throw new IllegalArgumentException("call " + call + " has ended");
        }
        return line;
    }

    /** Marks answers as used; those that are marked already stay so. */
    void settle(Collection<Long> calls) throws SQLException {
        for (long call : calls) {
            CallLine line = find(call);
            if (line.answer() == null) {
                throw new IllegalArgumentException("call " + call + " was not answered");
            }
            if (line.state() == State.ANSWERED) {
                move(line, line.in(State.SETTLED), totals.bill());
            }
        }
    }

    /** Takes all answers for not used yet. */
    void unsettle() throws SQLException {
        for (long number = 1; number <= totals.bill().sent(); number++) {
            CallLine line = find(number);
            if (line.state() == State.SETTLED) {
                move(line, line.in(State.ANSWERED), totals.bill());
            }
        }
    }

    private void move(CallLine from, CallLine to, Bill bill) throws SQLException {
        CallTotals sum = totals.with(bill, job, from, to);
        PreparedStatement update = statement(MOVE);
        update.setString(1, to.state().name());
        update.setLong(2, to.seal(job));
        update.setLong(3, job);
        update.setLong(4, from.number());
        update.executeUpdate();
        totals = sum;
    }

    private CallLine find(long number) throws SQLException {
        if (number < 1 || number > totals.bill().sent()) {
            throw new IllegalArgumentException("call " + number + " was not begun");
        }
        PreparedStatement select = statement(FIND);
        select.setLong(1, job);
        select.setLong(2, number);
        try (ResultSet lines = select.executeQuery()) {
            if (!lines.next()) {
                throw new DamagedException("call " + number + " of job number " + job + " is missing");
            }
            return CallLine.verified(job, lines);
        }
    }

    /** Hands over the calls about a row, by number. Of the others nothing but their rows is read. */
    void forEachAbout(long row, Consumer<CallLine> consumer) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        Sql.forEach(
                connection,
                "SELECT number, rows FROM call WHERE job = ? ORDER BY number",
                line -> {
                    if (RowList.holds(Sql.text(line, "rows"), row)) {
                        numbers.add(line.getLong(1));
                    }
                },
                job);
        for (long number : numbers) {
            consumer.accept(find(number));
        }
    }

    void forEachAnswer(Consumer<PaidCall> consumer) throws SQLException {
        forEach(ALL, totals.bill().sent(), totals.seals(), consumer);
    }

    void forEachUnsettled(Consumer<PaidCall> consumer) throws SQLException {
        forEach(UNSETTLED, totals.unsettled(), totals.unsettledSeals(), consumer);
    }

    /** Each line has its own seal; whether one is missing shows when all were read. */
    private void forEach(String sql, long count, long seals, Consumer<PaidCall> consumer) throws SQLException {
        long[] left = {count, seals, Long.MAX_VALUE};
        Sql.forEach(
                connection,
                sql,
                line -> {
                    CallLine call = CallLine.verified(job, line);
                    if (call.number() >= left[2]) {
                        throw new DamagedException("call " + call.number() + " comes after call " + left[2]);
                    }
                    left[0]--;
                    left[1] -= call.seal(job);
                    left[2] = call.number();
                    if (call.answer() != null) {
                        consumer.accept(call.paid());
                    }
                },
                job);
        if (left[0] != 0 || left[1] != 0) {
            throw new DamagedException("of " + count + " calls of job number " + job + ", " + left[0] + " are missing");
        }
    }

    /** Writes what the calls add up to now. To be called before the transaction ends. */
    void finish() throws SQLException {
        if (!totals.equals(before)) {
            totals.write(connection, job);
        }
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known != null) {
            return known;
        }
        PreparedStatement prepared = connection.prepareStatement(sql);
        statements.put(sql, prepared);
        return prepared;
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
    }
}
