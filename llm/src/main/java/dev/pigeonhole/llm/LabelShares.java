package dev.pigeonhole.llm;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Question;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Notices an answer that gives one label to nearly all records although the label is rare in this run: it may be that one record has
 * told the model what to say about the others. Such an answer is not used, and its records are asked about again in small groups of
 * another order, of which that record can reach one only. Files sorted by topic do the same in good faith. So groups are believed
 * once a second one says the same and none says another thing; until then, a group that says the same is asked about record by
 * record. What is asked again in vain is limited to a few records and a small share of the run. Thread-safe.
 */
final class LabelShares {
    private static final int LEAST_RECORDS = 10;
    private static final int LEAST_KNOWN = 100;
    private static final double MOST_SHARE = 0.9;
    /** One tenth of twenty records is two, and both may be in the same group of five. */
    private static final double MOST_SHARE_OF_GROUP = 0.6;

    private static final double RARE = 0.5;
    private static final double MOST_SPEAKERS = 0.6;
    /** Records asked again in vain, at most: so many, and this share of all. */
    private static final int MOST_IN_VAIN = 40;

    private static final int MOST_IN_VAIN_IF_SPOKEN_OF = 80;
    private static final double MOST_SHARE_IN_VAIN = 0.015;
    /** Rows under suspicion that are remembered; the oldest are forgotten, and then believed. */
    private static final int MOST_REMEMBERED = 20_000;

    private final Object lock = new Object();
    private final Map<Outcome, Long> counts = new HashMap<>();
    private long total;
    /** Records asked again since the last suspicion that came true. */
    private long inVain;

    private final Map<Long, Suspicion> suspicions = new LinkedHashMap<>();

    /** A label that an answer gave to nearly all, and what the groups have said of it until now. Guarded by the lock. */
    private static final class Suspicion {
        private final Outcome label;
        private int same;
        private boolean isTrue;

        Suspicion(Outcome label) {
            this.label = label;
        }

        boolean isGoodFaith() {
            return same > 1 && !isTrue;
        }
    }

    /**
     * Judges what an answer has settled, and counts it if it is to be used.
     *
     * @return what is to be asked instead; nothing if the answer is to be used
     */
    List<Question> judge(Question question, Collection<Outcome> outcomes) {
        synchronized (lock) {
            List<Question> again =
                    question.round() < Repair.GROUPS ? judgeFirst(question, outcomes) : judgeGroup(question, outcomes);
            if (again.isEmpty()) {
                count(outcomes);
            }
            return again;
        }
    }

    /**
     * The same for an answer whose texts are not at hand, but simpler: where that one label is rare, it is not to be used, and its
     * records are asked about anew.
     */
    boolean doubts(Collection<Outcome> outcomes) {
        synchronized (lock) {
            Optional<Outcome> label = outcomes.size() < LEAST_RECORDS ? Optional.empty() : dominant(outcomes);
            if (label.isPresent() && isRare(label.get()) && inVain < MOST_IN_VAIN + MOST_SHARE_IN_VAIN * total) {
                inVain += outcomes.size();
                return true;
            }
            count(outcomes);
            return false;
        }
    }

    private boolean isRare(Outcome label) {
        return total >= LEAST_KNOWN && counts.getOrDefault(label, 0L) < RARE * total;
    }

    private void count(Collection<Outcome> outcomes) {
        outcomes.forEach(outcome -> counts.merge(outcome, 1L, Long::sum));
        total += outcomes.size();
    }

    private List<Question> judgeFirst(Question question, Collection<Outcome> outcomes) {
        Optional<Outcome> label = outcomes.size() < LEAST_RECORDS ? Optional.empty() : dominant(outcomes);
        if (label.isEmpty() || !isSuspicious(label.get(), question)) {
            return List.of();
        }
        Suspicion suspicion = new Suspicion(label.get());
        inVain += question.items().size();
        question.items().forEach(item -> remember(item.row(), suspicion));
        return Repair.inGroups(shuffled(question), Repair.GROUPS);
    }

    private boolean isSuspicious(Outcome label, Question question) {
        boolean spokenOf = isSpokenOf(label, question);
        boolean rare = total < LEAST_KNOWN ? spokenOf : isRare(label);
        int most = spokenOf ? MOST_IN_VAIN_IF_SPOKEN_OF : MOST_IN_VAIN;
        return rare && inVain < most + MOST_SHARE_IN_VAIN * total;
    }

    private void remember(long row, Suspicion suspicion) {
        suspicions.put(row, suspicion);
        if (suspicions.size() > MOST_REMEMBERED) {
            suspicions.remove(suspicions.keySet().iterator().next());
        }
    }

    private List<Question> judgeGroup(Question question, Collection<Outcome> outcomes) {
        List<Item> items = question.items();
        Suspicion suspicion = suspicions.get(items.get(0).row());
        items.forEach(item -> suspicions.remove(item.row()));
        if (suspicion == null || question.round() != Repair.GROUPS || outcomes.isEmpty()) {
            return List.of();
        }
        long same = outcomes.stream().filter(suspicion.label::equals).count();
        if (same < MOST_SHARE_OF_GROUP * outcomes.size()) {
            suspicion.isTrue = true;
            inVain = 0;
            return List.of();
        }
        suspicion.same++;
        if (suspicion.isGoodFaith() || items.size() == 1) {
            return List.of();
        }
        inVain += items.size();
        return Repair.inGroups(items, Repair.SINGLE);
    }

    /** In another order, which depends on the texts alone. */
    private static List<Item> shuffled(Question question) {
        List<Item> items = new ArrayList<>(question.items());
        long seed = items.stream().map(Item::text).toList().hashCode();
        Collections.shuffle(items, new Random(seed));
        return items;
    }

    private static Optional<Outcome> dominant(Collection<Outcome> outcomes) {
        return outcomes.stream().collect(Collectors.groupingBy(o -> o, Collectors.counting())).entrySet().stream()
                .filter(entry -> entry.getValue() >= MOST_SHARE * outcomes.size())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether some of the records hold the label's name; where most do, it is the topic. */
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
}
