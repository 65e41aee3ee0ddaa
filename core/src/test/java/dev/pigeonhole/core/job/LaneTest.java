package dev.pigeonhole.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.ledger.Bill;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions go into a lane, answers come out of it later, and what does not come is asked about as always. */
class LaneTest {
    @TempDir
    Path directory;

    private final PayingCategorizer paying = new PayingCategorizer();
    private final PassingCategorizer categorizer = new PassingCategorizer(paying);
    private final SlowLane slow = new SlowLane();

    private JobHarness rows(int rows) {
        categorizer.lanes = assignment -> Optional.of(slow.on(assignment.ledger()));
        return new JobHarness(directory)
                .content(IntStream.rangeClosed(1, rows)
                        .mapToObj(row -> row + ",text " + row + " " + word(row) + "\n")
                        .collect(Collectors.joining("", "id,text\n", "")));
    }

    private static String word(int row) {
        return JobHarness.TAXONOMY.names().get(row % 3);
    }

    private static void requireAllRight(JobHarness harness, int rows) {
        List<String> lines = harness.outputText().lines().skip(1).toList();
        assertThat(lines).hasSize(rows);
        for (int row = 1; row <= rows; row++) {
            assertThat(lines.get(row - 1))
                    .isEqualTo(row + ",text " + row + " " + word(row) + "," + word(row) + ",categorized,,paying");
        }
    }

    @Test
    void allThatTheLaneAnswersIsNotAskedOtherwise() {
        JobHarness harness = rows(50);
        slow.waits = 3;

        Summary summary = harness.run(categorizer);

        assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
        requireAllRight(harness, 50);
        assertThat(paying.questions).isEmpty();
        assertThat(slow.taken).hasSize(17);
        assertThat(summary.bill().answered()).isEqualTo(17);
        assertThat(harness.events).anyMatch(JobEvent.Waiting.class::isInstance);
    }

    @Test
    void whatTheLaneLosesIsAskedAboutAsAlways() {
        JobHarness harness = rows(50);
        slow.lost = item -> item.row() % 10 == 5;

        Summary summary = harness.run(categorizer);

        requireAllRight(harness, 50);
        assertThat(paying.rowsBilled()).isEqualTo(5 * 3);
        Bill bill = summary.bill();
        assertThat(bill.unbilled()).isEqualTo(5);
        assertThat(bill.unanswered()).isZero();
    }

    @Test
    void whatHadNoRoomIsPutInWhenThereIsSome() {
        JobHarness harness = rows(50);
        slow.room = 4;

        harness.run(categorizer);

        requireAllRight(harness, 50);
        // The second time it has no room either; then there is no third.
        assertThat(slow.taken.size()).isGreaterThan(4);
    }

    @Test
    void rowsThatCameBackAreTriedOnceMore() {
        JobHarness harness = rows(50);
        slow.mostTries = 2;
        slow.lost = item -> slow.taken.size() == 17 && item.row() <= 9;

        harness.run(categorizer);

        requireAllRight(harness, 50);
        assertThat(slow.taken).hasSize(17 + 3);
        assertThat(paying.questions).isEmpty();
    }

    @Test
    void identicalTextsGoIntoTheLaneOnce() {
        JobHarness harness = rows(1);
        harness.content("id,text\n"
                + IntStream.rangeClosed(1, 60)
                        .mapToObj(row -> row + ",text " + row % 4 + " red\n")
                        .collect(Collectors.joining()));

        Summary summary = harness.run(categorizer);

        assertThat(summary.counts().categorized()).isEqualTo(60);
        assertThat(slow.taken.stream().mapToInt(question -> question.items().size()))
                .containsExactly(3, 1);
        assertThat(paying.questions).isEmpty();
    }

    @Test
    void whatIsUnderWayWhenARunEndsIsWaitedForByTheNext() {
        JobHarness harness = rows(50);
        slow.waits = Integer.MAX_VALUE;
        AtomicReference<Job> job = new AtomicReference<>();
        job.set(harness.job(categorizer));
        Summary paused = job.get().run(event -> {
            if (event instanceof JobEvent.Waiting) {
                job.get().pause("tomorrow");
            }
        });
        assertThat(paused.state()).isEqualTo(JobState.PAUSED);
        assertThat(paused.bill().unanswered()).isEqualTo(17);

        slow.waits = 0;
        Summary summary = harness.run(categorizer);

        assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
        requireAllRight(harness, 50);
        assertThat(slow.taken).hasSize(17);
        assertThat(paying.questions).isEmpty();
    }

    @Test
    void anInterruptedWaitEndsTheRunAndKeepsTheFlag() throws InterruptedException {
        JobHarness harness = rows(50);
        slow.waits = Integer.MAX_VALUE;
        Thread runner = Thread.currentThread();
        Summary paused = harness.job(categorizer).run(event -> {
            if (event instanceof JobEvent.Waiting) {
                runner.interrupt();
            }
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(paused.state()).isEqualTo(JobState.PAUSED);
        assertThat(paused.message()).contains("interrupted");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void howeverTheLaneBehavesEveryRowIsThereOnceAndPaidOnce(long seed) {
        Random random = new Random(seed);
        int rows = 1 + random.nextInt(200);
        JobHarness harness = rows(rows);
        slow.waits = random.nextInt(4);
        slow.atOnce = 1 + random.nextInt(10);
        slow.room = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(20);
        slow.mostTries = 1 + random.nextInt(2);
        int share = 1 + random.nextInt(20);
        slow.lost = item -> item.row() % share == 0;
        if (random.nextBoolean()) {
            AtomicReference<Job> job = new AtomicReference<>();
            int stopAfter = random.nextInt(20);
            int[] seen = {0};
            job.set(harness.job(categorizer));
            job.get().run(event -> {
                if (seen[0]++ == stopAfter) {
                    job.get().pause("seed " + seed);
                }
            });
        }

        Summary summary = harness.run(categorizer);

        assertThat(summary.state()).as("seed %s", seed).isEqualTo(JobState.COMPLETED);
        requireAllRight(harness, rows);
        assertThat(summary.bill().unanswered()).as("seed %s", seed).isZero();
        long lost = slow.taken.stream()
                .filter(question -> question.items().stream().anyMatch(slow.lost))
                .mapToLong(question -> question.items().size())
                .sum();
        long taken = slow.taken.stream()
                .mapToLong(question -> question.items().size())
                .sum();
        assertThat(paying.rowsBilled() + taken - lost).as("seed %s", seed).isEqualTo(rows);
        assertThat(slow.taken.stream()
                        .flatMap(question -> question.items().stream().map(Item::row)))
                .as("seed %s", seed)
                .allMatch(row -> row >= 1 && row <= rows);
    }
}
