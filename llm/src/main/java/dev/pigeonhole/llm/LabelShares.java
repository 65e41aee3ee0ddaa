package dev.pigeonhole.llm;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Question;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Notices an answer that gives one label to nearly all records although the label is rare in this run: it may be that one record has
 * told the model what to say about the others. Such a question is asked once more, in two halves and another order. Files sorted by
 * topic do the same in good faith: what comes the second time holds, a label that was confirmed often is asked about no more, and
 * once a few were asked for again in vain, only those answers are of which a record or two speak, and in the end none.
 * Thread-safe.
 */
final class LabelShares {
    private static final int LEAST_RECORDS = 10;
    private static final int LEAST_KNOWN = 100;
    private static final double MOST_SHARE = 0.9;
    private static final double RARE = 0.3;
    private static final int ENOUGH_CONFIRMATIONS = 6;
    private static final int MOST_ASKED_AGAIN = 3;
    private static final int MOST_ASKED_IF_SPOKEN_OF = 12;
    private static final double MOST_SPEAKERS = 0.2;

    private final Map<Outcome, LongAdder> counts = new ConcurrentHashMap<>();
    private final LongAdder total = new LongAdder();
    private final Map<Outcome, LongAdder> confirmed = new ConcurrentHashMap<>();
    /** Questions asked again since the last of which the second answer was another. */
    private final AtomicInteger askedAgain = new AtomicInteger();

    /** Whether a first answer is to be asked for again. */
    boolean isSuspicious(Question question, Collection<Outcome> outcomes) {
        return question.round() == 0
                && outcomes.size() >= LEAST_RECORDS
                && dominant(outcomes)
                        .filter(label -> isRare(label) && count(confirmed, label) < ENOUGH_CONFIRMATIONS)
                        .filter(label ->
                                mayAskAgain(isSpokenOf(label, question) ? MOST_ASKED_IF_SPOKEN_OF : MOST_ASKED_AGAIN))
                        .isPresent();
    }

    private boolean mayAskAgain(int most) {
        return askedAgain.getAndUpdate(asked -> asked < most ? asked + 1 : asked) < most;
    }

    /** Counts what is accepted. */
    void accepted(Question question, Collection<Outcome> outcomes) {
        if (question.round() == Repair.SAME_SIZE && outcomes.size() >= LEAST_RECORDS / 2) {
            dominant(outcomes).ifPresentOrElse(label -> increment(confirmed, label), () -> askedAgain.set(0));
        }
        outcomes.forEach(outcome -> increment(counts, outcome));
        total.add(outcomes.size());
    }

    /** The same items in two halves and another order, which depends on their texts alone. */
    static List<Question> shuffledHalves(Question question) {
        List<Item> items = new ArrayList<>(question.items());
        long seed = items.stream().map(Item::text).toList().hashCode();
        Collections.shuffle(items, new Random(seed));
        return Repair.halves(items, Repair.SAME_SIZE);
    }

    private static Optional<Outcome> dominant(Collection<Outcome> outcomes) {
        return outcomes.stream().collect(Collectors.groupingBy(o -> o, Collectors.counting())).entrySet().stream()
                .filter(entry -> entry.getValue() >= MOST_SHARE * outcomes.size())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether few of the records hold the label's name; where most do, it is the topic. */
    private static boolean isSpokenOf(Outcome label, Question question) {
        if (!(label instanceof Outcome.Categorized categorized)) {
            return false;
        }
        String name = folded(categorized.category());
        long speakers = question.items().stream()
                .filter(item -> folded(item.text()).contains(name))
                .count();
        return speakers > 0 && speakers <= MOST_SPEAKERS * question.items().size();
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
    }

    private boolean isRare(Outcome label) {
        long all = total.sum();
        return all >= LEAST_KNOWN && count(counts, label) < RARE * all;
    }

    private static long count(Map<Outcome, LongAdder> counts, Outcome label) {
        LongAdder count = counts.get(label);
        return count == null ? 0 : count.sum();
    }

    private static void increment(Map<Outcome, LongAdder> counts, Outcome label) {
        counts.computeIfAbsent(label, l -> new LongAdder()).increment();
    }
}
