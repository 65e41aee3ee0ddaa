package dev.pigeonhole.workspace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something about a list of categories that will probably make answers worse. Immutable.
 *
 * @param category the name of the category it is about; null if it is about all or several
 * @param other the second one, where it is about two; else null
 * @param detail what was found, in plain words
 * @param hint what to do about it, in plain words
 * @param examples texts that show it; empty where there are none
 */
public record LintNote(
        Level level,
        Kind kind,
        @Nullable String category,
        @Nullable String other,
        String detail,
        String hint,
        List<Example> examples) {
    public LintNote {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(hint, "hint");
        examples = List.copyOf(examples);
    }

    /** A note without texts. */
    LintNote(Level level, Kind kind, @Nullable String category, @Nullable String other, String detail, String hint) {
        this(level, kind, category, other, detail, hint, List.of());
    }

    /** The same as texts, nulls, lists and maps, in one order: {@code docs/formats.md}, type {@code lint}. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("level", level.name().toLowerCase(Locale.ROOT));
        map.put("kind", kind.code());
        map.put("category", category);
        map.put("other", other);
        map.put("detail", detail);
        map.put("hint", hint);
        map.put("examples", examples.stream().map(LintNote::toMap).toList());
        return map;
    }

    private static Map<String, @Nullable Object> toMap(Example example) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("text", example.text());
        map.put("category", example.category());
        return map;
    }

    /**
     * A text that shows what a note says. Immutable.
     *
     * @param text cut, if it is long
     * @param category where it belongs by its label, or else where it seems to belong; empty if nowhere
     */
    public record Example(String text, String category) {
        public Example {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(category, "category");
        }
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
        /** Rows of the sample are labelled with what is no category. */
        UNKNOWN_LABEL("unknown-label"),
        /** Labelled rows of one are taken for the other. */
        CONFUSED("confused"),
        /** Labelled rows of one are taken for all kinds of others. */
        SELDOM_FOUND("seldom-found"),
        /** Two names say the same. */
        NEAR_DUPLICATE("near-duplicate"),
        /** Two categories claim the same. */
        OVERLAP("overlap"),
        /** A category for the rest, although a row may end without one. */
        LOOKS_LIKE_OTHER("looks-like-other"),
        /** Rows of the sample look nearly as much like one as like the other. */
        HARD_TO_TELL("hard-to-tell"),
        /** Rows of the sample look like no category. */
        FITS_NONE("fits-none"),
        /** No row of the sample looks like it. */
        NOT_IN_SAMPLE("not-in-sample"),
        /** An example that looks more like another category. */
        MISPLACED_EXAMPLE("misplaced-example"),
        /** A name that nothing explains. */
        NO_DESCRIPTION("no-description"),
        /** No text that belongs there. */
        NO_EXAMPLE("no-example"),
        /** More than anybody chooses well among. */
        TOO_MANY("too-many"),
        /** More than a language model's answer to so many rows can be bound to. */
        SUB_BATCH("sub-batch");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** As it is called in JSON: {@code near-duplicate}. */
        public String code() {
            return code;
        }
    }
}
