package dev.pigeonhole.cli;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.workspace.Forecast;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A bill for a person, and for a script. Stateless. */
final class BillText {
    private BillText() {}

    /** What was spent; empty if the price of some of it is not known. */
    static Optional<Money> cost(Bill bill) {
        return bill.unpriced() > 0 ? Optional.empty() : Optional.of(bill.cost());
    }

    /** {@code $0.42}, or {@code cost unknown}. */
    static String spent(Bill bill) {
        return cost(bill).map(Money::toString).orElse("cost unknown");
    }

    /** {@code $0.93 (estimate $0.80–1.10) · 2.1 M tokens}. */
    static String line(Bill bill, Optional<Forecast> forecast) {
        return cost(bill).map(Money::toString).orElse("unknown")
                + forecast.map(f -> " (estimate " + ForecastText.cost(f) + ")").orElse("") + " · "
                + Plain.roundNumber(bill.usage().total()) + " tokens";
    }

    /** What a user should know of calls without an answer; empty if there are none. */
    static Optional<String> unanswered(Bill bill) {
        return bill.unanswered() == 0
                ? Optional.empty()
                : Optional.of(
                        Plain.count(bill.unanswered(), "call", "calls") + " may have been billed without an answer"
                                + (bill.atRisk().equals(Money.ZERO) ? "" : ", up to " + bill.atRisk() + " more"));
    }

    static Map<String, @Nullable Object> json(Bill bill) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("sent", bill.sent());
        map.put("answered", bill.answered());
        map.put("unanswered", bill.unanswered());
        map.put("unbilled", bill.unbilled());
        map.put("input_tokens", bill.usage().input());
        map.put("cached_input_tokens", bill.usage().cachedInput());
        map.put("output_tokens", bill.usage().output());
        map.put("cost_usd", cost(bill).map(Money::toDollars));
        map.put("at_risk_usd", bill.atRisk().toDollars());
        map.put("unpriced", bill.unpriced());
        return map;
    }
}
