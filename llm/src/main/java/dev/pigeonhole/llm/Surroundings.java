package dev.pigeonhole.llm;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.llm.money.Budget;
import dev.pigeonhole.llm.money.Price;
import dev.pigeonhole.llm.pace.PaceSettings;
import dev.pigeonhole.llm.pace.Pacer;
import dev.pigeonhole.llm.pace.Pacing;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a categorizer works with, so that tests can give it something else. Immutable; all of it is thread-safe.
 *
 * @param price of the model's tokens; empty if not known
 * @param pacers one for each run
 * @param budgets one for each run, from what was spent before
 * @param nonces short random words
 * @param nanoTime a clock that never goes back
 * @param lane what batches need
 */
record Surroundings(
        Optional<Price> price,
        Function<PaceSettings, Pacer> pacers,
        Function<Money, Budget> budgets,
        Supplier<String> nonces,
        LongSupplier nanoTime,
        LaneTools lane) {
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int NONCE_LENGTH = 8;

    static Surroundings of(LlmSettings settings, Optional<Price> price) {
        SecureRandom random = new SecureRandom();
        return new Surroundings(
                price,
                Pacing::start,
                spent ->
                        settings.maxCost().map(cap -> Budget.capped(cap, spent)).orElseGet(Budget::unlimited),
                () -> nonce(random),
                System::nanoTime,
                LaneTools.real());
    }

    private static String nonce(SecureRandom random) {
        StringBuilder nonce = new StringBuilder(NONCE_LENGTH);
        random.ints(NONCE_LENGTH, 0, LETTERS.length()).forEach(i -> nonce.append(LETTERS.charAt(i)));
        return nonce.toString();
    }
}
