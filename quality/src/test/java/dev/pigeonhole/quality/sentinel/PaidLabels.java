package dev.pigeonhole.quality.sentinel;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.Answer;
import dev.pigeonhole.core.categorize.Assignment;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.core.ledger.PaidCall;
import dev.pigeonhole.core.ledger.TokenUsage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Enters its calls in the ledger, as a language model's adapter does; answers as its script says. An empty label is asked again. */
final class PaidLabels implements Categorizer {
    /** What each question held, in the order of asking. */
    final List<Question> asked = Collections.synchronizedList(new ArrayList<>());

    private final AtomicInteger calls = new AtomicInteger();
    private final BiFunction<Integer, List<Item>, List<String>> script;
    private int lostCall;

    /** @param script from the number of the call and its items to labels */
    PaidLabels(BiFunction<Integer, List<Item>, List<String>> script) {
        this.script = script;
    }

    /** The answer of this call is paid for and kept, and then the process is gone: the job pauses instead, before it is used. */
    PaidLabels losing(int call) {
        lostCall = call;
        return this;
    }

    @Override
    public List<Outcome> categorize(List<Item> items) {
        throw new IllegalStateException("a paid call without a ledger");
    }

    @Override
    public int suggestedConcurrency() {
        return 1;
    }

    @Override
    public Conversation begin(Assignment assignment) {
        return new Talk(assignment.ledger());
    }

    private final class Talk implements Conversation {
        private final CallLedger ledger;

        Talk(CallLedger ledger) {
            this.ledger = ledger;
        }

        @Override
        public Answer ask(Question question) {
            asked.add(question);
            int number = calls.incrementAndGet();
            List<Long> rows = question.items().stream().map(Item::row).toList();
            long call = ledger.begin(new CallIntent(rows, question.round(), "fake", "labels", Optional.empty()));
            String text = String.join("|", script.apply(number, question.items())) + "|.";
            ledger.answered(call, new CallAnswer(text, "stop", "", new TokenUsage(1, 0, 0, 1), Optional.empty()));
            if (number == lostCall) {
                throw new JobPausedException(PauseReason.USER, "gone", null);
            }
            return answer(rows, text, call, question);
        }

        @Override
        public Answer read(PaidCall call) {
            return answer(call.intent().rows(), call.answer().text(), call.number(), null);
        }

        /** @param question null if nothing can be asked again */
        private Answer answer(List<Long> rows, String text, long call, @Nullable Question question) {
            SortedMap<Long, Outcome> outcomes = new TreeMap<>();
            List<Item> open = new ArrayList<>();
            String[] labels = text.split("\\|");
            for (int i = 0; i < rows.size(); i++) {
                if (!labels[i].isEmpty()) {
                    outcomes.put(rows.get(i), Outcome.categorized(labels[i], "fake"));
                } else if (question != null) {
                    open.add(question.items().get(i));
                }
            }
            List<Question> again =
                    question == null || open.isEmpty() ? List.of() : List.of(new Question(open, question.round() + 1));
            return new Answer(outcomes, again, OptionalLong.of(call));
        }
    }
}
