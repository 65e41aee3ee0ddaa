package dev.pigeonhole.llm;

import java.util.Locale;
import java.util.Optional;

/** Whether records are sent with a few candidates for their category. */
enum HintMode {
    /** Where there are many categories and somebody who can guess. */
    AUTO,
    ON,
    OFF;

    /** The name in settings. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<HintMode> ofKey(String key) {
        for (HintMode mode : values()) {
            if (mode.key().equals(key)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
