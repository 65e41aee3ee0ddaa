package dev.pigeonhole.llm;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.categorize.Estimate;
import dev.pigeonhole.core.categorize.Estimator;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.ledger.TokenUsage;
import dev.pigeonhole.llm.money.Price;
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
        TokenUsage best = new TokenUsage(input, cached, 0, output);
        TokenUsage worst =
                new TokenUsage(withRepairs(input), 0, 0, withRepairs(output + calls * settings.reasoningTokens()));
        Optional<Money> least = price.map(p -> p.cost(best));
        Optional<Money> most = price.map(p -> p.cost(worst));
        return new Estimate(calls, input, output, least, most, basis(), time());
    }

    private static long withRepairs(long tokens) {
        return tokens + tokens * REPAIR_PERCENT / 100;
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
