package dev.pigeonhole.cascade;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Outcome;
import java.util.Optional;

/**
 * A row whose answer was asked for. Immutable.
 *
 * @param row its number
 * @param text its text, as far as it is learned from
 * @param label name of the category, or that of {@link Labels#nothing}
 */
record Lesson(long row, String text, String label) {
    /** The rest of a longer text is not looked at, so that memory is bounded; no category needs so much to be recognized. */
    static final int MOST_CHARS = 2_000;

    /** The source of answers that a cascade gives itself. */
    static final String LOCAL = "local";

    private static final String HUMAN = "human";

    /** Empty if there is no answer of the one who was to be asked: it failed, or somebody else has given it. */
    static Optional<Lesson> of(Item item, Outcome outcome, Labels labels) {
        if (outcome instanceof Outcome.Categorized c && isAsked(c.source())) {
            return Optional.of(new Lesson(item.row(), cut(item.text()), c.category()));
        }
        if (outcome instanceof Outcome.Unmatched u && isAsked(u.source())) {
            return Optional.of(new Lesson(item.row(), cut(item.text()), labels.nothing()));
        }
        return Optional.empty();
    }

    /** As much of a text as is learned from. */
    static String cut(String text) {
        return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS);
    }

    LabelledText labelled() {
        return new LabelledText(text, label);
    }

    private static boolean isAsked(String source) {
        return !source.equals(LOCAL) && !source.equals(HUMAN);
    }
}
