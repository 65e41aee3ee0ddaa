package dev.pigeonhole.web.job;

import dev.pigeonhole.core.Money;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Amounts as they go over the wire. Stateless. */
final class Plain {
    private Plain() {}

    /** Dollars with at least two decimals, and as many as there are; null for an amount that nobody knows. */
    static @Nullable String dollars(Optional<Money> money) {
        return money.map(Plain::dollars).orElse(null);
    }

    static String dollars(Money money) {
        BigDecimal dollars = money.toDollars().stripTrailingZeros();
        return dollars.setScale(Math.max(2, dollars.scale())).toPlainString();
    }
}
