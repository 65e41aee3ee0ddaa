package dev.pigeonhole.fakellm;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An answer before it is wrapped. Immutable.
 *
 * @param content the text; null if there is none
 * @param refusal why there is none; null if there is a text
 * @param finish why the answer ended there, in the words of the wire
 * @param choices whether there is an answer at all
 * @param usage whether the tokens are told
 * @param spoiled ids of records to which it does not give the answer that the oracle gave
 */
record Draft(
        @Nullable String content,
        @Nullable String refusal,
        String finish,
        boolean choices,
        boolean usage,
        Set<String> spoiled) {
    /** One record's answer. */
    record Entry(String id, String category) {}

    Draft {
        spoiled = Set.copyOf(spoiled);
    }

    static Draft of(String content) {
        return new Draft(content, null, "stop", true, true, Set.of());
    }

    Draft withContent(@Nullable String other) {
        return new Draft(other, refusal, finish, choices, usage, spoiled);
    }

    /** None of the records has its answer. */
    Draft spoiling(List<Question.Asked> records) {
        return spoiling(Set.copyOf(records.stream().map(Question.Asked::id).toList()));
    }

    Draft spoiling(Set<String> ids) {
        return new Draft(content, refusal, finish, choices, usage, ids);
    }

    Draft ending(String reason) {
        return new Draft(content, refusal, reason, choices, usage, spoiled);
    }

    Draft refusing(String reason) {
        return new Draft(null, reason, finish, choices, usage, spoiled);
    }

    Draft withoutChoices() {
        return new Draft(content, refusal, finish, false, usage, spoiled);
    }

    Draft withoutUsage() {
        return new Draft(content, refusal, finish, choices, false, spoiled);
    }
}
