package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.core.ledger.TokenUsage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A job's line in {@code bill}: what its calls add up to. Immutable.
 *
 * @param bill for people
 * @param unsettled calls that were answered and not used yet
 * @param seals sum of the seals of all calls
 * @param unsettledSeals sum of the seals of those that were answered and not used yet
 */
record CallTotals(Bill bill, long unsettled, long seals, long unsettledSeals) {
    private static final CallTotals NONE = new CallTotals(Bill.NONE, 0, 0, 0);

    /** With a call as it is now, in place of what it was before; null if it is new. */
    CallTotals with(Bill now, long job, @Nullable CallLine before, CallLine after) {
        CallTotals without = before == null ? this : plus(-1, before.state(), before.seal(job));
        CallTotals with = without.plus(1, after.state(), after.seal(job));
        return new CallTotals(now, with.unsettled, with.seals, with.unsettledSeals);
    }

    private CallTotals plus(int sign, CallLine.State state, long seal) {
        boolean open = state == CallLine.State.ANSWERED;
        return new CallTotals(
                bill, unsettled + (open ? sign : 0), seals + sign * seal, unsettledSeals + (open ? sign * seal : 0));
    }

    static CallTotals read(Connection connection, long job) throws SQLException {
        CallTotals found = Sql.first(connection, "SELECT * FROM bill WHERE job = ?", line -> verified(job, line), job);
        if (found != null) {
            return found;
        }
        Long call = Sql.first(connection, "SELECT number FROM call WHERE job = ?", line -> line.getLong(1), job);
        if (call != null) {
            throw new DamagedException("the bill of job number " + job + " is missing");
        }
        return NONE;
    }

    private static CallTotals verified(long job, ResultSet line) throws SQLException {
        CallTotals totals;
        try {
            totals = decode(line);
        } catch (RuntimeException e) {
            throw new DamagedException("the bill of job number " + job + " is not readable", e);
        }
        if (line.getLong("seal") != totals.seal(job)) {
            throw new DamagedException("the bill of job number " + job + " was altered");
        }
        return totals;
    }

    private static CallTotals decode(ResultSet line) throws SQLException {
        TokenUsage usage = new TokenUsage(
                line.getLong("input"),
                line.getLong("cached_input"),
                line.getLong("cache_write"),
                line.getLong("output"));
        Bill bill = new Bill(
                line.getLong("sent"),
                line.getLong("answered"),
                line.getLong("unbilled"),
                usage,
                new Money(line.getLong("cost")),
                new Money(line.getLong("at_risk")),
                line.getLong("unpriced"));
        return new CallTotals(bill, line.getLong("unsettled"), line.getLong("seals"), line.getLong("unsettled_seals"));
    }

    void write(Connection connection, long job) throws SQLException {
        Sql.update(
                connection,
                "INSERT OR REPLACE INTO bill VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                job,
                bill.sent(),
                bill.answered(),
                bill.unbilled(),
                bill.usage().input(),
                bill.usage().cachedInput(),
                bill.usage().cacheWrite(),
                bill.usage().output(),
                bill.cost().picodollars(),
                bill.atRisk().picodollars(),
                bill.unpriced(),
                unsettled,
                seals,
                unsettledSeals,
                seal(job));
    }

    private long seal(long job) {
        return new Checksum()
                .add(job)
                .add(bill.sent())
                .add(bill.answered())
                .add(bill.unbilled())
                .add(bill.usage().input())
                .add(bill.usage().cachedInput())
                .add(bill.usage().cacheWrite())
                .add(bill.usage().output())
                .add(bill.cost().picodollars())
                .add(bill.atRisk().picodollars())
                .add(bill.unpriced())
                .add(unsettled)
                .add(seals)
                .add(unsettledSeals)
                .value();
    }
}
