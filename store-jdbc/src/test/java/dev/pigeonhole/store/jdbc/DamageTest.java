package dev.pigeonhole.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.checkpoint.Recording;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.checkpoint.Verdict;
import dev.pigeonhole.testkit.SampleCalls;
import dev.pigeonhole.testkit.SampleJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A damaged file gives an exception or what was recorded, never anything else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamageTest {
    private static final int DAMAGES = Integer.getInteger("pigeonhole.damages", 20);
    private static final int LOG_CUTS = Integer.getInteger("pigeonhole.log-cuts", 60);
    private static final int LOG_HEADER_BYTES = 32;
    private static final int FRAME_BYTES = 24 + 4096;
    private static final String FILE = "pigeonhole.db";

    private final List<String> ids = new ArrayList<>();
    private final Set<Map<String, Object>> histories = new LinkedHashSet<>();

    private Path temporary = Path.of("");
    private byte[] closed = {};
    private byte[] underWay = {};
    private byte[] log = {};
    private Map<String, Object> expected = Map.of();

    @BeforeAll
    void recordTwoJobs(@TempDir Path folder) throws IOException {
        temporary = folder;
        Path workspace = temporary.resolve("sound");
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(workspace)) {
            ids.add(store.create(SampleJobs.plan("first")).id());
            ids.add(store.create(SampleJobs.plan("second")).id());
            store.database().outside("checkpoint", () -> {
                try (var connection = store.database().engine().openWriter()) {
                    Sql.run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
                }
                return true;
            });
            underWay = Files.readAllBytes(workspace.resolve(FILE));
            remember(workspace);
            for (String id : ids) {
                fill(workspace, store, id);
            }
            log = Files.readAllBytes(workspace.resolve(FILE + "-wal"));
        }
        closed = Files.readAllBytes(workspace.resolve(FILE));
        expected = Contents.read(copy(closed, new byte[0]), ids);
        assertThat(expected)
                .hasSizeGreaterThan(80)
                .containsKeys("tally " + ids.get(1), "calls " + ids.get(1), "known 9");
    }

    private void fill(Path workspace, JdbcCheckpointStore store, String id) throws IOException {
        Random random = new Random(3);
        try (JobLease lease = store.acquire(id, SampleJobs.HOLDER)) {
            remember(workspace);
            for (int i = 0; i < 10; i++) {
                List<RowOutcome> outcomes = LongStream.rangeClosed(1 + i * 100L, 100 + i * 100L)
                        .mapToObj(row -> SampleJobs.random(random, row))
                        .toList();
                List<Long> settled = new ArrayList<>();
                if (i % 3 == 0) {
                    settled.add(call(workspace, lease, random));
                    call(workspace, lease, random);
                }
                lease.record(new Recording(outcomes, List.of(Contents.answer(i)), settled));
                remember(workspace);
                if (i % 5 == 0) {
                    store.rows(id).review(1 + i * 100L, new Verdict.NoCategory());
                    remember(workspace);
                }
                if (i == 6) {
                    lease.applyReviews();
                    remember(workspace);
                }
                lease.publishBatch(SampleJobs.batch(i + 1, 1 + i * 100L, 100), () -> {});
                remember(workspace);
            }
            lease.publishOutput(SampleJobs.output(), () -> {});
            remember(workspace);
            lease.changeState(JobState.COMPLETED, null, "done");
            remember(workspace);
        }
    }

    private long call(Path workspace, JobLease lease, Random random) throws IOException {
        long call = lease.ledger().begin(SampleCalls.randomIntent(random));
        remember(workspace);
        lease.ledger().answered(call, SampleCalls.randomAnswer(random));
        remember(workspace);
        return call;
    }

    /** What a crash at this moment would leave. */
    private void remember(Path workspace) throws IOException {
        Path log = workspace.resolve(FILE + "-wal");
        histories.add(Contents.read(copy(underWay, Files.readAllBytes(log)), ids));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.pigeonhole.testkit.Seeds#some")
    void alteredBytesAreNeverBelieved(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < DAMAGES; i++) {
            byte[] damaged = closed.clone();
            String how = alter(damaged, random);
            assertSoundOrRefused(copy(damaged, new byte[0]), Set.of(expected), "seed " + seed + ", " + how);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.pigeonhole.testkit.Seeds#some")
    void aShortenedFileIsNeverBelieved(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < DAMAGES / 2; i++) {
            int length = i == 0
                    ? 0
                    : i % 2 == 0 ? random.nextInt(closed.length / 4096) * 4096 : random.nextInt(closed.length);
            Path workspace = copy(Arrays.copyOf(closed, length), new byte[0]);
            assertSoundOrRefused(workspace, Set.of(expected), "seed " + seed + ", length " + length);
        }
    }

    /** The log of a process that crashed: what it holds counts up to the damage. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.pigeonhole.testkit.Seeds#some")
    void aDamagedLogGivesAnEarlierMoment(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < DAMAGES / 2; i++) {
            byte[] damaged = i % 2 == 0 ? Arrays.copyOf(log, random.nextInt(log.length)) : log.clone();
            String how = i % 2 == 0 ? "length " + damaged.length : alter(damaged, random);
            assertSoundOrRefused(copy(underWay, damaged), histories, "seed " + seed + ", log, " + how);
        }
    }

    /** What opens is exactly what a whole commit left, and never less than what a shorter log gives. */
    @Test
    void aLogThatIsCutAnywhereGivesAWholeEarlierCommit() throws IOException {
        List<Map<String, Object>> moments = List.copyOf(histories);
        int last = -1;
        for (int length : cuts()) {
            Map<String, Object> found = Contents.read(copy(underWay, Arrays.copyOf(log, length)), ids);
            int moment = moments.indexOf(found);
            assertThat(moment).as("length %d", length).isGreaterThanOrEqualTo(Math.max(0, last));
            last = moment;
        }
        assertThat(last).isEqualTo(moments.size() - 1);
    }

    /** Ends of frames and places near them; all of them if as many are wanted. */
    private List<Integer> cuts() {
        TreeSet<Integer> cuts = new TreeSet<>(List.of(0, 1, LOG_HEADER_BYTES, log.length));
        int frames = (log.length - LOG_HEADER_BYTES) / FRAME_BYTES;
        double stride = Math.max(1, frames * 3.0 / LOG_CUTS);
        for (double frame = 1; frame <= frames; frame += stride) {
            int end = LOG_HEADER_BYTES + (int) frame * FRAME_BYTES;
            cuts.addAll(List.of(end - 1, end, Math.min(log.length, end + (int) frame % FRAME_BYTES)));
        }
        return List.copyOf(cuts);
    }

    /**
     * A log that lies beside a database of another time, as after a file was put back, gives old pages among new ones. Nothing is made
     * up of them: each answer was true at some time, though two may be of different times.
     */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.pigeonhole.testkit.Seeds#some")
    void aLogOfAnEarlierTimeGivesNoAnswerThatWasNeverTrue(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < DAMAGES / 4; i++) {
            int frames = random.nextInt((log.length - LOG_HEADER_BYTES) / FRAME_BYTES);
            byte[] older = Arrays.copyOf(log, LOG_HEADER_BYTES + frames * FRAME_BYTES);
            Contents.read(copy(closed, older), ids)
                    .forEach((question, answer) -> assertThat(
                                    histories.stream().anyMatch(moment -> answer.equals(moment.get(question))))
                            .as("seed %d, frames %d: %s is %s", seed, frames, question, answer)
                            .isTrue());
        }
    }

    /** All answers are those of one sound moment; any may be missing. */
    private void assertSoundOrRefused(Path workspace, Set<Map<String, Object>> sound, String how) {
        try {
            Map<String, Object> found = Contents.read(workspace, ids);
            assertThat(sound.stream().anyMatch(moment -> moment.entrySet().containsAll(found.entrySet())))
                    .as(how)
                    .isTrue();
        } catch (RuntimeException e) {
            throw new AssertionError(how, e);
        }
    }

    private static String alter(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int kind = random.nextInt(5);
        if (kind == 0) {
            Arrays.fill(bytes, at / 512 * 512, Math.min(bytes.length, at / 512 * 512 + 512), (byte) 0);
            return "sector of " + at + " zeroed";
        } else if (kind == 1) {
            at = random.nextInt(4096);
        }
        bytes[at] ^= (byte) (kind == 2 ? 1 << random.nextInt(8) : 1 + random.nextInt(255));
        return "byte " + at + " is " + bytes[at];
    }

    private Path copy(byte[] database, byte[] log) throws IOException {
        Path workspace = Files.createTempDirectory(temporary, "copy");
        Files.write(workspace.resolve(FILE), database);
        if (log.length > 0) {
            Files.write(workspace.resolve(FILE + "-wal"), log);
        }
        for (String id : ids) {
            Files.createDirectories(workspace.resolve("jobs").resolve(id));
        }
        return workspace;
    }
}
