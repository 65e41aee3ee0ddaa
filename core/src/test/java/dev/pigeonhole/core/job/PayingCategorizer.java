package dev.pigeonhole.core.job;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Answer;
import dev.pigeonhole.core.categorize.Assignment;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.NotSentException;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.core.ledger.PaidCall;
import dev.pigeonhole.core.ledger.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Answers by the text, as a language model would, pays for each call, and keeps what came in the ledger. A text is answered by its
 * last word: a category, {@code nothing}, or {@code never}, which always fails; {@code odd} is left out of the first answer.
 */
final class PayingCategorizer implements Categorizer {
    static final Money PRICE = new Money(1_000);

    final Map<String, LongAdder> billed = new ConcurrentHashMap<>();
    final List<Question> questions = new CopyOnWriteArrayList<>();
    final CountDownLatch stopped = new CountDownLatch(1);
    boolean lasting;
    boolean waitsForItsTurn;
    /** Called when an answer is in the ledger and before anybody can use it. */
    Consumer<Question> whenPaid = question -> {};

    Predicate<String> oddity = text -> text.endsWith("odd");
    private int version = 1;
    private volatile String never = "never";

    @Override
    public List<Outcome> categorize(List<Item> items) {
        throw new AssertionError("the engine asks through the conversation");
    }

    @Override
    public Map<String, String> fingerprint() {
        return Map.of("categorizer", "paying", "version", Integer.toString(version));
    }

    /** From now on, what always failed is answered with this. */
    void answersNever(String category) {
        never = category;
    }

    PayingCategorizer version(int number) {
        version = number;
        return this;
    }

    @Override
    public boolean hasLastingAnswers() {
        return lasting;
    }

    long timesBilled(String text) {
        LongAdder times = billed.get(text);
        return times == null ? 0 : times.sum();
    }

    long rowsBilled() {
        return billed.values().stream().mapToLong(LongAdder::sum).sum();
    }

    @Override
    public Conversation begin(Assignment assignment) {
        CallLedger ledger = assignment.ledger();
        return new Conversation() {
            @Override
            public Answer ask(Question question) {
                questions.add(question);
                if (waitsForItsTurn) {
                    awaitStop();
                    throw new NotSentException();
                }
                return pay(ledger, question);
            }

            @Override
            public Answer read(PaidCall call) {
                SortedMap<Long, Outcome> outcomes = new TreeMap<>();
                for (String line : call.answer().text().lines().toList()) {
                    String[] parts = line.split("=", 2);
                    outcomes.put(Long.parseLong(parts[0]), outcome(parts[1]));
                }
                return new Answer(outcomes, List.of(), OptionalLong.of(call.number()));
            }

            @Override
            public void stop() {
                stopped.countDown();
            }

            @Override
            public int held() {
                return 0;
            }
        };
    }

    private void awaitStop() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer pay(CallLedger ledger, Question question) {
        List<Long> rows = question.items().stream().map(Item::row).toList();
        long call = ledger.begin(new CallIntent(rows, question.round(), "paying", "lines", Optional.of(PRICE)));
        StringBuilder raw = new StringBuilder();
        SortedMap<Long, Outcome> outcomes = new TreeMap<>();
        List<Item> again = new ArrayList<>();
        for (Item item : question.items()) {
            billed.computeIfAbsent(item.text(), text -> new LongAdder()).increment();
            if (question.round() == 0 && oddity.test(item.text())) {
                again.add(item);
            } else {
                String word = item.text().substring(item.text().lastIndexOf(' ') + 1);
                word = word.equals("never") ? never : word;
                raw.append(item.row()).append('=').append(word).append('\n');
                outcomes.put(item.row(), outcome(word));
            }
        }
        ledger.answered(
                call,
                new CallAnswer(raw.toString(), "stop", "r" + call, new TokenUsage(10, 0, 0, 5), Optional.of(PRICE)));
        whenPaid.accept(question);
        List<Question> next = again.isEmpty() ? List.of() : List.of(new Question(again, question.round() + 1));
        return new Answer(outcomes, next, OptionalLong.of(call));
    }

    private static Outcome outcome(String word) {
        return switch (word) {
            case "nothing" -> Outcome.unmatched("paying");
            case "never" -> new Outcome.Failed(FailureCause.CONTENT_FILTER, "refused");
            case "odd" -> Outcome.categorized("blue", "paying");
            default -> Outcome.categorized(word, "paying");
        };
    }
}
