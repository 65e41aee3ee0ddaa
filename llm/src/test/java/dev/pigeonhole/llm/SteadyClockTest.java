package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The wall clock is set, ahead and back; nobody may wait for that. */
class SteadyClockTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

    private Instant wallTime = BEGIN;
    private long nanos = 77;
    private final Clock wall = new Clock() {
        @Override
        public Instant instant() {
            return wallTime;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };
    private final SteadyClock clock = new SteadyClock(wall, () -> nanos);

    private void passes(Duration time) {
        nanos += time.toNanos();
        wallTime = wallTime.plus(time);
    }

    @Test
    void whileNobodySetsTheWallClockItTellsTheSame() {
        passes(Duration.ofHours(3));
        assertThat(clock.instant()).isEqualTo(wallTime);
    }

    @Test
    void aDayBackChangesNothing() {
        passes(Duration.ofMinutes(1));
        clock.instant();
        wallTime = wallTime.minus(Duration.ofDays(1));

        passes(Duration.ofSeconds(30));

        assertThat(clock.instant()).isEqualTo(BEGIN.plusSeconds(90));
    }

    @Test
    void aDayAheadIsFollowed() {
        wallTime = wallTime.plus(Duration.ofDays(1));

        passes(Duration.ofSeconds(30));

        assertThat(clock.instant()).isEqualTo(wallTime);
    }

    @Test
    void howeverTheWallClockIsSetNoTimeIsEarlierAndNoneIsLostOfWhatPasses() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Instant before = clock.instant();
        for (int i = 0; i < 10_000; i++) {
            if (random.nextInt(10) == 0) {
                wallTime = wallTime.plusSeconds(random.nextInt(200_000) - 100_000);
            }
            Duration time = Duration.ofMillis(random.nextInt(5_000));
            passes(time);
            Instant now = clock.instant();
            assertThat(now).as("seed %d", seed).isAfterOrEqualTo(before.plus(time));
            before = now;
        }
    }
}
