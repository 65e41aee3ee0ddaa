package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.categorize.Estimate;
import dev.pigeonhole.web.json.Dollars;
import dev.pigeonhole.workspace.Forecast;
import dev.pigeonhole.workspace.InputCount;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a draft would take as a job. Immutable. */
final class Counted {
    private final Map<String, @Nullable Object> figures;
    private final Optional<Forecast> forecast;

    private Counted(Map<String, @Nullable Object> figures, Optional<Forecast> forecast) {
        this.figures = figures;
        this.forecast = forecast;
    }

    /** Keeps the numbers only: the texts that were told apart take much memory. */
    static Counted of(InputCount count) {
        Optional<Estimate> estimate = count.estimate();
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
        map.put(
                "costLow",
                estimate.flatMap(Estimate::least).map(Dollars::rounded).orElse(null));
        map.put(
                "costHigh",
                estimate.flatMap(Estimate::most).map(Dollars::rounded).orElse(null));
        map.put("priceBasis", estimate.map(Estimate::basis).orElse(""));
        map.put("free", estimate.isEmpty());
        map.put(
                "secondsLow",
                estimate.flatMap(Estimate::time).map(Duration::toSeconds).orElse(null));
        return new Counted(map, estimate.map(Forecast::of));
    }

    /** What it is expected to cost; empty if that is nothing, or if the provider does not say. */
    Optional<Forecast> forecast() {
        return forecast;
    }

    /** @param measured what a trial has measured for the whole file; null if there was none that still counts */
    Map<String, @Nullable Object> toMap(@Nullable Object measured) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>(figures);
        map.put("measured", measured);
        return map;
    }
}
