package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.categorize.CostRange;
import dev.pigeonhole.core.categorize.Estimate;
import dev.pigeonhole.web.json.Dollars;
import dev.pigeonhole.workspace.Forecast;
import dev.pigeonhole.workspace.InputCount;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.quote.Quote;
import dev.pigeonhole.workspace.quote.QuoteLine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a draft would take as a job. Immutable. */
final class Counted {
    private final Map<String, @Nullable Object> figures;
    private final Optional<Forecast> forecast;
    private final Optional<QuoteLine> line;

    private Counted(Map<String, @Nullable Object> figures, Optional<Forecast> forecast, Optional<QuoteLine> line) {
        this.figures = figures;
        this.forecast = forecast;
        this.line = line;
    }

    /** Keeps the numbers only: the texts that were told apart take much memory. */
    static Counted of(Quote quote, JobOptions options) {
        InputCount count = quote.count();
        Optional<QuoteLine> line =
                quote.chosen(options).or(() -> quote.lines().stream().findFirst());
        Optional<Estimate> estimate = line.map(QuoteLine::estimate);
        Optional<CostRange> cost = quote.chosen(options).flatMap(QuoteLine::cost);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("rows", count.rows());
        map.put("toCategorize", count.toCategorize());
        map.put("withoutText", count.withoutText());
        map.put("setAside", count.misshapen());
        map.put("distinctTexts", count.distinct().count());
        map.put("knownTexts", count.known());
        map.put("batches", count.batches());
        map.put("calls", count.calls());
        map.put("inputTokens", estimate.map(Estimate::inputTokens).orElse(0L));
        map.put("outputTokens", estimate.map(Estimate::outputTokens).orElse(0L));
        map.put("costLow", cost.map(CostRange::least).map(Dollars::rounded).orElse(null));
        map.put(
                "costExpected",
                cost.map(CostRange::expected).map(Dollars::rounded).orElse(null));
        map.put("costHigh", cost.map(CostRange::most).map(Dollars::rounded).orElse(null));
        map.put("priceBasis", line.map(QuoteLine::basis).orElse(""));
        map.put("free", estimate.isEmpty());
        map.put(
                "secondsLow",
                line.flatMap(QuoteLine::leastTime).map(Duration::toSeconds).orElse(null));
        map.put("lines", quote.lines().stream().map(QuoteView::line).toList());
        map.put("pairs", quote.pairs().stream().map(QuoteView::pair).toList());
        return new Counted(map, quote.forecast(options), quote.chosen(options));
    }

    /** What it is expected to cost; empty if that is nothing, or if the provider does not say. */
    Optional<Forecast> forecast() {
        return forecast;
    }

    /** The same with all that it rests on. */
    Optional<QuoteLine> line() {
        return line;
    }

    /** @param measured what a trial has measured for the whole file; null if there was none that still counts */
    Map<String, @Nullable Object> toMap(@Nullable Object measured) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>(figures);
        map.put("measured", measured);
        return map;
    }
}
