package dev.pigeonhole.core.job;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Answer;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.PermanentCategorizerException;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.ledger.PaidCall;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a categorizer answers, never trusted: every item exactly once, and no label that is not in the taxonomy. Thread-safe. */
final class Answers {
    private final Conversation conversation;
    private final Set<String> labels;
    private final boolean allowUnmatched;

    Answers(Conversation conversation, Taxonomy taxonomy) {
        this.conversation = conversation;
        this.labels = taxonomy.nameSet();
        this.allowUnmatched = taxonomy.allowUnmatched();
    }

    Answer ask(Question question) {
        Answer answer = conversation.ask(question);
        requireEveryItemOnce(question, answer);
        return isSound(answer) ? answer : new Answer(checked(answer.outcomes()), answer.again(), answer.call());
    }

    private boolean isSound(Answer answer) {
        for (Outcome outcome : answer.outcomes().values()) {
            if (checked(outcome) != outcome) {
                return false;
            }
        }
        return true;
    }

    /** The outcomes that a stored answer gives. */
    Map<Long, Outcome> read(PaidCall call) {
        SortedMap<Long, Outcome> outcomes =
                new TreeMap<>(conversation.read(call).outcomes());
        outcomes.keySet().retainAll(call.intent().rows());
        return checked(outcomes);
    }

    private void requireEveryItemOnce(Question question, Answer answer) {
        if (isPlain(question, answer) || isDeferred(answer)) {
            return;
        }
        Set<Long> named = new HashSet<>(answer.outcomes().keySet());
        int count = named.size();
        for (Question next : answer.again()) {
            next.items().forEach(item -> named.add(item.row()));
            count += next.items().size();
        }
        boolean all = question.items().stream().map(Item::row).allMatch(named::contains);
        if (!all || count != question.items().size()) {
            throw new PermanentCategorizerException(
                    FailureCause.WRONG_IDS,
                    "the categorizer gave " + count + " outcomes for "
                            + question.items().size() + " items",
                    null);
        }
    }

    /** Whether questions are put into a lane, and nothing is answered now. */
    boolean areDeferred() {
        return conversation instanceof LaneFace;
    }

    private boolean isDeferred(Answer answer) {
        return areDeferred() && answer.outcomes().isEmpty() && answer.again().isEmpty();
    }

    /** The usual case, found out with less work: an outcome for each item, and nothing else. */
    private static boolean isPlain(Question question, Answer answer) {
        if (!answer.again().isEmpty()
                || answer.outcomes().size() != question.items().size()) {
            return false;
        }
        for (Item item : question.items()) {
            if (!answer.outcomes().containsKey(item.row())) {
                return false;
            }
        }
        return true;
    }

    private SortedMap<Long, Outcome> checked(SortedMap<Long, Outcome> outcomes) {
        SortedMap<Long, Outcome> checked = new TreeMap<>();
        outcomes.forEach((row, outcome) -> checked.put(row, checked(outcome)));
        return checked;
    }

    /** The outcome, or a failure if it is none that may be. */
    Outcome checked(@Nullable Outcome outcome) {
        if (outcome == null) {
            return new Outcome.Failed(FailureCause.BAD_ANSWER, "the categorizer gave no outcome for the row");
        }
        if (outcome instanceof Outcome.Categorized c && !labels.contains(c.category())) {
            return new Outcome.Failed(
                    FailureCause.UNKNOWN_CATEGORY, "the answer is not one of the " + labels.size() + " categories");
        }
        if (outcome instanceof Outcome.Unmatched && !allowUnmatched) {
            return new Outcome.Failed(
                    FailureCause.UNKNOWN_CATEGORY, "the answer is that no category fits, which is not allowed here");
        }
        if (outcome instanceof Outcome.Skipped) {
            return new Outcome.Failed(FailureCause.BAD_ANSWER, "the categorizer skipped the row");
        }
        return outcome;
    }
}
