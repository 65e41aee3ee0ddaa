package dev.pigeonhole.llm;

import java.util.Optional;

/** The layout of an answer as the ledger keeps it: the mode's name, and whether it was asked for in a batch. Stateless. */
final class CallFormat {
    private static final String BATCH = "+batch";

    private CallFormat() {}

    static String ofBatch(ReplyMode mode) {
        return mode.key() + BATCH;
    }

    /** Empty if another version wrote it. */
    static Optional<ReplyMode> mode(String format) {
        return ReplyMode.ofKey(isOfBatch(format) ? format.substring(0, format.length() - BATCH.length()) : format);
    }

    static boolean isOfBatch(String format) {
        return format.endsWith(BATCH);
    }
}
