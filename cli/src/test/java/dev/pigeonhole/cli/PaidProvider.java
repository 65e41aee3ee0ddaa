package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.MissingKeyException;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Answer;
import dev.pigeonhole.core.categorize.Assignment;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.CostRange;
import dev.pigeonhole.core.categorize.Estimate;
import dev.pigeonhole.core.categorize.Estimator;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.core.ledger.PaidCall;
import dev.pigeonhole.core.ledger.TokenUsage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Pays for each call, as a language model's provider does, and asks nobody. Options: {@code price} of a call in dollars (none:
 * unknown), {@code key} must not be {@code missing}, and the flags of language models. Texts with {@code lost} in them get no
 * answer; the others get the category whose number is their length.
 */
public final class PaidProvider implements CategorizerProvider {
    private static final Set<String> OPTIONS =
            Set.of("price", "without", "model", "base-url", "rpm", "tpm", "max-cost", "key-file", "fresh", "hints");

    /** For {@link java.util.ServiceLoader}. */
    public PaidProvider() {}

    @Override
    public String name() {
        return "paid";
    }

    @Override
    public Categorizer create(Taxonomy taxonomy, Map<String, String> options) {
        if ("key".equals(options.get("without"))) {
            throw new MissingKeyException("there is no key; set PAID_KEY");
        }
        return reader(taxonomy, options);
    }

    @Override
    public Categorizer reader(Taxonomy taxonomy, Map<String, String> options) {
        return new Paid(taxonomy, new Options(options));
    }

    @Override
    public Optional<Estimator> estimator(Taxonomy taxonomy, Map<String, String> options) {
        return Optional.of(new Foretelling(new Options(options)));
    }

    @Override
    public int candidates(Taxonomy taxonomy, Map<String, String> options) {
        return options.containsKey("hints") ? 5 : 0;
    }

    private record Options(Map<String, String> map) {
        Options {
            for (String name : map.keySet()) {
                if (!OPTIONS.contains(name)) {
                    throw new ConfigurationException("no option \"" + name + "\"");
                }
            }
        }

        Optional<Money> money(String name) {
            return Optional.ofNullable(map.get(name)).map(text -> Money.dollars(new BigDecimal(text)));
        }

        boolean lasting() {
            return !map.containsKey("fresh");
        }

        Map<String, String> fingerprint() {
            return Map.of("provider", "paid", "model", map.getOrDefault("model", "any"));
        }
    }

    private static final class Foretelling implements Estimator {
        private final Options options;
        private long calls;
        private long items;

        Foretelling(Options options) {
            this.options = options;
        }

        @Override
        public Map<String, String> fingerprint() {
            return options.fingerprint();
        }

        @Override
        public boolean hasLastingAnswers() {
            return options.lasting();
        }

        @Override
        public void add(List<Item> more) {
            calls++;
            items += more.size();
        }

        @Override
        public Estimate estimate() {
            Optional<Money> each = options.money("price");
            Optional<CostRange> cost = each.map(price -> new Money(price.picodollars() * calls))
                    .map(least -> new CostRange(least, new Money(least.picodollars() * 5 / 4), least.plus(least)));
            Optional<Duration> time = Optional.ofNullable(options.map().get("rpm"))
                    .map(rpm -> Duration.ofMinutes(calls / Long.parseLong(rpm)));
            return new Estimate(
                    calls,
                    10 * items,
                    items,
                    cost,
                    Optional.empty(),
                    each.isPresent() ? "price as of 2026-11-01" : "no price",
                    time);
        }
    }

    private record Paid(Taxonomy taxonomy, Options options) implements Categorizer {
        @Override
        public List<Outcome> categorize(List<Item> items) {
            throw new IllegalStateException("a paid call without a ledger");
        }

        @Override
        public Map<String, String> fingerprint() {
            return options.fingerprint();
        }

        @Override
        public boolean hasLastingAnswers() {
            return options.lasting();
        }

        @Override
        public int suggestedConcurrency() {
            return 1;
        }

        @Override
        public Conversation begin(Assignment assignment) {
            return new Talk(this, assignment.ledger());
        }

        Outcome outcome(String length) {
            List<String> names = taxonomy.names();
            return Outcome.categorized(names.get(Integer.parseInt(length) % names.size()), "paid");
        }
    }

    private record Talk(Paid paid, CallLedger ledger) implements Conversation {
        @Override
        public Answer ask(Question question) {
            Optional<Money> price = paid.options().money("price");
            requireMoney(price);
            List<Long> rows = question.items().stream().map(Item::row).toList();
            long call = ledger.begin(new CallIntent(rows, question.round(), "paid", "lengths", price));
            if (question.items().stream().anyMatch(item -> item.text().contains("lost"))) {
                throw new JobPausedException(PauseReason.PROVIDER_UNAVAILABLE, "no answer; try later", null);
            }
            List<String> lengths = new ArrayList<>();
            question.items()
                    .forEach(item -> lengths.add(Integer.toString(item.text().length())));
            CallAnswer answer = new CallAnswer(
                    String.join(",", lengths), "stop", "", new TokenUsage(10L * rows.size(), 0, 0, rows.size()), price);
            ledger.answered(call, answer);
            return read(rows, answer, call);
        }

        private void requireMoney(Optional<Money> price) {
            Optional<Money> cap = paid.options().money("max-cost");
            if (cap.isPresent()
                    && ledger.bill().cost().plus(price.orElse(Money.ZERO)).compareTo(cap.get()) > 0) {
                throw new JobPausedException(PauseReason.BUDGET, "the next call could cost too much", null);
            }
        }

        @Override
        public Answer read(PaidCall call) {
            return read(call.intent().rows(), call.answer(), call.number());
        }

        private Answer read(List<Long> rows, CallAnswer answer, long call) {
            TreeMap<Long, Outcome> outcomes = new TreeMap<>();
            String[] lengths = answer.text().split(",");
            for (int i = 0; i < rows.size(); i++) {
                outcomes.put(rows.get(i), paid.outcome(lengths[i]));
            }
            return new Answer(outcomes, List.of(), OptionalLong.of(call));
        }
    }
}
