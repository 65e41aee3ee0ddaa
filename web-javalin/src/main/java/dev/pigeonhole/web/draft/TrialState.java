package dev.pigeonhole.web.draft;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trial at one moment. Immutable.
 *
 * @param key of the recipe that was tried
 * @param jobId empty before it has one
 * @param rows that are tried
 * @param fileCost what the whole file would cost at the prices of the trial; null if not known
 * @param fileCalls of the whole file; null if the provider does not say
 * @param problem null unless it failed
 */
record TrialState(
        String state,
        String key,
        String jobId,
        int rows,
        List<Map<String, @Nullable Object>> items,
        TrialFigures figures,
        @Nullable String fileCost,
        @Nullable Long fileCalls,
        @Nullable Map<String, Object> problem,
        Instant started) {
    static final String RUNNING = "running";
    static final String DONE = "done";
    static final String FAILED = "failed";

    /** As the API shows it, but for whether it still counts. */
    Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("state", state);
        map.put("rows", rows);
        map.put("done", items.size());
        map.put("items", items);
        map.put("calls", figures.calls());
        map.put("secondsPerCall", figures.secondsPerCall());
        map.put("tokensPerRow", figures.tokensPerRow());
        map.put("cost", figures.cost());
        map.put("fileCost", fileCost);
        map.put("fileCalls", fileCalls);
        map.put("problem", problem);
        map.put("startedAt", started.toString());
        return map;
    }
}
