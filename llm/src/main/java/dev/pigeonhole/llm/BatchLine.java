package dev.pigeonhole.llm;

/** A line of what came of a batch. Immutable. */
public sealed interface BatchLine {
    /** A request was answered, and costs. */
    record Answered(String customId, ChatReply reply) implements BatchLine {}

    /**
     * A request was not answered.
     *
     * @param expired whether it was not even begun: the time was over, or the batch was cancelled; nothing speaks against asking again
     * @param message one line for a person; no secrets, no row text
     */
    record Failed(String customId, boolean expired, String message) implements BatchLine {}

    /** No line of this kind, or one that was cut off. */
    record Unreadable(String message) implements BatchLine {}
}
