package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the program with SIGKILL at random moments, again and again, until the job is done; then looks at what came out with
 * nothing of the program's own code, and at the bill of the server that was asked. {@code -Dpigeonhole.kills=1000} for more.
 */
class KillTest {
    private static final int ROWS = 20_000;
    private static final int SUB_BATCH = 20;
    private static final int IN_FLIGHT = 8;

    private final int kills = Integer.getInteger("pigeonhole.kills", 50);
    private final long seed = Long.getLong("pigeonhole.seed", new Random().nextLong());

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 80, unit = TimeUnit.MINUTES)
    void afterAnyNumberOfKillsEveryRowIsThereOnceAndNoAnswerIsPaidTwice() throws Exception {
        System.out.println("KillTest: " + kills + " kills, seed " + seed);
        Random random = new Random(seed);
        Files.writeString(directory.resolve("input.csv"), input());
        Files.writeString(directory.resolve("categories.txt"), AnswerServer.categories());
        Pace pace = new Pace();

        int killed = 0;
        try (AnswerServer server = new AnswerServer(pace::beforeAnswer)) {
            // Each run gets its share of the calls at once and then nothing, so that all kills find work under way.
            for (; killed < kills; killed++) {
                pace.allow(ROWS / SUB_BATCH / (kills + 1));
                try (CliProcess process = start(server, killed)) {
                    awaitKillMoment(process, pace, random);
                    assertThat(process.isAlive()).as(process::err).isTrue();
                    process.kill();
                }
                pace.release();
                if (server.calls() > 0) {
                    Files.writeString(directory.resolve("resumable"), "a job has begun");
                }
            }
            // From here on at full speed: kills while the last batches are written and combined.
            pace.allow(Integer.MAX_VALUE);
            int exit = -1;
            for (int late = 0; exit != 0; late++) {
                try (CliProcess process = start(server, late)) {
                    if (late < 5) {
                        TimeUnit.MILLISECONDS.sleep(400 + random.nextInt(400) + 200L * late);
                        killed += process.isAlive() ? 1 : 0;
                        process.kill();
                    } else if (late < 10) {
                        awaitCombining(process);
                        killed += process.isAlive() ? 1 : 0;
                        process.kill();
                    } else {
                        exit = process.exitCode();
                        assertThat(exit).as(process::err).isZero();
                    }
                }
            }
            System.out.println("KillTest: " + killed + " kills, " + server.calls() + " calls, "
                    + server.callsSentAgain() + " sent again, at most " + server.mostInFlight() + " in flight");

            assertThat(firstDifference(Files.readString(directory.resolve("output.csv")), expectedOutput()))
                    .isEmpty();
            assertThat(server.mostInFlight()).isLessThanOrEqualTo(IN_FLIGHT);
            assertThat(server.callsSentAgain()).isLessThanOrEqualTo((long) killed * IN_FLIGHT);
            Map<Long, Long> bill = server.bill();
            for (long row = 1; row <= ROWS; row++) {
                long asked = bill.getOrDefault(row, 0L);
                assertThat(isBlank(row) ? asked == 0 : asked > 0)
                        .as("row %d was asked about %d times", row, asked)
                        .isTrue();
            }
        }
    }

    /** The output is being put together as long as its temporary file is there. */
    private void awaitCombining(CliProcess process) throws Exception {
        boolean combining = false;
        while (!combining && process.isAlive()) {
            try (Stream<Path> files = Files.list(directory)) {
                combining = files.anyMatch(file -> file.getFileName().toString().endsWith(".part"));
            }
        }
    }

    /** Where two texts begin to differ, with a little of both; empty if they are equal. */
    private static String firstDifference(String actual, String expected) {
        int at = 0;
        while (at < Math.min(actual.length(), expected.length()) && actual.charAt(at) == expected.charAt(at)) {
            at++;
        }
        return actual.equals(expected)
                ? ""
                : "at " + at + ": " + around(actual, at) + " instead of " + around(expected, at);
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 60));
    }

    /** Mostly some time after the run's first call, sometimes while it starts. */
    private static void awaitKillMoment(CliProcess process, Pace pace, Random random) throws Exception {
        if (random.nextInt(5) > 0) {
            pace.awaitCall(process);
        }
        TimeUnit.MICROSECONDS.sleep(random.nextInt(250_000));
    }

    /** The same command again, or {@code resume}: both must do. */
    private CliProcess start(AnswerServer server, int run) throws Exception {
        if (run % 3 == 2 && Files.exists(directory.resolve("resumable"))) {
            return CliProcess.start(directory, "resume", "--json");
        }
        return CliProcess.start(
                directory,
                "run",
                "input.csv",
                "--categories=categories.txt",
                "--text-column=text",
                "--provider=answer-server",
                "--option=port=" + server.port(),
                "--concurrency=" + IN_FLIGHT,
                "--quiet");
    }

    // ---- the input, and what must become of it: written down a second time, without the program's code

    private static boolean isBlank(long row) {
        return row % 97 == 0;
    }

    private static String text(long row) {
        return row % 5 == 0 ? "text with, comma and \"quote\" " + row : "text\nof row " + row + " é 🙂";
    }

    private static String line(long row) {
        String text = isBlank(row) ? "" : "\"" + text(row).replace("\"", "\"\"") + "\"";
        return row + "," + text + ",x" + row;
    }

    private static String input() {
        StringBuilder csv = new StringBuilder("id,text,more\n");
        for (long row = 1; row <= ROWS; row++) {
            csv.append(line(row)).append('\n');
        }
        return csv.toString();
    }

    private static String expectedOutput() {
        StringBuilder csv =
                new StringBuilder("id,text,more,category,category_status,category_confidence,category_source\n");
        for (long row = 1; row <= ROWS; row++) {
            csv.append(line(row));
            String answer = AnswerServer.answer(text(row));
            if (isBlank(row)) {
                csv.append(",,skipped,,\n");
            } else if (answer.isEmpty()) {
                csv.append(",,unmatched,,server\n");
            } else {
                csv.append(',').append(answer).append(",categorized,,server\n");
            }
        }
        return new String(csv.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** Lets so many calls of a run through at once, and holds the others until the run is dead. */
    private static final class Pace {
        private final AtomicInteger allowed = new AtomicInteger();
        private volatile CountDownLatch dead = new CountDownLatch(1);
        private volatile CountDownLatch called = new CountDownLatch(1);

        void allow(int calls) {
            dead = new CountDownLatch(1);
            called = new CountDownLatch(1);
            allowed.set(calls);
        }

        void release() {
            dead.countDown();
        }

        void awaitCall(CliProcess process) throws InterruptedException {
            while (!called.await(100, TimeUnit.MILLISECONDS)) {
                assertThat(process.isAlive()).as(process::err).isTrue();
            }
        }

        void beforeAnswer(int call) {
            called.countDown();
            try {
                if (allowed.getAndDecrement() <= 0) {
                    dead.await();
                }
                TimeUnit.MILLISECONDS.sleep(2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
