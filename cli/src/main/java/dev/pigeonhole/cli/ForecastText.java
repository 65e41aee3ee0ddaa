package dev.pigeonhole.cli;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.workspace.Forecast;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a job is expected to cost, for a person and for a script. Stateless. */
final class ForecastText {
    private ForecastText() {}

    /** {@code $0.80–1.10}, or {@code unknown}: never zero for a price that nobody knows. */
    static String cost(Forecast forecast) {
        return cost(forecast.least(), forecast.most());
    }

    static String cost(Optional<Money> least, Optional<Money> most) {
        return least.isPresent() && most.isPresent() ? Plain.range(least.get(), most.get()) : "unknown";
    }

    /** In one line. */
    static String line(Forecast forecast) {
        return Plain.count(forecast.calls(), "call", "calls") + " · " + Plain.roundNumber(forecast.tokens())
                + " tokens · " + (forecast.least().isPresent() ? cost(forecast) : "cost unknown") + " ("
                + Plain.text(forecast.basis()) + ")";
    }

    static Map<String, @Nullable Object> json(Forecast forecast) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", "estimate");
        map.put("v", 1);
        map.put("calls", forecast.calls());
        map.put("tokens", forecast.tokens());
        map.put("cost_least_usd", forecast.least().map(Money::toDollars));
        map.put("cost_expected_usd", forecast.expected().map(Money::toDollars));
        map.put("cost_most_usd", forecast.most().map(Money::toDollars));
        map.put("price_basis", forecast.basis());
        return map;
    }
}
