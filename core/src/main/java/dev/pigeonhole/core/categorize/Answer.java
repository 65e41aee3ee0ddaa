package dev.pigeonhole.core.categorize;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of a {@link Question}: each of its items has an outcome, or is asked about again. Immutable. Only a question that was put
 * into a {@link Lane} has neither.
 *
 * @param outcomes outcomes by row number
 * @param again what the engine is to ask next, instead of this question. A question with more rounds behind it or fewer items
 *     than this one; only a categorizer that has changed its way of asking meanwhile may name the same again
 * @param call number of the call in the {@link dev.pigeonhole.core.ledger.CallLedger}, if it was entered there
 */
public record Answer(SortedMap<Long, Outcome> outcomes, List<Question> again, OptionalLong call) {
    public Answer {
        outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
        again = List.copyOf(again);
    }

    /**
     * No outcome yet.
     *
     * @param again what is to be asked instead
     */
    public static Answer none(List<Question> again, OptionalLong call) {
        return new Answer(new TreeMap<>(), again, call);
    }

    /**
     * One outcome for each item, in their order.
     *
     * @throws PermanentCategorizerException there are more or fewer
     */
    public static Answer of(List<Item> items, List<Outcome> outcomes) {
        if (items.size() != outcomes.size()) {
            throw new PermanentCategorizerException(
                    FailureCause.WRONG_IDS,
                    "the categorizer gave " + outcomes.size() + " outcomes for " + items.size() + " items",
                    null);
        }
        SortedMap<Long, Outcome> byRow = new TreeMap<>();
        for (int i = 0; i < items.size(); i++) {
            byRow.put(items.get(i).row(), outcomes.get(i));
        }
        return new Answer(byRow, List.of(), OptionalLong.empty());
    }
}
