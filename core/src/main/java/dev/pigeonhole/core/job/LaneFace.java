package dev.pigeonhole.core.job;

import dev.pigeonhole.core.categorize.Answer;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.Lane;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.categorize.Sentinels;
import dev.pigeonhole.core.ledger.PaidCall;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A conversation that only puts questions into its lane; each has neither an outcome nor a question instead. Thread-safe. */
final class LaneFace implements Conversation {
    private final Conversation conversation;
    private final Lane lane;

    LaneFace(Conversation conversation, Lane lane) {
        this.conversation = conversation;
        this.lane = lane;
    }

    @Override
    public Answer ask(Question question) {
        lane.put(question);
        return Answer.none(List.of(), OptionalLong.empty());
    }

    @Override
    public Answer read(PaidCall call) {
        return conversation.read(call);
    }

    @Override
    public List<String> warnings() {
        return conversation.warnings();
    }

    @Override
    public Optional<Sentinels> sentinels() {
        return conversation.sentinels();
    }

    @Override
    public void stop() {
        conversation.stop();
    }
}
