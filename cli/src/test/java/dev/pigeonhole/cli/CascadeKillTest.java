package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Latency;
import dev.pigeonhole.fakellm.Oracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the program with SIGKILL in each phase of a cascade. The judges are the server's bill, and the output of a run that nobody
 * disturbed: with the same answers, it must be the same to the last byte.
 */
class CascadeKillTest {
    private static final int ROWS = 2_400;
    private static final int CATEGORIES = 4;
    private static final int SUB_BATCH = 20;
    private static final int IN_FLIGHT = 3;

    private final long seed = Long.getLong("pigeonhole.seed", new Random().nextLong());

    @TempDir
    Path directory;

    @BeforeEach
    void files() throws Exception {
        Random random = new Random(5);
        List<String> lines = new ArrayList<>();
        for (int row = 1; row <= ROWS; row++) {
            lines.add(text(row, random) + ",c" + row % CATEGORIES);
        }
        for (String run : List.of("killed", "quiet")) {
            Path folder = Files.createDirectories(directory.resolve(run));
            Files.write(
                    folder.resolve("input.csv"),
                    Stream.concat(Stream.of("text,truth"), lines.stream()).toList());
            Files.writeString(folder.resolve("categories.txt"), "c0\nc1\nc2\nc3\n");
        }
    }

    /** Some texts are easy to tell, some are not. */
    private static String text(int row, Random random) {
        StringBuilder text = new StringBuilder("row" + row);
        int own = random.nextInt(4);
        for (int i = 0; i < 4; i++) {
            text.append(i < own ? " word" + row % CATEGORIES + "x" : " any").append(random.nextInt(12));
        }
        return text.toString();
    }

    @Test
    void killedInEachPhaseItPaysForNothingTwiceAndEndsAsIfNothingHadHappened() throws Exception {
        System.out.println("CascadeKillTest: seed " + seed);
        Random random = new Random(seed);
        Path killed = directory.resolve("killed");
        try (FakeLlm server = server(killed);
                FakeLlm other = server(killed)) {
            Map<String, Long> billedWhenDurable = new HashMap<>();
            int kills = 0;
            for (String phase : List.of("drawn=false", "drawn=true", "rounds=0", "threshold=", "threshold=")) {
                try (CliProcess process = start(killed, server)) {
                    awaitPhase(process, killed, phase);
                    TimeUnit.MICROSECONDS.sleep(random.nextInt(400_000));
                    kills += process.isAlive() ? 1 : 0;
                    process.kill();
                }
                durableTexts(killed)
                        .forEach(text -> billedWhenDurable.putIfAbsent(
                                text, server.bill().of(text).billed()));
            }
            finish(killed, server);
            finish(directory.resolve("quiet"), other);

            assertThat(kills).isPositive();
            assertThat(output(killed)).as("seed %d", seed).isEqualTo(output(directory.resolve("quiet")));
            assertThat(output(killed)).contains(",local\n");
            billedWhenDurable.forEach(
                    (text, billed) -> assertThat(server.bill().of(text).billed())
                            .as("seed %d, %s", seed, text)
                            .isEqualTo(billed));
            assertThat(server.bill().billed() - other.bill().billed())
                    .as("rows paid twice, seed %d", seed)
                    .isBetween(0L, (long) kills * IN_FLIGHT * SUB_BATCH);
        }
    }

    private static FakeLlm server(Path folder) throws IOException {
        return FakeLlm.builder()
                .oracle(Oracle.labelled(folder.resolve("input.csv"), List.of("text"), "truth"))
                .latency(Latency.fixed(Duration.ofMillis(60)))
                .start();
    }

    private static void finish(Path folder, FakeLlm server) throws Exception {
        try (CliProcess process = start(folder, server)) {
            assertThat(process.exitCode()).as(process::err).isZero();
        }
    }

    private static CliProcess start(Path folder, FakeLlm server) throws Exception {
        return CliProcess.start(
                folder,
                "run",
                "input.csv",
                "--categories=categories.txt",
                "--text-column=text",
                "--model=gpt-5-nano",
                "--base-url=" + server.baseUrl(),
                "--concurrency=" + IN_FLIGHT,
                "--sub-batch-size=" + SUB_BATCH,
                "--batch-size=300",
                "--max-cost=100",
                "--cascade=0.9",
                "--quiet");
    }

    /** Until that is written down, or the run has ended because there was no such phase. */
    private static void awaitPhase(CliProcess process, Path folder, String phase) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (process.isAlive() && !state(folder).contains(phase)) {
            assertThat(System.nanoTime())
                    .as("no %s in time: %s", phase, process.err())
                    .isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static String state(Path folder) throws IOException {
        Path jobs = folder.resolve(".pigeonhole").resolve("jobs");
        if (!Files.isDirectory(jobs)) {
            return "";
        }
        try (Stream<Path> all = Files.list(jobs)) {
            Path file = all.findFirst().orElse(jobs).resolve("cascade.txt");
            return Files.exists(file) ? Files.readString(file) : "";
        }
    }

    private static List<String> durableTexts(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("input.csv"));
        List<String> texts = new ArrayList<>();
        try (CheckpointStore store = Wiring.store(folder.resolve(".pigeonhole"))) {
            for (JobRecord job : store.jobs()) {
                try (JobLease lease = store.acquire(job.id(), new Holder(1, "test", Instant.EPOCH))) {
                    lease.recorded(1, ROWS).stream().forEach(bit -> texts.add(textOf(lines.get(bit + 1))));
                    lease.ledger()
                            .forEachAnswer(call ->
                                    call.intent().rows().forEach(row -> texts.add(textOf(lines.get(row.intValue())))));
                }
            }
        }
        return texts;
    }

    private static String textOf(String line) {
        return line.substring(0, line.indexOf(','));
    }

    private static String output(Path folder) throws IOException {
        return Files.readString(folder.resolve("output.csv"));
    }
}
