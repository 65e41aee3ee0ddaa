package dev.pigeonhole.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.testkit.SampleJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The workspace: what is made of it, what is refused, and what is said then. */
class OpeningTest {
    @TempDir
    Path temporary;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheOwnerCanReadWhatIsMade() throws IOException {
        Path workspace = temporary.resolve("a/b");
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(workspace);
                JobLease lease =
                        store.acquire(store.create(SampleJobs.plan("job")).id(), SampleJobs.HOLDER);
                Stream<Path> all = Files.walk(temporary.resolve("a"))) {
            lease.record(List.of(SampleJobs.categorized(1)));
            for (Path path : all.toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                assertThat(mode).as(path.toString()).isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
            }
        }
    }

    /** Two that change to the write-ahead log at once cannot wait for each other, so SQLite refuses one. It has to try again. */
    @Test
    void whoOpensANewWorkspaceWhileSomebodyElsePreparesItWaits() throws Exception {
        Path database = temporary.resolve("pigeonhole.db");
        Folders.createFile(database);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread opener = new Thread(() -> JdbcCheckpointStore.sqlite(temporary).close(), "opener");
        opener.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        try (Connection other = SqliteEngine.connect(database, 0)) {
            Sql.run(other, "BEGIN IMMEDIATE");
            opener.start();
            while (opener.isAlive() && opener.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            Sql.run(other, "COMMIT");
        }
        opener.join();

        assertThat(failure).hasNullValue();
        JdbcCheckpointStore.sqlite(temporary).close();
    }

    @Test
    void aFileIsNoWorkspace() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatThrownBy(() -> JdbcCheckpointStore.sqlite(file))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aDatabaseThatIsAFolderOrTextIsRefused() throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("one/pigeonhole.db"));
        Path text = Files.createDirectories(temporary.resolve("two")).resolve("pigeonhole.db");
        Files.writeString(text, "not a database, but long enough ".repeat(99));

        for (Path file : List.of(folder, text)) {
            assertThatThrownBy(() -> JdbcCheckpointStore.sqlite(file.resolveSibling("")))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining(file.toString());
        }
        assertThat(text).content().startsWith("not a database");
    }

    @Test
    void anEmptiedDatabaseIsNotTakenForANewOne() throws IOException {
        Path workspace = temporary.resolve("w");
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(workspace)) {
            store.create(SampleJobs.plan("job"));
        }
        Files.write(workspace.resolve("pigeonhole.db"), new byte[0]);

        assertThatThrownBy(() -> JdbcCheckpointStore.sqlite(workspace))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("there are jobs in")
                .hasMessageContaining("Restore the file from a backup, or move the folder");
    }

    @Test
    void aNewerLayoutIsRefused() {
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(temporary)) {
            store.database().write("test", c -> Sql.update(c, "UPDATE workspace SET version = 5, seal = 0"));
        }

        assertThatThrownBy(() -> JdbcCheckpointStore.sqlite(temporary))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("newer version")
                .hasMessageContaining("layout 5");
    }

    @Test
    void aLockFileThatCannotBeUsedIsNamed() throws IOException {
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(temporary)) {
            String id = store.create(SampleJobs.plan("job")).id();
            Path lock = Files.createDirectories(temporary.resolve("locks")).resolve(id + ".db");
            Files.writeString(lock, "rubbish ".repeat(999));

            assertThatThrownBy(() -> store.acquire(id, SampleJobs.HOLDER))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining(lock.toString())
                    .hasMessageContaining("delete it");
            Files.delete(lock);
            store.acquire(id, SampleJobs.HOLDER).close();
        }
    }

    @Test
    void halfASurrogatePairBecomesAQuestionMark() {
        RowOutcome cut = new RowOutcome(1, new Outcome.Failed(FailureCause.TIMEOUT, "cut \ud83d"), 1, 1);
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(temporary);
                JobLease lease =
                        store.acquire(store.create(SampleJobs.plan("job")).id(), SampleJobs.HOLDER)) {
            lease.record(List.of(cut));
            lease.forEachFailure(
                    o -> assertThat(o.outcome()).isEqualTo(new Outcome.Failed(FailureCause.TIMEOUT, "cut ?")));
            assertThat(lease.counts().failed()).isOne();
            assertThatThrownBy(() -> store.create(SampleJobs.plan("cut \ud83d")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(store.jobs()).hasSize(1);
        }
    }

    @Test
    void peopleCanReadTheViewOfResults() {
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(temporary);
                JobLease lease =
                        store.acquire(store.create(SampleJobs.plan("job")).id(), SampleJobs.HOLDER)) {
            lease.record(List.of(SampleJobs.categorized(1), SampleJobs.failed(2, FailureCause.TIMEOUT)));
            List<String> lines = new ArrayList<>();
            store.database().read("test", connection -> {
                Sql.forEach(
                        connection,
                        "SELECT row, status, category, source, cause FROM result WHERE job = ? ORDER BY row",
                        line -> lines.add(line.getLong(1) + " " + line.getString(2) + " " + line.getString(3) + " "
                                + line.getString(4) + " " + line.getString(5)),
                        lease.job().id());
                return true;
            });

            assertThat(lines).containsExactly("1 categorized Billing local null", "2 failed null null TIMEOUT");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "5, busy",
        "8, write permission",
        "10, check the disk",
        "11, damaged",
        "13, disk is full",
        "14, cannot be opened",
        "26, damaged",
        "522, check the disk",
        "99, what"
    })
    void errorsAreSaidInPlainWords(int code, String words) {
        SQLException error = new SQLException("what", "", code);

        assertThat(new SqliteErrors(temporary.resolve("x.db")).translate("doing it failed", error))
                .hasMessageStartingWith("doing it failed: ")
                .hasMessageContaining(words)
                .hasMessageContaining("x.db")
                .hasCause(error);
    }

    /** Part of the format: a change would make every database that is out there look damaged. */
    @Test
    void checksumsStayAsTheyAre() {
        assertThat(new Checksum().value()).isEqualTo(0x9e3779b97f4a7c15L);
        assertThat(Checksum.of(SampleJobs.categorized(1))).isEqualTo(5574287828394075809L);
        assertThat(Checksum.of(SampleJobs.failed(2, FailureCause.TIMEOUT))).isEqualTo(4979462259691111924L);
    }

    @Test
    void aChecksumIsTheSameWhetherItsTextsWereHashedBeforeOrNot() {
        TextSums texts = new TextSums();
        Random random = new Random(7);
        for (int row = 1; row <= 200; row++) {
            RowOutcome outcome = SampleJobs.random(random, row);
            assertThat(Checksum.of(outcome, texts)).isEqualTo(Checksum.of(outcome));
        }
    }
}
