package dev.pigeonhole.workspace.quote;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.categorize.Estimate;
import dev.pigeonhole.core.categorize.Estimator;
import dev.pigeonhole.workspace.Forecast;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An estimator that remembers what was expected of each sub-batch. Not thread-safe. */
final class SubBatchCosts implements Estimator {
    private final Estimator estimator;
    private final QuoteLane lane;
    private final Map<Long, Integer> partOfRow = new HashMap<>();
    private final List<Double> expected = new ArrayList<>();
    private double before;

    /** @param lane in which they are asked */
    SubBatchCosts(Estimator estimator, QuoteLane lane) {
        this.estimator = estimator;
        this.lane = lane;
    }

    @Override
    public Map<String, String> fingerprint() {
        return estimator.fingerprint();
    }

    @Override
    public boolean hasLastingAnswers() {
        return estimator.hasLastingAnswers();
    }

    @Override
    public void add(List<Item> items) {
        items.forEach(item -> partOfRow.put(item.row(), expected.size()));
        estimator.add(items);
        double now = lane.cost(estimator.estimate())
                .map(range -> range.expected().picodollars())
                .orElse(0L);
        expected.add(now - before);
        before = now;
    }

    @Override
    public Estimate estimate() {
        return estimator.estimate();
    }

    Forecast forecast() {
        Estimate all = estimator.estimate();
        return new Forecast(all.calls(), all.inputTokens() + all.outputTokens(), lane.cost(all), all.basis());
    }

    int parts() {
        return expected.size();
    }

    /** In which sub-batch a row was; -1 if nobody was to be asked about it. */
    int partOf(long row) {
        return partOfRow.getOrDefault(row, -1);
    }

    /** In trillionths of a dollar; 0 if the price is not known. */
    double expected(int part) {
        return expected.get(part);
    }
}
