package dev.pigeonhole.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.RowFilter;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.checkpoint.Verdict;
import dev.pigeonhole.testkit.SampleJobs;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Outcomes that came together share a line, and nobody who asks sees a difference. */
class OutcomePacksTest {
    private static final int ROWS = 1_000;

    private JdbcCheckpointStore store;
    private JobLease lease;

    @BeforeEach
    void open(@TempDir Path workspace) {
        store = JdbcCheckpointStore.sqlite(workspace);
        lease = store.acquire(store.create(SampleJobs.plan("job")).id(), SampleJobs.HOLDER);
    }

    @AfterEach
    void close() {
        lease.close();
        store.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.pigeonhole.testkit.Seeds#some")
    void rowsComeBackHoweverTheyCame(long seed) {
        Random random = new Random(seed);
        List<RowOutcome> outcomes = outcomes(random);
        List<RowOutcome> left = new ArrayList<>(outcomes);
        if (random.nextBoolean()) {
            Collections.shuffle(left, random);
        }
        while (!left.isEmpty()) {
            List<RowOutcome> some = left.subList(0, Math.min(left.size(), 1 + random.nextInt(300)));
            lease.record(some);
            lease.record(some);
            some.clear();
        }

        assertThat(recorded()).as("seed %d", seed).isEqualTo(outcomes);
        assertThat(lease.recorded(1, ROWS).cardinality()).isEqualTo(ROWS);
        assertThat(lease.counts().total()).isEqualTo(ROWS);
        assertThat(inView()).as("seed %d", seed).isEqualTo(asInView(outcomes));
    }

    @Test
    void manyRowsShareALineAndFewDoNot() {
        lease.record(categorized(1, 300));
        lease.record(categorized(301, 310));

        assertThat(count("outcome_pack")).isEqualTo(2);
        assertThat(count("outcome")).isEqualTo(10);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.pigeonhole.testkit.Seeds#some")
    void packedRowsCanBeForgottenAndRecordedAgain(long seed) {
        List<RowOutcome> outcomes = outcomes(new Random(seed));
        lease.record(outcomes);

        long failed = lease.reopenFailures();
        assertThat(recorded()).hasSize((int) (ROWS - failed));
        lease.record(outcomes);
        assertThat(recorded()).as("seed %d", seed).isEqualTo(outcomes);

        List<RowOutcome> kept =
                outcomes.stream().filter(row -> !row.isAnswered()).toList();
        assertThat(lease.reopenAnswered()).isEqualTo(ROWS - kept.size());
        assertThat(recorded()).as("seed %d", seed).isEqualTo(kept);
        lease.record(outcomes);
        assertThat(recorded()).as("seed %d", seed).isEqualTo(outcomes);
        assertThat(lease.tally().counts().total()).isEqualTo(ROWS);
    }

    @Test
    void whatAPersonSaysTakesThePlaceOfAPackedRow() {
        lease.record(categorized(1, 600));
        var rows = store.rows(lease.job().id());
        rows.review(300, new Verdict.NoCategory());

        assertThat(lease.applyReviews()).isOne();

        assertThat(recorded()).hasSize(600);
        assertThat(recorded().get(299).isByPerson()).isTrue();
        assertThat(rows.find(300)).isPresent();
        assertThat(rows.facets(RowFilter.ALL).counts()).isEqualTo(lease.counts());
        assertThatThrownBy(() -> rows.review(601, new Verdict.NoCategory()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** It has more bits behind the point than are kept of it. */
    @Test
    void aVerySmallConfidenceKeepsItsLine() {
        List<RowOutcome> outcomes = new ArrayList<>(categorized(1, 100));
        Outcome rare = new Outcome.Categorized(SampleJobs.CATEGORIES.get(0), OptionalDouble.of(1e-9 / 3), "local");
        outcomes.set(50, new RowOutcome(51, rare, 1, 1));

        lease.record(outcomes);

        assertThat(recorded()).isEqualTo(outcomes);
        assertThat(count("outcome")).isOne();
    }

    @Test
    void aDeletedJobLeavesNoPacks() {
        lease.record(categorized(1, 100));
        lease.close();

        store.delete(lease.before().id());

        assertThat(count("outcome_pack")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "[]",
                "[[]]",
                "[[1,2,3,4,5,6]]",
                "[[1,2,3,4,5,6,7,8]]",
                "[[1,2,3,4,5,6,7]",
                "[[1,2,3,4,5,6,x]]",
                "[[1,2,3,4,5,6,7]] ",
                "[[1,2,3,4,5,6,]]",
                "[[1,2,3,4,5,6,7],]",
                "[[nul,2,3,4,5,6,7]]"
            })
    void textThatWasNotWrittenSoIsDamage(String text) {
        assertThatThrownBy(() -> PackText.read(text, numbers -> {})).isInstanceOf(DamagedException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "-0.0, true", "1, true", "0.1, true", "0.987654321, true", "1e-300, false", "4.9e-324, false"
    })
    void aConfidenceIsPackedIfItComesBack(double value, boolean exact) {
        OptionalDouble confidence = OptionalDouble.of(value);

        assertThat(PackText.isExact(confidence)).isEqualTo(exact);
        if (exact) {
            assertThat(PackText.toConfidence(PackText.ofConfidence(confidence)).getAsDouble() == value)
                    .isTrue();
        }
    }

    private static List<RowOutcome> outcomes(Random random) {
        return LongStream.rangeClosed(1, ROWS)
                .mapToObj(row -> SampleJobs.random(random, row))
                .toList();
    }

    private static List<RowOutcome> categorized(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(SampleJobs::categorized)
                .toList();
    }

    private List<RowOutcome> recorded() {
        List<RowOutcome> found = new ArrayList<>();
        lease.forEachOutcome(1, ROWS, found::add);
        return found;
    }

    private long count(String table) {
        return store.database()
                .read("test", c -> Sql.first(c, "SELECT count(*) FROM " + table, line -> line.getLong(1)));
    }

    private List<String> inView() {
        List<String> lines = new ArrayList<>();
        store.database().read("test", c -> {
            Sql.forEach(c, "SELECT * FROM result ORDER BY row", line -> lines.add(text(line)));
            return true;
        });
        return lines;
    }

    private static String text(ResultSet line) throws SQLException {
        Object confidence = line.getObject("confidence");
        return line.getLong("row") + " " + line.getString("status") + " " + line.getString("category") + " "
                + (confidence == null ? "none" : Double.toString(((Number) confidence).doubleValue() + 0.0))
                + " " + line.getString("source") + " " + line.getString("cause") + " " + line.getInt("sub_batch")
                + " " + line.getInt("attempts");
    }

    private static List<String> asInView(List<RowOutcome> outcomes) {
        return outcomes.stream().map(OutcomePacksTest::text).toList();
    }

    private static String text(RowOutcome row) {
        String end = " " + row.subBatch() + " " + row.attempts();
        if (row.outcome() instanceof Outcome.Categorized o) {
            return row.row() + " categorized " + o.category() + " " + text(o.confidence()) + " " + o.source() + " null"
                    + end;
        } else if (row.outcome() instanceof Outcome.Unmatched o) {
            return row.row() + " unmatched null " + text(o.confidence()) + " " + o.source() + " null" + end;
        } else if (row.outcome() instanceof Outcome.Failed o) {
            return row.row() + " failed null none null " + o.cause() + end;
        }
        return row.row() + " skipped null none null null" + end;
    }

    private static String text(OptionalDouble confidence) {
        return confidence.isEmpty() ? "none" : Double.toString(confidence.getAsDouble() + 0.0);
    }
}
