package dev.pigeonhole.llm;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Answer;
import dev.pigeonhole.core.categorize.Assignment;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.Estimator;
import dev.pigeonhole.core.categorize.PromptMessage;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.categorize.RankerProvider;
import dev.pigeonhole.core.categorize.RetryPolicy;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.llm.money.Budget;
import dev.pigeonhole.llm.money.Price;
import dev.pigeonhole.llm.money.TokenCounter;
import dev.pigeonhole.llm.pace.PaceSettings;
import dev.pigeonhole.llm.pace.Pacer;
import dev.pigeonhole.llm.pace.Retries;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Categorizer} over any {@link ChatModel}: asks about many records at once, believes an answer only as far as it names each
 * record once with a category of the list, and asks again about the others, four times at most. Thread-safe.
 */
public final class LlmCategorizer implements Categorizer {
    /** Pacing finds out how many of them the server takes. */
    private static final int SUGGESTED_CONCURRENCY = 64;

    private final ChatModel model;
    private final LlmSettings settings;
    private final Protocol protocol;
    private final Surroundings surroundings;
    private final Map<String, String> fingerprint;
    private final ModeMemory modes = new ModeMemory();
    private final Object directLock = new Object();
    private @Nullable Means direct;

    /** What the calls of one run have in common; or all calls without a job, so that together they keep to the limits and the cap. */
    private record Means(Pacer pacer, Budget budget, HintWatch watch) {}

    LlmCategorizer(ChatModel model, LlmSettings settings, Protocol protocol, Surroundings surroundings) {
        this.model = model;
        this.settings = settings;
        this.protocol = protocol;
        this.surroundings = surroundings;
        this.fingerprint = fingerprint(model.fingerprint(), protocol);
    }

    /**
     * A categorizer that owns the model and closes it.
     *
     * @throws ConfigurationException there is a cap on the cost and no price for the model, or questions are to go through batches
     *     and the provider has none
     */
    public static LlmCategorizer of(ChatModel model, Taxonomy taxonomy, LlmSettings settings) {
        LaneOpening.requireBatches(model, settings);
        Optional<Price> price = price(model.name(), settings);
        return new LlmCategorizer(
                model, settings, protocol(model.name(), taxonomy, settings), Surroundings.of(settings, price));
    }

    /**
     * Foretells what such a categorizer would cost. Calls nobody.
     *
     * @param fingerprint the model's, as {@link ChatModel#fingerprint} would give it
     * @throws ConfigurationException there is a cap on the cost and no price for the model
     */
    public static Estimator estimator(
            String model, Map<String, String> fingerprint, Taxonomy taxonomy, LlmSettings settings) {
        Protocol protocol = protocol(model, taxonomy, settings);
        return new LlmEstimator(model, fingerprint(fingerprint, protocol), protocol, settings, price(model, settings));
    }

    /**
     * What such a categorizer would send first to ask about these items; the random word in it is another each time. Calls nobody.
     *
     * @param items at least one
     */
    public static List<PromptMessage> prompt(String model, Taxonomy taxonomy, LlmSettings settings, List<Item> items) {
        Protocol protocol = protocol(model, taxonomy, settings);
        Protocol.Part part = protocol.divide(Question.first(items)).get(0);
        ChatRequest request = protocol.draft(
                        part,
                        protocol.hints().of(part.texts()),
                        protocol.firstMode(part.count()),
                        Surroundings.of(settings, Optional.empty()).nonces().get(),
                        0)
                .request();
        return List.of(new PromptMessage("system", request.system()), new PromptMessage("user", request.user()));
    }

    private static Protocol protocol(String model, Taxonomy taxonomy, LlmSettings settings) {
        return new Protocol(
                model,
                taxonomy,
                settings,
                TokenCounter.forModel(model),
                InjectionPhrases.bundled(),
                Hints.of(settings.hints(), taxonomy, RankerProvider.find()));
    }

    /**
     * How many candidates such a categorizer would show with each record; 0 if none.
     *
     * @param options as {@link LlmSettings#of} takes them; all but {@code hints} are left alone
     * @throws ConfigurationException the option is wrong, or asks for what is not there
     */
    public static int candidates(Taxonomy taxonomy, Map<String, String> options) {
        HintMode mode = LlmOptions.hints(
                options.getOrDefault("hints", HintMode.AUTO.key()).strip());
        return Hints.of(mode, taxonomy, RankerProvider.find()).areOn() ? Hints.MOST : 0;
    }

    private static Optional<Price> price(String model, LlmSettings settings) {
        Optional<Price> price = settings.prices().find(model);
        if (price.isEmpty() && settings.maxCost().isPresent()) {
            throw new ConfigurationException("max-cost is set, but the price of the model \"" + model
                    + "\" is not known, so the cap cannot be kept; give a price file that names the model"
                    + " (option prices=FILE; on the command line --option prices=FILE), or leave max-cost out");
        }
        return price;
    }

    private static Map<String, String> fingerprint(Map<String, String> model, Protocol protocol) {
        Map<String, String> all = new HashMap<>(model);
        all.putAll(protocol.fingerprint());
        return Map.copyOf(all);
    }

    @Override
    public Map<String, String> fingerprint() {
        return fingerprint;
    }

    @Override
    public boolean hasLastingAnswers() {
        return !settings.fresh();
    }

    @Override
    public int suggestedConcurrency() {
        return settings.concurrency().orElse(SUGGESTED_CONCURRENCY);
    }

    @Override
    public RetryPolicy suggestedRetries() {
        return Retries.defaults();
    }

    @Override
    public Conversation begin(Assignment assignment) {
        CallLedger ledger = assignment.ledger();
        boolean told = assignment.concurrencyTold() || settings.concurrency().isPresent();
        Optional<LaneOpening> opening = LaneOpening.of(assignment, model, settings.lane(), surroundings);
        Money underWay = opening.map(LaneOpening::worstCase).orElse(Money.ZERO);
        Means own = new Means(
                pacer(assignment.concurrency(), told),
                surroundings.budgets().apply(spent(ledger.bill()).minus(underWay)),
                new HintWatch(protocol.hints()));
        return conversation(ledger, own, opening);
    }

    /** A call of an earlier run that was cut off may be billed yet. */
    private static Money spent(Bill bill) {
        return bill.cost().plus(bill.atRisk());
    }

    private Pacer pacer(int concurrency, boolean told) {
        return surroundings.pacers().apply(new PaceSettings(settings.rpm(), settings.tpm(), concurrency, told));
    }

    private Conversation conversation(CallLedger ledger, Means means, Optional<LaneOpening> opening) {
        Drafter drafter =
                new Drafter(protocol, modes, means.watch(), surroundings.nonces(), new Shards(settings.rpm()));
        return new LlmConversation(
                protocol,
                modes,
                drafter,
                means.watch(),
                new Till(model, ledger, means.pacer(), means.budget(), surroundings),
                opening.flatMap(lane -> lane.open(drafter, means.budget().purse())));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Asks without a job: nothing is durable, and a call that fails ends it all. All such calls together keep to the limits and
     * to the cap.
     */
    @Override
    public List<Outcome> categorize(List<Item> items) {
        Map<Long, Outcome> outcomes = new TreeMap<>();
        Deque<Question> open = new ArrayDeque<>(List.of(Question.first(items)));
        try (Conversation conversation = conversation(CallLedger.inMemory(), direct(), Optional.empty())) {
            while (!open.isEmpty()) {
                Answer answer = conversation.ask(open.remove());
                outcomes.putAll(answer.outcomes());
                open.addAll(answer.again());
            }
        }
        return items.stream().map(item -> outcome(outcomes, item)).toList();
    }

    private static Outcome outcome(Map<Long, Outcome> outcomes, Item item) {
        Outcome outcome = outcomes.get(item.row());
        if (outcome == null) {
            throw new IllegalStateException("row " + item.row() + " has no outcome");
        }
        return outcome;
    }

    private Means direct() {
        synchronized (directLock) {
            Means shared = direct;
            if (shared == null) {
                shared = new Means(
                        pacer(suggestedConcurrency(), settings.concurrency().isPresent()),
                        surroundings.budgets().apply(Money.ZERO),
                        new HintWatch(protocol.hints()));
                direct = shared;
            }
            return shared;
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
