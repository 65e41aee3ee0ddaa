package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Money as the API has it. Stateless. */
final class Figures {
    private static final int FEW_DECIMALS = 2;
    private static final int MANY_DECIMALS = 6;

    private Figures() {}

    /** Decimal dollars, rounded up; null where nothing is known. */
    static @Nullable String dollars(Optional<Money> money) {
        return money.map(Figures::dollars).orElse(null);
    }

    static String dollars(Money money) {
        BigDecimal exact = money.toDollars();
        int decimals = exact.compareTo(BigDecimal.ONE) < 0 ? MANY_DECIMALS : FEW_DECIMALS;
        BigDecimal rounded = exact.setScale(decimals, RoundingMode.UP).stripTrailingZeros();
        return rounded.setScale(Math.max(FEW_DECIMALS, rounded.scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
    }
}
