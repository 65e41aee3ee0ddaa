package dev.pigeonhole.llm;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Assignment;
import dev.pigeonhole.core.categorize.RankerProvider;
import dev.pigeonhole.core.ledger.InMemoryLedger;
import dev.pigeonhole.llm.money.TokenCounter;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** A categorizer over a scripted model, with all that is around it in view. */
final class Bench {
    static final Taxonomy TICKETS = Taxonomy.of("Billing", "Shipping", "Bill", "Account access");

    /** Four characters a token: quick, and the same on every machine. */
    static final TokenCounter COUNTER = text -> (text.length() + 3) / 4;

    final ScriptedChatModel model;
    final FakePacer pacer = new FakePacer();
    final FakeBudget budget;
    final InMemoryLedger ledger = new InMemoryLedger();
    final LlmCategorizer categorizer;

    Bench(ScriptedChatModel model) {
        this(model, TICKETS, LlmSettings.defaults(), Integer.MAX_VALUE);
    }

    Bench(ScriptedChatModel model, LlmSettings settings) {
        this(model, TICKETS, settings, Integer.MAX_VALUE);
    }

    Bench(ScriptedChatModel model, Taxonomy taxonomy, LlmSettings settings, int callsAllowed) {
        this(model, protocol(taxonomy, settings), settings, callsAllowed);
    }

    /** With candidates by a ranker. */
    Bench(ScriptedChatModel model, Taxonomy taxonomy, LlmSettings settings, RankerProvider ranker) {
        this(model, protocol(taxonomy, settings, Optional.of(ranker)), settings, Integer.MAX_VALUE);
    }

    private Bench(ScriptedChatModel model, Protocol protocol, LlmSettings settings, int callsAllowed) {
        this.model = model;
        this.budget = new FakeBudget(callsAllowed);
        Random random = new Random(7);
        AtomicLong nanos = new AtomicLong();
        Surroundings surroundings = new Surroundings(
                Optional.empty(),
                pace -> pacer,
                spent -> budget,
                () -> Integer.toString(random.nextInt(1 << 30), 36),
                nanos::incrementAndGet,
                LaneTools.real());
        this.categorizer = new LlmCategorizer(model, settings, protocol, surroundings);
    }

    static Protocol protocol(Taxonomy taxonomy, LlmSettings settings) {
        return protocol(taxonomy, settings, Optional.empty());
    }

    static Protocol protocol(Taxonomy taxonomy, LlmSettings settings, Optional<RankerProvider> ranker) {
        Hints hints = Hints.of(settings.hints(), taxonomy, ranker);
        return new Protocol("scripted-1", taxonomy, settings, COUNTER, InjectionPhrases.bundled(), hints);
    }

    Rounds ask(List<Item> items) {
        return new Rounds(categorizer.begin(new Assignment(ledger, 4, true))).run(items);
    }

    /** Items whose text says their label, spread over all. */
    static List<Item> items(int count) {
        List<String> names = TICKETS.names();
        return IntStream.rangeClosed(1, count)
                .mapToObj(row -> new Item(row, "message " + row + " about " + names.get(row * 7 % names.size())))
                .toList();
    }

    /** What the model will say, if it is honest and understood. */
    static String expected(Item item) {
        return ScriptedChatModel.labelIn(item.text());
    }
}
