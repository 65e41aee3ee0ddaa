package dev.pigeonhole.core.checkpoint;

import java.util.Objects;

/** What a person says of a row. Immutable. */
public sealed interface Verdict {

    /**
     * The row belongs to this category.
     *
     * @param name of a category of the job, to the letter
     */
    record Category(String name) implements Verdict {
        public Category {
            Objects.requireNonNull(name, "name");
        }
    }

    /** No category fits the row. */
    record NoCategory() implements Verdict {}

    /** The outcome is right as it is. */
    record Confirmed() implements Verdict {}

    /** Nobody says anything any more: the row is to be as it was before the first person looked at it. */
    record Withdrawn() implements Verdict {}
}
