package dev.pigeonhole.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.checkpoint.AnswerKey;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.KnownAnswer;
import dev.pigeonhole.core.checkpoint.Recording;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.core.ledger.TokenUsage;
import dev.pigeonhole.testkit.SampleCalls;
import dev.pigeonhole.testkit.SampleJobs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of calls and answers: what people see there, what damage does, what a failing commit leaves. */
class CallsTest {
    private static final AnswerKey KEY = AnswerKey.of(new byte[0], "text");

    @TempDir
    Path workspace;

    private JdbcCheckpointStore store;
    private JobLease lease;

    @BeforeEach
    void holdAJobWithFourCalls() {
        store = JdbcCheckpointStore.sqlite(workspace);
        lease = store.acquire(store.create(SampleJobs.plan("job")).id(), SampleJobs.HOLDER);
        CallLedger ledger = lease.ledger();
        for (int i = 0; i < 4; i++) {
            ledger.begin(SampleCalls.intent(1 + i * 20));
        }
        ledger.answered(1, SampleCalls.answer("one", 1_000_000));
        ledger.answered(2, SampleCalls.answer("two", 2_000_000));
        ledger.unbilled(3);
        KnownAnswer answer = new KnownAnswer(KEY, SampleJobs.categorized(1).outcome());
        lease.record(new Recording(List.of(), List.of(answer), List.of(1L)));
    }

    @AfterEach
    void giveBack() {
        lease.close();
        store.close();
    }

    @Test
    void peopleCanReadTheViewOfCalls() {
        List<String> lines = new ArrayList<>();
        store.database().read("test", connection -> {
            Sql.forEach(
                    connection,
                    "SELECT number, state, rows, cost_usd, input_tokens, answer FROM paid_call WHERE job = ? ORDER BY 1",
                    line -> lines.add(line.getLong(1) + " " + line.getString(2) + " " + line.getString(3) + " "
                            + line.getString(4) + " " + line.getString(5) + " " + line.getString(6)),
                    lease.job().id());
            return true;
        });

        assertThat(lines)
                .containsExactly(
                        "1 settled 1-20 1.0e-06 1000000 one",
                        "2 answered 21-40 2.0e-06 2000000 two",
                        "3 unbilled 41-60 null null null",
                        "4 sent 61-80 null null null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE call SET answer = 'One' WHERE number = 1",
                "UPDATE call SET answer = NULL WHERE number = 1",
                "UPDATE call SET cost = cost + 1 WHERE number = 1",
                "UPDATE call SET cost = -5 WHERE number = 1",
                "UPDATE call SET request_id = NULL WHERE number = 1",
                "UPDATE call SET rows = '1-9999999999999999' WHERE number = 1",
                "UPDATE call SET rows = '1-' WHERE number = 1",
                "UPDATE call SET rows = '' WHERE number = 1",
                "UPDATE call SET state = 'SENT' WHERE number = 1",
                "UPDATE call SET state = 'ANSWERED' WHERE number = 1",
                "UPDATE call SET state = 'LOST' WHERE number = 4",
                "UPDATE call SET state = 'UNBILLED' WHERE number = 4",
                "UPDATE call SET number = 5 WHERE number = 1",
                "UPDATE call SET job = 2 WHERE number = 1",
                "DELETE FROM call WHERE number = 1",
                "DELETE FROM call WHERE number = 4",
                "DELETE FROM bill",
                "UPDATE bill SET answered = 1",
                "UPDATE bill SET cost = 0",
                "UPDATE bill SET input = -1",
                "UPDATE bill SET job = 2"
            })
    void alteredCallsAreNotBelieved(String damage) {
        harm(damage);

        assertThatThrownBy(() -> SampleCalls.answers(lease.ledger()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining(workspace.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE call SET answer = 'Two' WHERE number = 2",
                "UPDATE call SET state = 'SETTLED' WHERE number = 2",
                "UPDATE call SET state = 'ANSWERED' WHERE number = 1",
                "UPDATE bill SET unsettled = 0",
                "DELETE FROM call WHERE number = 2"
            })
    void answersThatAreNotUsedYetAreNotLostUnnoticed(String damage) {
        harm(damage);

        assertThatThrownBy(() -> SampleCalls.unsettled(lease.ledger())).isInstanceOf(StorageException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE bill SET cost = cost + 1",
                "UPDATE bill SET sent = 9",
                "UPDATE bill SET unpriced = -1",
                "UPDATE bill SET seal = seal + 1",
                "DELETE FROM bill"
            })
    void anAlteredBillIsNotBelieved(String damage) {
        harm(damage);

        assertThatThrownBy(() -> store.bill(lease.job().id())).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> lease.ledger().bill()).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> lease.ledger().begin(SampleCalls.intent(1))).isInstanceOf(StorageException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE answer SET category = 'Other'",
                "UPDATE answer SET category = NULL",
                "UPDATE answer SET confidence = 7",
                "UPDATE answer SET source = 'gpt'",
                "UPDATE answer SET seal = 1"
            })
    void alteredAnswersAreNotBelieved(String damage) {
        harm(damage);

        assertThatThrownBy(() -> store.known(List.of(KEY))).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> lease.known(List.of(KEY))).isInstanceOf(StorageException.class);
    }

    @Test
    void aDamagedCallFailsOnlyItsCaller() {
        harm("UPDATE call SET round = 9 WHERE number = 4");

        assertThatThrownBy(() -> lease.ledger().answered(4, SampleCalls.answer("four", 4)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("a call cannot be entered")
                .hasMessageContaining("damaged");
        assertThat(lease.ledger().begin(SampleCalls.intent(1))).isEqualTo(5);
    }

    /** A violation that the database finds only when the transaction is to be committed. */
    @Test
    void aCommitThatFailsLeavesNothingHalf() throws Exception {
        harm("CREATE TABLE odd (job INTEGER REFERENCES job DEFERRABLE INITIALLY DEFERRED)");
        harm("CREATE TRIGGER late AFTER UPDATE ON bill BEGIN INSERT INTO odd VALUES (99); END");
        harm("CREATE TRIGGER later AFTER INSERT ON bill BEGIN INSERT INTO odd VALUES (99); END");
        Bill before = lease.ledger().bill();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> refused = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                refused.add(threads.submit(() -> lease.ledger().begin(SampleCalls.intent(1))));
            }
            refused.add(threads.submit(() -> lease.ledger().answered(4, SampleCalls.answer("four", 4))));
            refused.add(threads.submit(
                    () -> lease.record(new Recording(List.of(SampleJobs.categorized(1)), List.of(), List.of(2L)))));
            for (Future<?> each : refused) {
                assertThatThrownBy(each::get).hasCauseInstanceOf(StorageException.class);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(lease.ledger().bill()).isEqualTo(before);
        assertThat(lease.counts().total()).isZero();
        assertThat(SampleCalls.unsettled(lease.ledger())).hasSize(1);

        harm("DROP TRIGGER late");
        harm("DROP TRIGGER later");
        assertThat(lease.ledger().begin(SampleCalls.intent(1))).isEqualTo(5);
        lease.ledger().answered(4, SampleCalls.answer("four", 4));
        assertThat(SampleCalls.answers(lease.ledger())).hasSize(3);
    }

    @Test
    void noCallIsEnteredWithinAPublication() {
        assertThatThrownBy(() -> lease.publishBatch(
                        SampleJobs.batch(1, 1, 1), () -> lease.ledger().begin(SampleCalls.intent(1))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(lease.ledger().bill().sent()).isEqualTo(4);
    }

    @Test
    void halfASurrogatePairBecomesAQuestionMark() {
        CallIntent cut = new CallIntent(List.of(1L), 0, "m\ud83d", "f\ud83d", Optional.empty());
        long call = lease.ledger().begin(cut);
        lease.ledger()
                .answered(call, new CallAnswer("a\udc00", "s\ud83d", "r\ud83d", TokenUsage.NONE, Optional.empty()));
        lease.record(SampleCalls.settle(2L));

        assertThat(SampleCalls.unsettled(lease.ledger())).singleElement().satisfies(paid -> {
            assertThat(paid.intent().model() + paid.intent().format()).isEqualTo("m?f?");
            assertThat(paid.answer().text() + paid.answer().finish()).isEqualTo("a?s?");
        });
    }

    private void harm(String sql) {
        store.database().write("test", connection -> {
            Sql.run(connection, "PRAGMA defer_foreign_keys=ON");
            if (sql.contains("SET job = 2")) {
                Sql.run(
                        connection,
                        "INSERT INTO job SELECT 2, 'x', name, created, input, output, input_bytes,"
                                + " input_sha256, input_rows, charset, bom, delimiter, line_ending, header, blank_lines,"
                                + " short_rows, long_rows, rows_with_nul, rows_with_bad_bytes, rows_with_loose_quotes, seal"
                                + " FROM job");
            }
            Sql.run(connection, sql);
            return true;
        });
    }
}
