package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.categorize.CostRange;
import dev.pigeonhole.quality.Interval;
import dev.pigeonhole.quality.Proportion;
import dev.pigeonhole.web.json.Dollars;
import dev.pigeonhole.workspace.quote.Measurement;
import dev.pigeonhole.workspace.quote.ModelPair;
import dev.pigeonhole.workspace.quote.QuoteLane;
import dev.pigeonhole.workspace.quote.QuoteLine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ways to do a job as {@code docs/api.md} shows them. Stateless. */
final class QuoteView {
    private QuoteView() {}

    /** Of a cascade only the most is known. */
    static Map<String, @Nullable Object> line(QuoteLine line) {
        Optional<CostRange> range = line.cost().filter(cost -> line.lane() != QuoteLane.CASCADE);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("model", line.model());
        map.put("lane", line.lane().key());
        map.put("calls", line.estimate().calls());
        map.put("costLow", range.map(CostRange::least).map(Dollars::rounded).orElse(null));
        map.put(
                "costExpected",
                range.map(CostRange::expected).map(Dollars::rounded).orElse(null));
        map.put(
                "costHigh",
                line.cost().map(CostRange::most).map(Dollars::rounded).orElse(null));
        map.put("priceBasis", line.basis());
        map.put("secondsLow", line.leastTime().map(Duration::toSeconds).orElse(null));
        map.put("secondsHigh", line.mostTime().map(Duration::toSeconds).orElse(null));
        map.put("secondsOfCalls", line.callTime().map(Duration::toSeconds).orElse(null));
        map.put("measuredRows", line.measured().map(Measurement::rows).orElse(null));
        map.put(
                "labels",
                line.measured()
                        .flatMap(Measurement::truth)
                        .map(QuoteView::share)
                        .orElse(null));
        return map;
    }

    static Map<String, @Nullable Object> pair(ModelPair pair) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("models", List.of(pair.one(), pair.other()));
        map.put("answers", share(pair.same()));
        return map;
    }

    private static Map<String, @Nullable Object> share(Proportion share) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("same", share.count());
        map.put("of", share.of());
        map.put("low", share.wilson().map(Interval::low).orElse(null));
        map.put("high", share.wilson().map(Interval::high).orElse(null));
        return map;
    }
}
