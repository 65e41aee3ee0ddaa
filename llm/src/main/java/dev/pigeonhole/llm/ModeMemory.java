package dev.pigeonhole.llm;

import java.util.concurrent.atomic.AtomicReference;

/** The best way of answering that the server has not refused so far. Thread-safe. */
final class ModeMemory {
    private final AtomicReference<ReplyMode> best = new AtomicReference<>(ReplyMode.KEYED);

    /** @param wanted if the server had refused none */
    ReplyMode mode(ReplyMode wanted) {
        return ReplyMode.later(wanted, best.get());
    }

    /** Notes that the server does not support a mode. Returns false if there is no other. */
    boolean refused(ReplyMode mode) {
        mode.next().ifPresent(next -> best.accumulateAndGet(next, ReplyMode::later));
        return mode.next().isPresent();
    }
}
