package dev.pigeonhole.llm.money;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.ledger.TokenUsage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;

/**
 * What a model costs, in dollars for a million tokens; each price at least 0, with at most six decimals, so that every cost is
 * exact. Immutable.
 *
 * @param input for input read anew
 * @param cachedInput for input read from the provider's cache
 * @param cacheWrite for input that was written to the provider's cache
 * @param output for all that the model writes
 * @param batchMultiplier what the provider's batch API costs as a part of all these; above 0, at most 1, which is no rebate
 * @param batchCachedInput for input read from the cache by a request of a batch; providers give both rebates at once for some
 *     models, for others not
 * @param asOf when these prices were looked up
 * @param source where
 */
public record Price(
        BigDecimal input,
        BigDecimal cachedInput,
        BigDecimal cacheWrite,
        BigDecimal output,
        BigDecimal batchMultiplier,
        BigDecimal batchCachedInput,
        LocalDate asOf,
        String source) {
    private static final int DECIMALS = 6;
    private static final BigDecimal HIGHEST = BigDecimal.valueOf(1_000_000);

    public Price {
        requireValid(input, "input");
        requireValid(cachedInput, "cachedInput");
        requireValid(cacheWrite, "cacheWrite");
        requireValid(output, "output");
        requireValid(batchCachedInput, "batchCachedInput");
        requireMultiplier(batchMultiplier, input, cacheWrite, output);
        Objects.requireNonNull(asOf, "asOf");
        Objects.requireNonNull(source, "source");
    }

    /** Without a rebate for batches. */
    public Price(
            BigDecimal input,
            BigDecimal cachedInput,
            BigDecimal cacheWrite,
            BigDecimal output,
            LocalDate asOf,
            String source) {
        this(input, cachedInput, cacheWrite, output, BigDecimal.ONE, cachedInput, asOf, source);
    }

    private static void requireValid(BigDecimal price, String name) {
        if (price.signum() < 0 || price.compareTo(HIGHEST) > 0) {
            throw new IllegalArgumentException(name + " must be 0 to " + HIGHEST + " dollars for a million tokens");
        }
        if (price.stripTrailingZeros().scale() > DECIMALS) {
            throw new IllegalArgumentException(name + " may have at most " + DECIMALS + " decimals");
        }
    }

    private static void requireMultiplier(BigDecimal multiplier, BigDecimal... prices) {
        if (multiplier.signum() <= 0 || multiplier.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("batchMultiplier must be above 0 and at most 1: 0.5 is half the price");
        }
        for (BigDecimal price : prices) {
            requireValid(price.multiply(multiplier), "a price times batchMultiplier");
        }
    }

    /**
     * What the same costs in a batch: {@link #batchMultiplier} times as much, and {@link #batchCachedInput} for what the cache had.
     * Has no rebate any more.
     */
    public Price batch() {
        return new Price(
                input.multiply(batchMultiplier),
                batchCachedInput,
                cacheWrite.multiply(batchMultiplier),
                output.multiply(batchMultiplier),
                asOf,
                source);
    }

    /**
     * What a call cost, exact. Parts of the input that add up to more than all of it are cut down to it, so that no wrong count
     * makes a cost negative.
     *
     * @throws ArithmeticException it is more than nine million dollars
     */
    public Money cost(TokenUsage usage) {
        long cached = Math.min(usage.cachedInput(), usage.input());
        long written = Math.min(usage.cacheWrite(), usage.input() - cached);
        return each(input, usage.input() - cached - written)
                .plus(each(cachedInput, cached))
                .plus(each(cacheWrite, written))
                .plus(each(output, usage.output()));
    }

    /**
     * The most that a call can cost: all input at the dearest of the prices for input.
     *
     * @throws ArithmeticException it is more than nine million dollars
     */
    public Money worstCase(long inputTokens, long maxOutputTokens) {
        return each(input.max(cachedInput).max(cacheWrite), inputTokens).plus(each(output, maxOutputTokens));
    }

    private static Money each(BigDecimal perMillion, long tokens) {
        long picodollars = perMillion.movePointRight(DECIMALS).longValueExact();
        return new Money(Math.multiplyExact(picodollars, tokens));
    }
}
