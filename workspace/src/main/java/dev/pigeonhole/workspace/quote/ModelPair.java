package dev.pigeonhole.workspace.quote;

import dev.pigeonhole.quality.Proportion;
import java.util.Objects;

/**
 * How often two models gave the same answer: no measure of how right either is. Immutable.
 *
 * @param same of the rows that both have answered in trials; of at least one
 */
public record ModelPair(String one, String other, Proportion same) {
    public ModelPair {
        Objects.requireNonNull(one, "one");
        Objects.requireNonNull(other, "other");
        Objects.requireNonNull(same, "same");
    }
}
