package dev.pigeonhole.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobRows;
import dev.pigeonhole.core.checkpoint.RowFilter;
import dev.pigeonhole.core.checkpoint.RowOrder;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.checkpoint.Verdict;
import dev.pigeonhole.testkit.SampleJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the contract of rows cannot ask: damage, sudden ends, several objects. */
class RowsOnDiskTest {
    private static final Verdict OTHER = new Verdict.Category("Other");

    @TempDir
    Path workspace;

    private JdbcCheckpointStore store;
    private String id;

    @BeforeEach
    void makeAJudgedJob() {
        store = JdbcCheckpointStore.sqlite(workspace);
        id = store.create(SampleJobs.plan("job")).id();
        try (JobLease lease = store.acquire(id, SampleJobs.HOLDER)) {
            lease.record(LongStream.rangeClosed(1, 600)
                    .mapToObj(SampleJobs::categorized)
                    .toList());
            lease.record(List.of(SampleJobs.failed(601, FailureCause.TIMEOUT)));
            JobRows rows = store.rows(id);
            rows.review(1, OTHER);
            rows.review(601, OTHER);
            rows.review(2, OTHER);
            lease.applyReviews();
            rows.review(300, new Verdict.NoCategory());
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void harm(String sql) {
        store.database().write("test", connection -> {
            Sql.run(connection, "PRAGMA defer_foreign_keys=ON");
            return Sql.update(connection, sql);
        });
    }

    private Path folder() {
        return workspace.resolve("jobs").resolve(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE review SET verdict = 1 WHERE number = 1",
                "UPDATE review SET category = 0 WHERE number = 1",
                "UPDATE review SET category = 77 WHERE number = 1",
                "UPDATE review SET row = 5 WHERE number = 2",
                "UPDATE review SET undoes = 1 WHERE number = 3",
                "UPDATE review SET at = at + 1",
                "UPDATE review SET verdict = 9",
                "DELETE FROM review WHERE number = 1",
                "DELETE FROM review WHERE number = 4",
                "DELETE FROM review",
                "INSERT INTO review VALUES (1, 5, 7, 1, NULL, 0, NULL, 0)",
                "UPDATE original SET category = 1 WHERE row = 1",
                "UPDATE original SET confidence = 0.5 WHERE row = 1",
                "UPDATE original SET cause = 'TOO_LONG' WHERE row = 601",
                "UPDATE original SET message = NULL WHERE row = 601",
                "UPDATE original SET row = 3 WHERE row = 2",
                "DELETE FROM original WHERE row = 2",
                "UPDATE judging SET reviews = 3",
                "UPDATE judging SET originals = 0, original_seals = 0",
                "DELETE FROM judging",
            })
    void damageToWhatPeopleSaidIsNoticed(String sql) {
        harm(sql);

        assertThatThrownBy(() -> store.rows(id).forEach(row -> {}))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> store.rows(id).facets(RowFilter.ALL)).isInstanceOf(StorageException.class);
        try (JobLease lease = store.acquire(id, SampleJobs.HOLDER)) {
            assertThatThrownBy(lease::applyReviews).isInstanceOf(StorageException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE outcome SET category = 1 WHERE row = 9",
                "DELETE FROM outcome WHERE row = 9",
                "DELETE FROM outcome WHERE row > 512",
                "DELETE FROM outcome_group WHERE number = 1",
                "UPDATE outcome_group SET categorized = categorized + 1 WHERE number = 1",
            })
    void damagedRowsAreNotCounted(String sql) {
        harm(sql);

        assertThatThrownBy(() -> store.rows(id).facets(RowFilter.ALL))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("damaged");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE deleted_job SET id = 'other'",
                "DELETE FROM deleted_job",
                "UPDATE deleted_job SET seal = 1"
            })
    void damageToWhatIsLeftOfDeletedJobsIsNoticed(String sql) {
        store.create(SampleJobs.plan("second"));
        store.delete(id);

        harm(sql);

        assertThatThrownBy(store::jobs).isInstanceOf(StorageException.class).hasMessageContaining("damaged");
    }

    @Test
    void afterASuddenEndOfDeletingTheFolderGoesWhenTheWorkspaceIsOpened() throws IOException {
        Files.writeString(folder().resolve("errors.csv"), "text");
        store.database().write("test", connection -> {
            DeletedJobs.delete(connection, 1, id);
            return true;
        });
        store.close();
        assertThat(folder()).exists();

        store = JdbcCheckpointStore.sqlite(workspace);

        assertThat(folder()).doesNotExist();
        assertThat(store.jobs()).isEmpty();
        JobRecord next = store.create(SampleJobs.plan("next"));
        assertThat(store.jobs()).containsExactly(next);
    }

    @Test
    void aFolderThatWasRemovedByHandIsNoReasonToKeepTheJob() throws IOException {
        Folders.remove(folder());

        store.delete(id);

        assertThat(store.jobs()).isEmpty();
    }

    @Test
    void whatIsLinkedFromAJobsFolderStays() throws IOException {
        Path outside = Files.createDirectory(workspace.resolve("outside"));
        Files.writeString(outside.resolve("file"), "text");
        Files.createSymbolicLink(folder().resolve("link"), outside);

        store.delete(id);

        assertThat(folder()).doesNotExist();
        assertThat(outside.resolve("file")).exists();
    }

    @Test
    void aSuddenEndWhileTextsAreReadLeavesNothingBehind() throws IOException {
        JobRows rows = store.rows(id);
        Files.writeString(folder().resolve("search.part"), "rubbish ".repeat(999));
        Iterator<Item> broken = Stream.iterate(1L, row -> row + 1)
                .map(RowsOnDiskTest::textOrFault)
                .iterator();

        assertThatThrownBy(() -> rows.makeSearchable(broken, row -> {})).hasMessage("the input is gone");

        assertThat(rows.isSearchable()).isFalse();
        assertThat(folder().resolve("search.db")).doesNotExist();
        rows.makeSearchable(List.of(new Item(5, "word")).iterator(), row -> {});
        assertThat(rows.page(RowFilter.ALL.withWords("word"), RowOrder.ROW, 0, 9)
                        .total())
                .isOne();
        assertThat(folder().resolve("search.part")).doesNotExist();
    }

    private static Item textOrFault(long row) {
        if (row > 100) {
            throw new IllegalStateException("the input is gone");
        }
        return new Item(row, "text " + row);
    }

    @Test
    void aSearchFileThatCannotBeUsedIsNamedAndCanBeMadeAgain() throws IOException {
        Path file = folder().resolve("search.db");
        Files.writeString(file, "rubbish ".repeat(999));
        JobRows rows = store.rows(id);

        assertThatThrownBy(rows::isSearchable)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("delete it");
        Files.delete(file);
        assertThat(rows.isSearchable()).isFalse();
    }

    @Test
    void ofVeryManyHitsTheFirstAreFound() throws SQLException {
        TextSearch search = new TextSearch(folder(), id, store.database().engine(), 10);
        search.make(
                LongStream.rangeClosed(1, 25)
                        .mapToObj(row -> new Item(row, row % 2 == 0 ? "even" : "odd"))
                        .iterator(),
                row -> {});

        TextSearch.Hits even = search.find(SearchWords.expression("even"));
        TextSearch.Hits odd = search.find(SearchWords.expression("o"));

        assertThat(even.exact()).isFalse();
        assertThat(even.rows().stream()).containsExactly(2, 4, 6, 8, 10, 12, 14, 16, 18, 20);
        assertThat(odd.rows().cardinality()).isEqualTo(10);
        assertThat(search.find(SearchWords.expression("evening")).exact()).isTrue();
    }

    @Test
    void whatAnotherObjectDoesIsSeenAtOnce() {
        JobRows rows = store.rows(id);
        assertThat(rows.facets(RowFilter.ALL).counts().total()).isEqualTo(601);
        try (JdbcCheckpointStore other = JdbcCheckpointStore.sqlite(workspace);
                JobLease lease = other.acquire(id, SampleJobs.HOLDER)) {
            lease.record(List.of(SampleJobs.categorized(5000)));
            other.rows(id).review(5, OTHER);

            assertThat(rows.facets(RowFilter.ALL).counts().total()).isEqualTo(602);
            assertThat(rows.facets(RowFilter.ALL).reviewed()).isEqualTo(5);
            assertThat(rows.page(RowFilter.ALL.withCategory("Other"), RowOrder.ROW, 0, 9)
                            .total())
                    .isEqualTo(4);
            assertThat(rows.unpublished()).isEqualTo(2);

            lease.applyReviews();
            assertThat(rows.unpublished()).isZero();
            assertThat(rows.find(300).orElseThrow().published()).isTrue();
        }
    }

    @Test
    void moreJobsThanAreKeptReadyCanBeLookedAt() {
        List<JobRows> all = Stream.generate(
                        () -> store.create(SampleJobs.plan("job")).id())
                .limit(12)
                .map(job -> {
                    try (JobLease lease = store.acquire(job, SampleJobs.HOLDER)) {
                        lease.record(List.of(SampleJobs.categorized(1)));
                    }
                    return store.rows(job);
                })
                .toList();
        for (int round = 0; round < 2; round++) {
            for (JobRows rows : all) {
                assertThat(rows.page(RowFilter.ALL, RowOrder.DOUBT, 0, 9).rows())
                        .hasSize(1);
            }
        }
    }

    @Test
    void lookingLeavesNoFiles() throws IOException {
        store.rows(id).page(RowFilter.ALL, RowOrder.ROW, 0, 9);

        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files).isEmpty();
        }
    }

    /** Who takes rows slowly sees what came meanwhile, because nothing stays open for him. */
    @Test
    void rowsAreThoseThatAreThereWhenTheyAreRead() {
        try (JobLease lease = store.acquire(id, SampleJobs.HOLDER)) {
            lease.record(LongStream.rangeClosed(602, 5_000)
                    .mapToObj(SampleJobs::categorized)
                    .toList());
        }
        JobRows rows = store.rows(id);
        List<Long> seen = new ArrayList<>();
        List<RowOutcome> last = new ArrayList<>();
        rows.forEach(row -> {
            if (seen.isEmpty()) {
                rows.review(5_000, OTHER);
            }
            seen.add(row.row());
            last.add(row);
        });
        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 5_000).boxed().toList());
        assertThat(last.get(4_999).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Categorized.class,
                        outcome -> assertThat(outcome.category()).isEqualTo("Other"));
    }
}
