package dev.pigeonhole.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.MissingKeyException;
import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.JobPlan;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.job.JobEvent;
import dev.pigeonhole.core.job.Progress;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.web.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a job, by a clock that is set by hand. */
class LiveJobTest {
    @TempDir
    Path folder;

    private final HandClock clock = new HandClock();
    private JobRecord job;
    private LiveJob live;

    @BeforeEach
    void aJob() throws Exception {
        Path input = folder.resolve("in.csv").toAbsolutePath();
        Files.write(
                input,
                IntStream.rangeClosed(0, 1_000)
                        .mapToObj(i -> i == 0 ? "text" : "row " + i)
                        .toList());
        JobPlan plan = new JobPlan(
                "",
                input,
                folder.resolve("out.csv").toAbsolutePath(),
                new TreeMap<>(),
                new TreeMap<>(),
                List.of("A"),
                CsvSource.of(input).textColumns("text").scan());
        job = CheckpointStore.inMemory(folder).create(plan);
        live = new LiveJob(job, Optional.empty(), clock, new Json());
    }

    private static JobEvent advanced(long done) {
        return new JobEvent.Advanced(new Progress(
                1_000,
                new Counts(done, 0, 0, 0),
                0,
                done,
                Duration.ofMillis(10),
                1,
                0,
                2,
                0,
                Bill.NONE,
                Duration.ofSeconds(1 + done / 100),
                Duration.ZERO,
                Optional.empty()));
    }

    private static List<String> names(Subscriber subscriber) throws InterruptedException {
        return subscriber.take(Duration.ZERO).stream().map(FeedEvent::name).toList();
    }

    @Test
    void tellsHowFarItIsFourTimesASecondAtMost() throws Exception {
        live.begins();
        Subscriber subscriber = live.subscribe(OptionalLong.empty());
        for (int i = 1; i <= 1_000; i++) {
            clock.now = clock.now.plusMillis(10);
            live.on(advanced(i));
        }
        assertThat(names(subscriber).stream().filter("progress"::equals)).hasSizeBetween(38, 41);
        clock.now = clock.now.plusSeconds(1);
        live.tick();
        live.tick();
        assertThat(names(subscriber)).hasSizeLessThanOrEqualTo(1);
        assertThat(live.moment().counts().total()).isEqualTo(1_000);
        assertThat(JobView.percent(live.moment()))
                .as("100 only when it is finished")
                .isEqualTo(99);
    }

    @Test
    void tellsOfSomeFailuresOneByOneAndCountsTheRest() throws Exception {
        live.begins();
        Subscriber subscriber = live.subscribe(OptionalLong.empty());
        live.on(advanced(1));
        names(subscriber);
        for (int row = 1; row <= 500; row++) {
            live.on(new JobEvent.RowFailed(row, FailureCause.TIMEOUT, 1, "no answer"));
        }
        assertThat(names(subscriber)).hasSize(5).containsOnly("failure");
    }

    @Test
    void waitsAreShownUntilTheyAreOver() {
        live.begins();
        live.on(advanced(1));
        live.on(new JobEvent.Retrying(5, 1, Duration.ofSeconds(18), FailureCause.RATE_LIMIT, "slow down"));
        assertThat(live.moment().waitingFor())
                .contains(new Waiting(FailureCause.RATE_LIMIT, clock.now.plusSeconds(18)));
        clock.now = clock.now.plusSeconds(18);
        assertThat(live.moment().waitingFor()).isEmpty();
    }

    @Test
    void aMissingKeyPausesAndAnythingElseFails() {
        Moment noKey = ended(new MissingKeyException("no key"));
        assertThat(noKey.status()).isEqualTo(Status.PAUSED);
        assertThat(noKey.reason()).isEmpty();
        assertThat(noKey.reasonName()).contains("KEY_MISSING");
        assertThat(noKey.message()).isEqualTo("no key");
        Moment refused = ended(new ConfigurationException("the categories changed"));
        assertThat(refused.status()).isEqualTo(Status.FAILED);
        assertThat(refused.reason()).isEmpty();
        assertThat(refused.message()).isEqualTo("the categories changed");
    }

    private Moment ended(PigeonholeException why) {
        live.begins();
        live.ended(job, Figures.NONE, 0, Optional.of(why));
        return live.moment();
    }

    @Test
    void whatWasReadBeforeARunEndedDoesNotComeAfterIt() {
        live.begins();
        long before = live.version();
        live.ended(job, Figures.NONE, 0, Optional.empty());
        Figures old = new Figures(Figures.NONE.facets(), Bill.NONE, 7, 7, 7);
        live.seen(job, old, 3, before, Duration.ZERO);
        assertThat(live.moment().figures()).isEqualTo(Figures.NONE);
        live.seen(job, old, 3, live.version(), Duration.ZERO);
        assertThat(live.moment().figures()).isEqualTo(old);
    }

    @Test
    void afterAWhileOnlyTheLastIsKept() throws Exception {
        live.begins();
        try (Subscriber subscriber = live.subscribe(OptionalLong.empty())) {
            assertThat(names(subscriber)).containsExactly("snapshot");
        }
        live.on(new JobEvent.Notice("one"));
        long one = Long.parseLong(String.valueOf(live.view().get("seq")));
        live.ended(job, Figures.NONE, 0, Optional.empty());
        live.rest();
        try (Subscriber subscriber = live.subscribe(OptionalLong.of(one))) {
            assertThat(names(subscriber)).containsExactly("state", "end");
        }
        clock.now = clock.now.plusSeconds(3_600);
        live.rest();
        try (Subscriber subscriber = live.subscribe(OptionalLong.of(one))) {
            assertThat(names(subscriber)).containsExactly("snapshot");
        }
    }

    private static final class HandClock extends Clock {
        private Instant now = Instant.parse("2026-05-04T10:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
