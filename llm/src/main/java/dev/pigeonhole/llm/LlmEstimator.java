package dev.pigeonhole.llm;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.categorize.CostRange;
import dev.pigeonhole.core.categorize.Estimate;
import dev.pigeonhole.core.categorize.Estimator;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.ledger.TokenUsage;
import dev.pigeonhole.llm.money.Price;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds up what the calls of a job take, by writing the same requests. Counts tokens exactly for the first
 * {@value #COUNTED_RECORDS} records, and goes by their length from then on; candidates for categories are guessed for these first
 * records only, and cost as much for each of the others on average. Not thread-safe.
 */
final class LlmEstimator implements Estimator {
    static final int COUNTED_RECORDS = 4_000;

    /** Providers cache no shorter beginnings. */
    private static final int LEAST_CACHED_TOKENS = 1_024;
    /**
     * Of what can be cached, so much is served from the cache, in hundredths: one customer's hits with a key for the cache, as the
     * provider's cookbook tells of them ("Prompt caching 201").
     */
    private static final long CACHED_PERCENT = 87;
    /** Providers promise no cache for requests of a batch, which they answer when and in which order they like. */
    private static final long CACHED_IN_BATCH_PERCENT = 0;
    /** What second questions may add, in hundredths. */
    private static final long REPAIR_PERCENT = 16;

    private final String model;
    private final Map<String, String> fingerprint;
    private final Protocol protocol;
    private final LlmSettings settings;
    private final Optional<Price> price;
    private long records;
    private long countedChars;
    private long countedTokens;
    private long countedHints;
    private long countedRecords;
    private long calls;
    private long input;
    private long output;
    private long cached;

    LlmEstimator(
            String model,
            Map<String, String> fingerprint,
            Protocol protocol,
            LlmSettings settings,
            Optional<Price> price) {
        this.model = model;
        this.fingerprint = fingerprint;
        this.protocol = protocol;
        this.settings = settings;
        this.price = price;
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
    public void add(List<Item> items) {
        if (records >= COUNTED_RECORDS) {
            addByLength(items);
        } else {
            protocol.divide(Question.first(items)).forEach(this::addCounted);
        }
        records += items.size();
    }

    private void addCounted(Protocol.Part part) {
        ReplyMode mode = protocol.firstMode(part.count());
        List<List<String>> hints = protocol.hints().of(part.texts());
        Protocol.Draft draft = protocol.draft(part, hints, mode, "nonce234", 0);
        long own = protocol.userTokens(draft.request().user());
        long ofHints = protocol.hintTokens(hints);
        countedChars += chars(part.question().items());
        countedTokens += own - ofHints;
        countedHints += ofHints;
        countedRecords += part.count();
        addCall(part.count(), own);
    }

    private void addByLength(List<Item> items) {
        double tokensPerChar = (double) countedTokens / Math.max(1, countedChars);
        double hintsPerRecord = (double) countedHints / Math.max(1, countedRecords);
        addCall(items.size(), Math.round(chars(items) * tokensPerChar + items.size() * hintsPerRecord));
    }

    /** Long records are cut, so their length beyond that costs nothing. */
    private long chars(List<Item> items) {
        long most = 4L * settings.recordTokens();
        return items.stream()
                .mapToLong(item -> Math.min(most, item.text().length()))
                .sum();
    }

    private void addCall(int count, long userTokens) {
        ReplyMode mode = protocol.firstMode(count);
        int prefix = protocol.prefixTokens(mode, count);
        if (calls > 0 && prefix >= LEAST_CACHED_TOKENS) {
            cached += prefix;
        }
        calls++;
        input += prefix + userTokens;
        output += protocol.expectedOutput(count, mode);
    }

    @Override
    public Estimate estimate() {
        return new Estimate(
                calls,
                input,
                output,
                price.map(each -> cost(each, each, CACHED_PERCENT)),
                price.filter(LlmEstimator::hasRebate).map(each -> cost(each.batch(), each, CACHED_IN_BATCH_PERCENT)),
                basis(),
                time());
    }

    private static boolean hasRebate(Price price) {
        return price.batchMultiplier().compareTo(BigDecimal.ONE) < 0;
    }

    /**
     * @param again what second questions cost: no lane waits for them
     * @param percent of what can be cached, so much is expected to be served from the cache
     */
    private CostRange cost(Price first, Price again, long percent) {
        Money least = first.cost(new TokenUsage(input, cached, 0, output));
        Money expected = first.cost(new TokenUsage(input, cached * percent / 100, 0, output));
        long written = output + calls * settings.reasoningTokens();
        Money once = first.cost(new TokenUsage(input, 0, 0, written));
        Money repairs = again.cost(new TokenUsage(repairs(input), 0, 0, repairs(written)));
        return new CostRange(lower(least, expected), expected, higher(once.plus(repairs), expected));
    }

    /** A price list may have what is cached dearer than what is not. */
    private static Money lower(Money one, Money other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Money higher(Money one, Money other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static long repairs(long tokens) {
        return tokens * REPAIR_PERCENT / 100;
    }

    private String basis() {
        return price.map(p -> "price of " + model + " as of " + p.asOf() + ", " + p.source())
                .orElse("the price of " + model + " is not known; to see the cost, give a price file"
                        + " (option prices=FILE; on the command line --option prices=FILE)");
    }

    private Optional<Duration> time() {
        double byRequests =
                settings.rpm().isPresent() ? (double) calls / settings.rpm().getAsInt() : 0;
        double byTokens = settings.tpm().isPresent()
                ? (double) (input + output) / settings.tpm().getAsLong()
                : 0;
        boolean told = settings.rpm().isPresent() || settings.tpm().isPresent();
        return told
                ? Optional.of(Duration.ofSeconds((long) Math.ceil(60 * Math.max(byRequests, byTokens))))
                : Optional.empty();
    }
}
