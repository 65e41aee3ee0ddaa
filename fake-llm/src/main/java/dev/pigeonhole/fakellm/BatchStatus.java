package dev.pigeonhole.fakellm;

import java.util.Locale;

/** Where a batch is on its way. */
enum BatchStatus {
    VALIDATING,
    IN_PROGRESS,
    FINALIZING,
    CANCELLING,
    FAILED,
    COMPLETED,
    EXPIRED,
    CANCELLED;

    boolean isOver() {
        return compareTo(FAILED) >= 0;
    }

    /** In the words of the wire. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
