package dev.pigeonhole.cli;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.categorize.Agreement;
import dev.pigeonhole.core.ledger.Bill;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a cascade has saved, and at what agreement, in words and in figures. Stateless. */
final class CascadeText {
    private CascadeText() {}

    /** {@code 8,123 of 13,083 rows (62.1%) answered without asking: about 406 calls and $0.12 saved}. */
    static String saved(Agreement agreement, Bill bill) {
        long all = agreement.local() + agreement.asked();
        String rows = Plain.number(agreement.local()) + " of " + Plain.count(all, "row", "rows") + " ("
                + percent(all == 0 ? 0 : (double) agreement.local() / all) + ") answered on this machine";
        return bill.sent() == 0
                ? rows
                : rows + ": about " + Plain.count(calls(agreement, bill), "call", "calls")
                        + money(agreement, bill).map(money -> " and " + money).orElse("") + " saved";
    }

    /** {@code 95.8% of all rows as the model would answer, by 1,204 compared rows; at least 95.0% (wanted 95.0%)}. */
    static String measured(Agreement agreement) {
        if (agreement.local() == 0) {
            return "all rows were asked about, because " + percent(agreement.target()) + " cannot be had otherwise";
        }
        return percent(agreement.estimate()) + " of all rows as the model answers, by "
                + Plain.count(agreement.compared(), "compared row", "compared rows") + "; at least "
                + percentDown(agreement.lowerBound()) + ", wanted " + percent(agreement.target());
    }

    static Map<String, @Nullable Object> json(Agreement agreement, Bill bill) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("target", agreement.target());
        map.put("local", agreement.local());
        map.put("asked", agreement.asked());
        map.put("compared", agreement.compared());
        map.put("agreed", agreement.agreed());
        map.put("audited", agreement.audited());
        map.put("audit_agreed", agreement.auditAgreed());
        map.put("agreement", round(agreement.estimate()));
        map.put("agreement_low", round(agreement.lowerBound()));
        map.put("threshold", agreement.threshold() > 1 ? null : agreement.threshold());
        map.put("calls_saved", calls(agreement, bill));
        map.put("usd_saved", money(agreement, bill).map(Money::toDollars));
        return map;
    }

    /** At the mean of those that were sent for the rows that were asked about. */
    private static long calls(Agreement agreement, Bill bill) {
        return agreement.asked() == 0 ? 0 : Math.round((double) bill.sent() * agreement.local() / agreement.asked());
    }

    /** At the mean cost of a row that was asked about; empty if the price is not known. */
    private static Optional<Money> money(Agreement agreement, Bill bill) {
        if (agreement.asked() == 0 || bill.unpriced() > 0 || bill.cost().picodollars() == 0) {
            return Optional.empty();
        }
        BigInteger saved = BigInteger.valueOf(bill.cost().picodollars())
                .multiply(BigInteger.valueOf(agreement.local()))
                .divide(BigInteger.valueOf(agreement.asked()));
        return Optional.of(new Money(saved.longValueExact()));
    }

    private static double round(double share) {
        return Math.round(share * 1e6) / 1e6;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }

    /** What is promised must not be rounded up. */
    private static String percentDown(double share) {
        return percent(Math.floor(share * 1000) / 1000);
    }
}
