package dev.pigeonhole.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.checkpoint.AnswerKey;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobRows;
import dev.pigeonhole.core.checkpoint.KnownAnswer;
import dev.pigeonhole.core.checkpoint.Recording;
import dev.pigeonhole.core.checkpoint.RowFilter;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.checkpoint.Verdict;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.testkit.SampleCalls;
import dev.pigeonhole.testkit.SampleJobs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A workspace of an earlier version is taken over with all that is in it. */
class MigrationTest {
    @TempDir
    Path workspace;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aJobOfAnEarlierLayoutGoesOn(int layout) {
        List<RowOutcome> outcomes = new ArrayList<>();
        JobRecord old = jobOf(layout, outcomes);

        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(workspace)) {
            assertThat(store.jobs()).containsExactly(old);
            assertThat(store.bill(old.id())).isEqualTo(Bill.NONE);
            KnownAnswer answer = new KnownAnswer(
                    AnswerKey.of(new byte[0], "text"), SampleJobs.categorized(1).outcome());
            assertThat(store.known(List.of(answer.key()))).isEmpty();
            try (JobLease lease = store.acquire(old.id(), SampleJobs.HOLDER)) {
                assertThat(lease.epoch()).isEqualTo(2);
                assertThat(SampleCalls.unsettled(lease.ledger())).isEmpty();
                assertThat(lease.ledger().begin(SampleCalls.intent(1))).isOne();
                lease.ledger().answered(1, SampleCalls.answer("text", 3));
                lease.record(new Recording(List.of(SampleJobs.categorized(999)), List.of(answer), List.of(1L)));
                outcomes.add(SampleJobs.categorized(999));

                List<RowOutcome> found = new ArrayList<>();
                lease.forEachOutcome(1, 9999, found::add);
                assertThat(found).isEqualTo(outcomes);
                JobRows rows = store.rows(old.id());
                assertThat(lease.applyReviews()).isZero();
                assertThat(rows.facets(RowFilter.ALL).counts()).isEqualTo(lease.counts());
                assertThat(rows.review(999, new Verdict.NoCategory()).number()).isOne();
                assertThat(lease.applyReviews()).isOne();
            }
            store.create(SampleJobs.plan("more"));
        }
        try (JdbcCheckpointStore again = JdbcCheckpointStore.sqlite(workspace)) {
            assertThat(again.bill(old.id()).answered()).isOne();
            again.delete(old.id());
            assertThat(again.jobs()).hasSize(1);
        }
    }

    private JobRecord jobOf(int layout, List<RowOutcome> outcomes) {
        Engine first = new SqliteEngine(workspace) {
            @Override
            public List<String> migrations() {
                return super.migrations().subList(0, layout);
            }
        };
        Random random = new Random(5);
        LongStream.rangeClosed(1, 500).forEach(row -> outcomes.add(SampleJobs.random(random, row)));
        try (JdbcCheckpointStore store = JdbcCheckpointStore.open(first, workspace.resolve("jobs"))) {
            String id = store.create(SampleJobs.plan("job")).id();
            try (JobLease lease = store.acquire(id, SampleJobs.HOLDER)) {
                recordInLines(store, lease, outcomes);
                lease.publishBatch(SampleJobs.batch(1, 1, 500), () -> {});
            }
            return store.find(id).orElseThrow();
        }
    }

    /** Few at a time, so that each row gets a line, as it did before version 4, whose table is there only for the time being. */
    private static void recordInLines(JdbcCheckpointStore store, JobLease lease, List<RowOutcome> outcomes) {
        store.database().write("test", c -> Sql.update(c, "CREATE TABLE outcome_pack (job, first_row, outcomes)"));
        for (int from = 0; from < outcomes.size(); from += 20) {
            lease.record(outcomes.subList(from, Math.min(outcomes.size(), from + 20)));
        }
        store.database().write("test", c -> Sql.update(c, "DROP TABLE outcome_pack"));
    }
}
