package dev.pigeonhole.core.ledger;

import dev.pigeonhole.core.Money;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A call that is about to be sent. Immutable.
 *
 * @param rows numbers of the rows that are asked about, in the order of the request
 * @param round how many answers about these rows were unusable before; from 0
 * @param model whom it is sent to
 * @param format how the answer is laid out, in the categorizer's own words: what it needs to read the answer again
 * @param worstCase the most that it can cost; empty if the price is not known
 */
public record CallIntent(List<Long> rows, int round, String model, String format, Optional<Money> worstCase) {
    public CallIntent {
        rows = List.copyOf(rows);
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(worstCase, "worstCase");
        if (rows.isEmpty() || round < 0 || rows.stream().anyMatch(row -> row < 1)) {
            throw new IllegalArgumentException("rows " + rows + ", round " + round);
        }
    }
}
