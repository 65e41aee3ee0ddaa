package dev.pigeonhole.llm;

import dev.pigeonhole.core.categorize.Question;
import java.util.List;
import java.util.function.Supplier;

/** Writes the requests for questions, the same for all ways of sending them. Thread-safe. */
final class Drafter {
    private final Protocol protocol;
    private final ModeMemory modes;
    private final HintWatch watch;
    private final Supplier<String> nonces;
    private final Shards shards;

    Drafter(Protocol protocol, ModeMemory modes, HintWatch watch, Supplier<String> nonces, Shards shards) {
        this.protocol = protocol;
        this.modes = modes;
        this.watch = watch;
        this.nonces = nonces;
        this.shards = shards;
    }

    /**
     * A request for a question.
     *
     * @param hints the candidates that it shows, by position
     */
    record Drafted(Question question, Protocol.Draft draft, List<List<String>> hints) {}

    List<Protocol.Part> divide(Question question) {
        return protocol.divide(question);
    }

    Drafted draft(Protocol.Part part) {
        ReplyMode mode = modes.mode(protocol.firstMode(part.count()));
        List<List<String>> hints = watch.candidates(part.texts());
        Protocol.Draft draft = protocol.draft(part, hints, mode, nonces.get(), shards.next());
        return new Drafted(part.question(), draft, hints);
    }
}
