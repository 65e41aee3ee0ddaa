package dev.pigeonhole.cli;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.workspace.Forecast;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A bill for a person, and for a script. Stateless. */
final class BillText {
    /** In the folder of a job that has put questions into the batch lane. */
    private static final String LANE = "lane";

    private BillText() {}

    /** What was spent; empty if the price of some of it is not known. */
    static Optional<Money> cost(Bill bill) {
        return bill.unpriced() > 0 ? Optional.empty() : Optional.of(bill.cost());
    }

    /** {@code $0.42}, or {@code cost unknown}. */
    static String spent(Bill bill) {
        return cost(bill).map(Money::toString).orElse("cost unknown");
    }

    /**
     * {@code $0.93; quoted $0.80–1.10 before the start (+4 %) · 2.1 M tokens}. The difference is that from the expected cost.
     *
     * @param ended whether the bill is that of the whole job: what is not finished has no difference
     */
    static String line(Bill bill, Optional<Forecast> forecast, boolean ended) {
        return cost(bill).map(Money::toString).orElse("unknown")
                + forecast.map(quote -> "; quoted " + ForecastText.cost(quote) + " before the start"
                                + (ended ? difference(quote, bill) : ""))
                        .orElse("")
                + " · " + Plain.roundNumber(bill.usage().total()) + " tokens";
    }

    private static String difference(Forecast quote, Bill bill) {
        OptionalDouble part = quote.difference(bill);
        return part.isPresent() ? String.format(Locale.ROOT, " (%+.0f %%)", 100 * part.getAsDouble() + 0.0) : "";
    }

    /** The quote that the bill is to be compared with; the difference in hundredths of the expected cost. */
    static Map<String, @Nullable Object> quote(Forecast quote, Bill bill, boolean ended) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("cost_least_usd", quote.least().map(Money::toDollars));
        map.put("cost_expected_usd", quote.expected().map(Money::toDollars));
        map.put("cost_most_usd", quote.most().map(Money::toDollars));
        map.put("price_basis", quote.basis());
        OptionalDouble part = ended ? quote.difference(bill) : OptionalDouble.empty();
        map.put("difference_percent", part.isPresent() ? Math.round(1_000 * part.getAsDouble()) / 10.0 : null);
        return map;
    }

    /** What a user should know of calls without an answer; empty if there are none. */
    static Optional<String> unanswered(Bill bill) {
        return bill.unanswered() == 0
                ? Optional.empty()
                : Optional.of(
                        Plain.count(bill.unanswered(), "call", "calls") + " may have been billed without an answer"
                                + (bill.atRisk().equals(Money.ZERO) ? "" : ", up to " + bill.atRisk() + " more"));
    }

    /**
     * The same of a job: as long as it is not finished, what it has put into the batch lane is under way.
     *
     * @param directory of the job
     * @param ended whether it is finished
     */
    static Optional<String> unanswered(Bill bill, Path directory, boolean ended) {
        if (ended || bill.unanswered() == 0 || !Files.isDirectory(directory.resolve(LANE))) {
            return unanswered(bill);
        }
        return Optional.of(Plain.count(bill.unanswered(), "call is", "calls are")
                + " under way in batches, or may have been billed without an answer"
                + (bill.atRisk().equals(Money.ZERO) ? "" : ", up to " + bill.atRisk() + " more")
                + "; the job waits for batches when it goes on");
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
