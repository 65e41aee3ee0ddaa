package dev.pigeonhole.llm;

import dev.pigeonhole.core.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a call has settled, and why the rest is open. Immutable.
 *
 * @param settled outcomes by position in the question
 * @param open reasons by position
 * @param whole what the call as a whole suffered from; empty if its answer was readable
 */
record Verdict(SortedMap<Integer, Outcome> settled, SortedMap<Integer, Trouble> open, Optional<Trouble> whole) {

    /** The same trouble with the whole call: nothing is settled. */
    static Verdict nothing(int count, Trouble trouble) {
        SortedMap<Integer, Trouble> open = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            open.put(i, trouble);
        }
        return new Verdict(new TreeMap<>(), open, Optional.of(trouble));
    }

    /** @param cutOff whether the most tokens allowed were reached */
    static Verdict of(Reply reply, Labels labels, boolean cutOff) {
        SortedMap<Integer, Outcome> settled = new TreeMap<>();
        SortedMap<Integer, Trouble> open = new TreeMap<>();
        boolean missing = false;
        for (int i = 0; i < reply.count(); i++) {
            missing |= reply.saysNothingOf(i);
            Optional<Outcome> outcome = agreed(reply.words(i), labels);
            if (outcome.isPresent()) {
                settled.put(i, outcome.get());
            } else {
                open.put(i, trouble(reply.words(i), labels));
            }
        }
        if (missing && reply.extra() > 0) {
            return nothing(reply.count(), Trouble.SHIFTED);
        }
        return new Verdict(settled, open, wholeTrouble(reply, cutOff));
    }

    private static Optional<Trouble> wholeTrouble(Reply reply, boolean cutOff) {
        if (cutOff) {
            return Optional.of(Trouble.CUT_OFF);
        }
        return reply.isWhole() ? Optional.empty() : Optional.of(Trouble.UNREADABLE);
    }

    /** What all that was said about a record means, if it all means the same. */
    private static Optional<Outcome> agreed(List<Optional<String>> words, Labels labels) {
        Set<Optional<Outcome>> meanings = new HashSet<>();
        words.forEach(word -> meanings.add(word.flatMap(labels::find)));
        return meanings.size() == 1 ? meanings.iterator().next() : Optional.empty();
    }

    private static Trouble trouble(List<Optional<String>> words, Labels labels) {
        if (words.isEmpty()) {
            return Trouble.MISSING;
        }
        boolean someKnown =
                words.stream().anyMatch(word -> word.flatMap(labels::find).isPresent());
        return someKnown ? Trouble.CONFLICT : Trouble.UNKNOWN;
    }
}
