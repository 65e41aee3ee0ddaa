package dev.pigeonhole.workspace;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something about a list of categories that will probably make answers worse. Immutable.
 *
 * @param category the name of the category it is about; null if it is about all or several
 * @param other the second one, where it is about two; else null
 * @param detail what was found and what to do, in plain words
 */
public record LintNote(
        Level level,
        Kind kind,
        @Nullable String category,
        @Nullable String other,
        String detail) {
    public LintNote {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(detail, "detail");
    }

    /** How bad it is, the worst first. */
    public enum Level {
        /** The result will be of no use. */
        ERROR,
        /** Answers will be worse than they could be. */
        WARNING,
        /** Answers could be better. */
        HINT
    }

    /** What it is. */
    public enum Kind {
        /** There is nothing to choose from. */
        ONE_CATEGORY("one-category"),
        /** Two names say the same. */
        NEAR_DUPLICATE("near-duplicate"),
        /** Two categories claim the same. */
        OVERLAP("overlap"),
        /** A category for the rest, although a row may end without one. */
        LOOKS_LIKE_OTHER("looks-like-other"),
        /** A name that nothing explains. */
        NO_DESCRIPTION("no-description"),
        /** No text that belongs there. */
        NO_EXAMPLE("no-example"),
        /** More than anybody chooses well among. */
        TOO_MANY("too-many");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** As it is called in the web page's API: {@code near-duplicate}. */
        public String code() {
            return code;
        }
    }
}
