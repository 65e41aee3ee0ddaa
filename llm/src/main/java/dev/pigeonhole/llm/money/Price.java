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
 * @param asOf when these prices were looked up
 * @param source where
 */
public record Price(
        BigDecimal input,
        BigDecimal cachedInput,
        BigDecimal cacheWrite,
        BigDecimal output,
        LocalDate asOf,
        String source) {
    private static final int DECIMALS = 6;
    private static final BigDecimal HIGHEST = BigDecimal.valueOf(1_000_000);

    public Price {
        requireValid(input, "input");
        requireValid(cachedInput, "cachedInput");
        requireValid(cacheWrite, "cacheWrite");
        requireValid(output, "output");
        Objects.requireNonNull(asOf, "asOf");
        Objects.requireNonNull(source, "source");
    }

    private static void requireValid(BigDecimal price, String name) {
        if (price.signum() < 0 || price.compareTo(HIGHEST) > 0) {
            throw new IllegalArgumentException(name + " must be 0 to " + HIGHEST + " dollars for a million tokens");
        }
        if (price.stripTrailingZeros().scale() > DECIMALS) {
            throw new IllegalArgumentException(name + " may have at most " + DECIMALS + " decimals");
        }
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
