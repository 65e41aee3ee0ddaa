package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.MissingKeyException;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.checkpoint.JobLockedException;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.job.Summary;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The numbers are a contract with scripts: they are written out here, not taken from the code. */
class ExitCodeTest {
    private static Summary summary(JobState state, PauseReason reason) {
        return Samples.summary(state, Optional.ofNullable(reason), "", Samples.tally(Map.of("A", 1L), Map.of()));
    }

    @ParameterizedTest
    @CsvSource({"COMPLETED, 0", "COMPLETED_WITH_FAILURES, 3", "FAILED, 1", "INTERRUPTED, 1", "RUNNING, 1"})
    void ofEveryEnd(JobState state, int code) {
        assertThat(ExitCode.of(summary(state, null), 130)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"USER, 130", "BUDGET, 5", "PROVIDER_UNAVAILABLE, 5", "KEY_REJECTED, 4", "QUOTA, 4", "DRIFT, 5"})
    void ofEveryPause(PauseReason reason, int code) {
        assertThat(ExitCode.of(summary(JobState.PAUSED, reason), 130)).isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource(PauseReason.class)
    void ofEveryPauseIsNeverSuccess(PauseReason reason) {
        assertThat(ExitCode.of(summary(JobState.PAUSED, reason), 130)).isNotZero();
    }

    @Test
    void ofASignalIsTheSignals() {
        assertThat(ExitCode.of(summary(JobState.PAUSED, PauseReason.USER), 143)).isEqualTo(143);
        assertThat(new Signals().exitCode()).isEqualTo(130);
    }

    @Test
    void ofAQualityGateIsItsOwn() {
        assertThat(ExitCode.QUALITY).isEqualTo(7);
    }

    @Test
    void ofEveryFailure() {
        assertThat(ExitCode.of(new ConfigurationException("x"))).isEqualTo(2);
        assertThat(ExitCode.of(new MissingKeyException("x"))).isEqualTo(4);
        assertThat(ExitCode.of(new InputException("x"))).isEqualTo(6);
        assertThat(ExitCode.of(new JobLockedException("j", null))).isEqualTo(9);
        assertThat(ExitCode.of(new StorageException("x", null))).isEqualTo(5);
        assertThat(ExitCode.of(new IllegalStateException("x"))).isEqualTo(1);
    }
}
