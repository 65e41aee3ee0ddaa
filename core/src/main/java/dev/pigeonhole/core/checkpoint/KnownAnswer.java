package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.Outcome;
import java.util.Objects;

/**
 * The answer for a text, whatever row it stands in. Immutable.
 *
 * @param key stands for the text and for all that the answer depends on; see {@link AnswerKey}
 * @param outcome categorized or unmatched; a failure is no answer
 */
public record KnownAnswer(AnswerKey key, Outcome outcome) {
    public KnownAnswer {
        Objects.requireNonNull(key, "key");
        if (!(outcome instanceof Outcome.Categorized) && !(outcome instanceof Outcome.Unmatched)) {
            throw new IllegalArgumentException("not an answer: " + outcome);
        }
    }
}
