package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.PaidCall;
import dev.pigeonhole.core.ledger.TokenUsage;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line in {@code call}: a call of a job that may cost money. Immutable.
 *
 * @param number within its job, from 1
 * @param intent what was asked, fit for UTF-8
 * @param state how far it got
 * @param answer what came back, fit for UTF-8; null unless it was answered
 */
record CallLine(
        long number,
        CallIntent intent,
        State state,
        @Nullable CallAnswer answer) {
    /** Their names are part of the format. */
    enum State {
        SENT,
        ANSWERED,
        SETTLED,
        UNBILLED;

        /** As people are told. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final String COLUMNS = "number, rows, round, model, format, worst_case, state, answer, finish, request_id,"
            + " input, cached_input, cache_write, output, cost, seal";

    /** More rows than any call has; a damaged list is not read beyond. */
    private static final int MOST_ROWS = 1 << 20;

    CallLine {
        if ((answer != null) != (state == State.ANSWERED || state == State.SETTLED)) {
            throw new IllegalArgumentException("call " + number + ": " + state);
        }
    }

    static CallLine begun(long number, CallIntent intent) {
        if (intent.rows().size() > MOST_ROWS) {
            throw new IllegalArgumentException(intent.rows().size() + " rows in one call");
        }
        CallIntent storable = new CallIntent(
                intent.rows(),
                intent.round(),
                Storable.text(intent.model()),
                Storable.text(intent.format()),
                intent.worstCase());
        return new CallLine(number, storable, State.SENT, null);
    }

    CallLine answered(CallAnswer by) {
        CallAnswer storable = new CallAnswer(
                Storable.text(by.text()),
                Storable.text(by.finish()),
                Storable.text(by.requestId()),
                by.usage(),
                by.cost());
        return new CallLine(number, intent, State.ANSWERED, storable);
    }

    CallLine unbilled() {
        return new CallLine(number, intent, State.UNBILLED, null);
    }

    /** With another state; the answer stays. */
    CallLine in(State to) {
        return new CallLine(number, intent, to, answer);
    }

    PaidCall paid() {
        return new PaidCall(number, intent, Objects.requireNonNull(answer));
    }

    /** Reads {@link #COLUMNS}; refuses a line that is not as it was written. */
    static CallLine verified(long job, ResultSet line) throws SQLException {
        CallLine call;
        try {
            call = decode(line);
        } catch (RuntimeException e) {
            throw new DamagedException("a call of job number " + job + " is not readable", e);
        }
        if (line.getLong(16) != call.seal(job)) {
            throw new DamagedException("call " + call.number + " of job number " + job + " was altered");
        }
        return call;
    }

    private static CallLine decode(ResultSet line) throws SQLException {
        CallIntent intent = new CallIntent(
                RowList.read(text(line, 2), MOST_ROWS), line.getInt(3), text(line, 4), text(line, 5), money(line, 6));
        State state = State.valueOf(text(line, 7));
        CallAnswer answer = line.getString(8) == null
                ? null
                : new CallAnswer(
                        text(line, 8),
                        text(line, 9),
                        text(line, 10),
                        new TokenUsage(line.getLong(11), line.getLong(12), line.getLong(13), line.getLong(14)),
                        money(line, 15));
        return new CallLine(line.getLong(1), intent, state, answer);
    }

    private static String text(ResultSet line, int column) throws SQLException {
        return Objects.requireNonNull(line.getString(column));
    }

    private static Optional<Money> money(ResultSet line, int column) throws SQLException {
        long picodollars = line.getLong(column);
        return line.wasNull() ? Optional.empty() : Optional.of(new Money(picodollars));
    }

    /** Sets number, rows, round, model, format, worst case. */
    void bindIntent(PreparedStatement statement, int at) throws SQLException {
        statement.setLong(at, number);
        statement.setString(at + 1, RowList.write(intent.rows()));
        statement.setInt(at + 2, intent.round());
        statement.setString(at + 3, intent.model());
        statement.setString(at + 4, intent.format());
        bind(statement, at + 5, intent.worstCase());
    }

    /** Sets answer, finish, request id, four numbers of tokens, cost. */
    static void bindAnswer(PreparedStatement statement, int at, CallAnswer answer) throws SQLException {
        statement.setString(at, answer.text());
        statement.setString(at + 1, answer.finish());
        statement.setString(at + 2, answer.requestId());
        statement.setLong(at + 3, answer.usage().input());
        statement.setLong(at + 4, answer.usage().cachedInput());
        statement.setLong(at + 5, answer.usage().cacheWrite());
        statement.setLong(at + 6, answer.usage().output());
        bind(statement, at + 7, answer.cost());
    }

    private static void bind(PreparedStatement statement, int at, Optional<Money> money) throws SQLException {
        if (money.isPresent()) {
            statement.setLong(at, money.get().picodollars());
        } else {
            statement.setNull(at, Types.INTEGER);
        }
    }

    long seal(long job) {
        Checksum sum = new Checksum()
                .add(job)
                .add(number)
                .add(intent.round())
                .add(intent.model())
                .add(intent.format())
                .add(picodollars(intent.worstCase()))
                .add(state.name())
                .add(intent.rows().size());
        intent.rows().forEach(sum::add);
        if (answer != null) {
            sum.add(answer.text())
                    .add(answer.finish())
                    .add(answer.requestId())
                    .add(answer.usage().input())
                    .add(answer.usage().cachedInput())
                    .add(answer.usage().cacheWrite())
                    .add(answer.usage().output())
                    .add(picodollars(answer.cost()));
        }
        return sum.value();
    }

    private static long picodollars(Optional<Money> money) {
        return money.map(Money::picodollars).orElse(-1L);
    }
}
