package dev.pigeonhole.llm;

import java.util.Locale;
import java.util.Optional;

/** How an answer is asked for, from the form that a server can enforce best to the one that any can give. */
enum ReplyMode {
    /** An object with a key for each record, by schema: each key is written just before its label. */
    KEYED,
    /** An array of id and category, by schema. */
    ARRAY,
    /** As {@link #KEYED}, but the server enforces no more than that it is an object. */
    JSON_OBJECT,
    /** Lines of id, tab, category. */
    LINES;

    /** The name in settings and in the ledger. */
    String key() {
        return this == JSON_OBJECT ? "json" : name().toLowerCase(Locale.ROOT);
    }

    static Optional<ReplyMode> ofKey(String key) {
        for (ReplyMode mode : values()) {
            if (mode.key().equals(key)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    /** What to try if the server does not support this. */
    Optional<ReplyMode> next() {
        return switch (this) {
            case KEYED -> Optional.of(ARRAY);
            case ARRAY -> Optional.of(JSON_OBJECT);
            case JSON_OBJECT -> Optional.of(LINES);
            case LINES -> Optional.empty();
        };
    }

    static ReplyMode later(ReplyMode a, ReplyMode b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
