package dev.pigeonhole.core.job;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Answer;
import dev.pigeonhole.core.categorize.Assignment;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.JobMemory;
import dev.pigeonhole.core.categorize.Lane;
import dev.pigeonhole.core.categorize.Pass;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.ledger.PaidCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Goes through the rows as it is told, and lets another one answer. */
final class PassingCategorizer implements Categorizer {
    private final Categorizer inner;

    List<Pass> passes = List.of(Pass.rest());
    Function<Assignment, Optional<Lane>> lanes = assignment -> Optional.empty();
    Consumer<JobMemory> whenBegun = memory -> {};
    /** Called with the number of passes made. */
    IntConsumer beforePass = pass -> {};

    PassingCategorizer(Categorizer inner) {
        this.inner = inner;
    }

    @Override
    public List<Outcome> categorize(List<Item> items) {
        return inner.categorize(items);
    }

    @Override
    public Map<String, String> fingerprint() {
        Map<String, String> all = new HashMap<>(inner.fingerprint());
        all.put("passes", "test");
        return all;
    }

    @Override
    public Map<String, String> answerFingerprint() {
        return inner.answerFingerprint();
    }

    @Override
    public boolean hasLastingAnswers() {
        return inner.hasLastingAnswers();
    }

    @Override
    public Conversation begin(Assignment assignment) {
        Conversation conversation = inner.begin(assignment);
        Optional<Lane> lane = lanes.apply(assignment);
        whenBegun.accept(assignment.memory().orElseThrow());
        return new Conversation() {
            @Override
            public Answer ask(Question question) {
                return conversation.ask(question);
            }

            @Override
            public Answer read(PaidCall call) {
                return conversation.read(call);
            }

            @Override
            public Optional<Pass> nextPass(int made) {
                beforePass.accept(made);
                return made < passes.size() ? Optional.of(passes.get(made)) : Optional.empty();
            }

            @Override
            public Optional<Lane> lane() {
                return lane;
            }

            @Override
            public void stop() {
                conversation.stop();
                lane.ifPresent(Lane::stop);
            }
        };
    }
}
