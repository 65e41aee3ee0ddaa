package dev.pigeonhole.core.ledger;

/**
 * Tokens of one or more calls, as the provider counted them. Immutable.
 *
 * @param input all tokens sent, cached ones included
 * @param cachedInput those of them that were read from the provider's cache
 * @param cacheWrite those of them that were written to the provider's cache
 * @param output all tokens received, reasoning included
 */
public record TokenUsage(long input, long cachedInput, long cacheWrite, long output) {
    public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0);

    public TokenUsage {
        if (input < 0 || cachedInput < 0 || cacheWrite < 0 || output < 0) {
            throw new IllegalArgumentException(
                    "tokens: " + input + ", " + cachedInput + ", " + cacheWrite + ", " + output);
        }
    }

    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(
                input + other.input,
                cachedInput + other.cachedInput,
                cacheWrite + other.cacheWrite,
                output + other.output);
    }

    public long total() {
        return input + output;
    }
}
