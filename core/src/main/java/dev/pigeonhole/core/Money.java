package dev.pigeonhole.core;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of US dollars, exact. Immutable.
 *
 * @param picodollars millionths of a millionth of a dollar, at least 0: a price per million tokens with up to six decimals is a
 *     whole number of them for each token
 */
public record Money(long picodollars) implements Comparable<Money> {
    public static final Money ZERO = new Money(0);

    private static final int DECIMALS = 12;

    public Money {
        if (picodollars < 0) {
            throw new IllegalArgumentException("an amount is at least 0, was " + picodollars);
        }
    }

    /**
     * Dollars as people write them, {@code 12.50}.
     *
     * @throws ArithmeticException there are more than twelve decimals, or more than nine million dollars
     */
    public static Money dollars(BigDecimal dollars) {
        return new Money(dollars.movePointRight(DECIMALS).longValueExact());
    }

    /**
     * The sum.
     *
     * @throws ArithmeticException it is more than nine million dollars
     */
    public Money plus(Money other) {
        return new Money(Math.addExact(picodollars, other.picodollars));
    }

    /** What is left; zero if the other is more. */
    public Money minus(Money other) {
        return new Money(Math.max(0, picodollars - other.picodollars));
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(picodollars, other.picodollars);
    }

    /** In dollars, exact. */
    public BigDecimal toDollars() {
        return BigDecimal.valueOf(picodollars, DECIMALS);
    }

    /** For people: {@code $12.34}; four decimals below one dollar, {@code less than $0.0001} below that. */
    @Override
    public String toString() {
        if (picodollars == 0) {
            return "$0.00";
        }
        BigDecimal exact = toDollars();
        if (exact.compareTo(new BigDecimal("0.0001")) < 0) {
            return "less than $0.0001";
        }
        int decimals = exact.compareTo(BigDecimal.ONE) < 0 ? 4 : 2;
        return "$" + exact.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }
}
