package dev.pigeonhole.web.json;

import dev.pigeonhole.core.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Money as the API has it: decimal dollars with at least two decimals. Stateless. */
public final class Dollars {
    private static final int FEW_DECIMALS = 2;
    private static final int MANY_DECIMALS = 6;

    private Dollars() {}

    /** To the last digit: for what was paid or may be. */
    public static String exact(Money money) {
        return written(money.toDollars());
    }

    /** Rounded up, to cents or, below a dollar, to six decimals: for what is expected. */
    public static String rounded(Money money) {
        BigDecimal exact = money.toDollars();
        int decimals = exact.compareTo(BigDecimal.ONE) < 0 ? MANY_DECIMALS : FEW_DECIMALS;
        return written(exact.setScale(decimals, RoundingMode.UP));
    }

    private static String written(BigDecimal dollars) {
        BigDecimal shortest = dollars.stripTrailingZeros();
        return shortest.setScale(Math.max(FEW_DECIMALS, shortest.scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
    }
}
