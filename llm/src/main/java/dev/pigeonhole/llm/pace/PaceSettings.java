package dev.pigeonhole.llm.pace;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the user said about pace. Immutable.
 *
 * @param rpm most requests a minute; empty or 0: not told, learn it from the server
 * @param tpm most tokens a minute, input and output; empty or 0: not told, learn it from the server
 * @param concurrency most calls in flight, at least 1
 * @param concurrencyTold whether the user named that number: then it is begun with, else it is approached from below
 */
public record PaceSettings(OptionalInt rpm, OptionalLong tpm, int concurrency, boolean concurrencyTold) {
    public PaceSettings {
        Objects.requireNonNull(rpm, "rpm");
        Objects.requireNonNull(tpm, "tpm");
        if (rpm.orElse(0) < 0 || tpm.orElse(0) < 0 || concurrency < 1) {
            throw new IllegalArgumentException(
                    "rpm " + rpm.orElse(0) + ", tpm " + tpm.orElse(0) + ", concurrency " + concurrency);
        }
        rpm = rpm.orElse(0) == 0 ? OptionalInt.empty() : rpm;
        tpm = tpm.orElse(0) == 0 ? OptionalLong.empty() : tpm;
    }
}
