package dev.pigeonhole.workspace.quote;

import dev.pigeonhole.quality.Proportion;
import dev.pigeonhole.quality.Ratio;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a trial has measured of a model with some rows of a file. Holds no texts. Immutable.
 *
 * @param rows that have an answer
 * @param calls that were paid for
 * @param cost what the calls cost, as a multiple of what was expected of them; empty if nothing was paid or a price is not known
 * @param seconds from sending to answer; empty if nobody was called
 * @param truth answers that are what the rows' labels say, of the rows with a label; empty if there are none
 * @param answers category by number of the row in the file; empty text for a row that fits none. Failed rows are left out
 */
public record Measurement(
        String model,
        long rows,
        long calls,
        Optional<Ratio> cost,
        Optional<Ratio> seconds,
        Optional<Proportion> truth,
        SortedMap<Long, String> answers) {
    public Measurement {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(cost, "cost");
        Objects.requireNonNull(seconds, "seconds");
        Objects.requireNonNull(truth, "truth");
        answers = Collections.unmodifiableSortedMap(new TreeMap<>(answers));
    }

    /** {@code measured on 40 rows in 2 calls}. */
    String text() {
        return "measured on " + rows + (rows == 1 ? " row" : " rows") + " in " + calls
                + (calls == 1 ? " call" : " calls");
    }

    /** Whether its cost is that of batches: only of these no times are measured. */
    boolean isOfBatches() {
        return cost.isPresent() && seconds.isEmpty();
    }

    /** With the costs and times of an earlier one, if this one had all its answers for nothing. */
    Measurement orCostOf(Measurement earlier) {
        return calls > 0
                ? this
                : new Measurement(
                        model,
                        rows,
                        earlier.calls,
                        earlier.cost,
                        earlier.seconds,
                        truth.or(() -> earlier.truth),
                        answers);
    }

    /** Rows to which both gave the same answer, of those that both have answered. */
    Proportion agreementWith(Measurement other) {
        long both = answers.keySet().stream()
                .filter(row -> other.answers.containsKey(row))
                .count();
        long same = answers.entrySet().stream()
                .filter(answer -> answer.getValue().equals(other.answers.get(answer.getKey())))
                .count();
        return new Proportion(same, both);
    }
}
