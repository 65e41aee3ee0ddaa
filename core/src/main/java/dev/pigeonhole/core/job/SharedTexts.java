package dev.pigeonhole.core.job;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.AnswerKey;
import dev.pigeonhole.core.checkpoint.KnownAnswer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Texts that are being asked about now, and the later rows that hold the same text: they wait for the answer instead of asking for
 * it again. What was answered long ago is in the store. Bounded by the {@link Window}. Thread-safe.
 */
final class SharedTexts {
    /**
     * A row that waits for the answer of another.
     *
     * @param weight what it takes of the window
     */
    record Follower(int batch, long row, int weight) {}

    /** What a row has to do about its text. */
    sealed interface Turn {
        /** Ask, if it is to be asked at all; others will wait for the answer. */
        record Ask() implements Turn {}

        /** Nothing: it gets its outcome with the row that asks. */
        record Wait() implements Turn {}

        /** Nothing: this is the answer. */
        record Known(Outcome answer) implements Turn {}
    }

    /** What the outcome of a row means for others. */
    record Consequence(Optional<KnownAnswer> answer, List<Follower> followers) {
        static final Consequence NONE = new Consequence(Optional.empty(), List.of());
    }

    private static final class Asked {
        private final AnswerKey key;
        private final List<Follower> followers = new ArrayList<>();
        private @Nullable Outcome answer;

        Asked(AnswerKey key) {
            this.key = key;
        }
    }

    private final Map<AnswerKey, Asked> byKey = new HashMap<>();
    private final Map<Long, Asked> byRow = new HashMap<>();
    private final List<AnswerKey> durable = new ArrayList<>();

    /** What a row has to do: nothing, if its text is being asked about or was answered. */
    synchronized Turn turnOf(AnswerKey key, Follower row) {
        Asked asked = byKey.get(key);
        if (asked == null) {
            return new Turn.Ask();
        } else if (asked.answer != null) {
            return new Turn.Known(asked.answer);
        }
        asked.followers.add(row);
        return new Turn.Wait();
    }

    /** The row is the first to ask about its text. */
    synchronized void asks(AnswerKey key, long row) {
        Asked first = new Asked(key);
        byKey.put(key, first);
        byRow.put(row, first);
    }

    /** The row that asked has its outcome. An answer is remembered until it is durable; a failure is not. */
    synchronized Consequence settled(long row, Outcome outcome) {
        Asked asked = byRow.remove(row);
        if (asked == null) {
            return Consequence.NONE;
        }
        List<Follower> followers = List.copyOf(asked.followers);
        if (outcome instanceof Outcome.Categorized || outcome instanceof Outcome.Unmatched) {
            asked.answer = outcome;
            return new Consequence(Optional.of(new KnownAnswer(asked.key, outcome)), followers);
        }
        byKey.remove(asked.key);
        return new Consequence(Optional.empty(), followers);
    }

    /** An answer that nobody here asked for; remembered until it is durable. */
    synchronized void remember(KnownAnswer known) {
        Asked asked = new Asked(known.key());
        asked.answer = known.outcome();
        byKey.putIfAbsent(known.key(), asked);
    }

    /** These answers are in the store from now on. */
    synchronized void recorded(Collection<KnownAnswer> answers) {
        answers.forEach(answer -> durable.add(answer.key()));
    }

    /** Forgets what is in the store. To be called before the store is asked, so that an answer is always in one of the two. */
    synchronized void forgetDurable() {
        durable.forEach(byKey::remove);
        durable.clear();
    }
}
