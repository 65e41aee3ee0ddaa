package dev.pigeonhole.bench;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Categorizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Costs nothing: the category of an item follows from its row number. Immutable, thread-safe. */
final class NoOpCategorizer implements Categorizer {
    private static final List<Outcome> OUTCOMES = SampleTable.CATEGORIES.stream()
            .<Outcome>map(name -> Outcome.categorized(name, "none"))
            .toList();

    private final boolean free;

    @Override
    public List<Outcome> categorize(List<Item> items) {
        List<Outcome> outcomes = new ArrayList<>(items.size());
        for (Item item : items) {
            outcomes.add(OUTCOMES.get((int) (item.row() % OUTCOMES.size())));
        }
        return outcomes;
    }

    /** @param free whether it says that asking again costs nothing; else its answers are kept and shared as paid ones are */
    NoOpCategorizer(boolean free) {
        this.free = free;
    }

    @Override
    public boolean isFree() {
        return free;
    }

    @Override
    public Map<String, String> fingerprint() {
        return Map.of("categorizer", "none");
    }
}
