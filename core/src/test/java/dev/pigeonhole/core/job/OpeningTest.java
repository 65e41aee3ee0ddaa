package dev.pigeonhole.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.testing.ScriptedCategorizer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {
    @TempDir
    Path directory;

    @Test
    void aLongRunWaitsLongerButNeverLong() {
        assertThat(Opening.before(1.9).hold()).isZero();
        assertThat(Opening.before(2).hold()).isEqualTo(Duration.ofMillis(250));
        assertThat(Opening.before(20).hold()).isEqualTo(Duration.ofMillis(300));
        assertThat(Opening.before(77_000).hold()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void ofARejectedKeyOneCallIsEnough() {
        JobHarness harness = new JobHarness(directory).rows(20_000);
        ScriptedCategorizer categorizer = JobHarness.script()
                .failingCall(1, () -> new JobPausedException(PauseReason.KEY_REJECTED, "no such key", null))
                .build();

        Summary summary = harness.run(categorizer);

        assertThat(summary.state()).isEqualTo(JobState.PAUSED);
        assertThat(summary.reason()).contains(PauseReason.KEY_REJECTED);
        assertThat(categorizer.calls()).isEqualTo(1);
    }
}
