package dev.pigeonhole.llm.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten minutes in which every call is turned away, in simulated time: one probes for all, once in two seconds. */
class StormTest {
    @ParameterizedTest
    @CsvSource({"1,", "2,0", "3,1", "4,20", "5,86400"})
    void fewCallsGoOutHoweverLongTheServerAsksUsToWait(long seed, @Nullable Long retryAfterSeconds) {
        Duration retryAfter = retryAfterSeconds == null ? null : Duration.ofSeconds(retryAfterSeconds);
        FakeProvider provider = (now, tokens) -> now < 600e9
                ? new FakeProvider.Reply(FakeProvider.Kind.LIMITED, 2_000_000, RateLimits.UNKNOWN, retryAfter)
                : FakeProvider.answered(1, RateLimits.UNKNOWN);
        PaceSettings settings = new PaceSettings(OptionalInt.empty(), OptionalLong.empty(), 64, true);
        Simulation run = new Simulation(settings, provider, 500, seed).run();
        assertThat(run.sentBetween(0, 600)).as("%s", run).isLessThan(400);
        assertThat(run.answered + run.givenUp).isEqualTo(500);
        assertThat(run.givenUp)
                .as("those that probed, and used up their attempts")
                .isLessThan(50);
    }
}
