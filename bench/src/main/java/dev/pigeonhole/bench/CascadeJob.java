package dev.pigeonhole.bench;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Assignment;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.Decision;
import dev.pigeonhole.core.categorize.JobMemory;
import dev.pigeonhole.core.categorize.Pass;
import dev.pigeonhole.core.ledger.InMemoryLedger;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;

/**
 * The rows of a cascade's job in memory, taken through all passes without an engine: what is asked is answered from the table, at once.
 * For one thread.
 */
final class CascadeJob implements JobMemory {
    private static final String ASKED = "asked";

    private final List<LabelledText> rows;
    private final Path folder;
    private final SortedMap<Long, Outcome> outcomes = new TreeMap<>();
    private long asked;

    CascadeJob(CascadeTable table, Path folder) {
        this.rows = table.rows();
        this.folder = folder;
    }

    /** @param cascade puts a cascade before a categorizer */
    void run(UnaryOperator<Categorizer> cascade) {
        Assignment assignment = new Assignment(new InMemoryLedger(), 1, true, Optional.of(this));
        try (Categorizer categorizer = cascade.apply(CascadeJob::askedOutsideOfTheJob);
                Conversation conversation = categorizer.begin(assignment)) {
            int passes = 0;
            for (Optional<Pass> pass = conversation.nextPass(0);
                    pass.isPresent();
                    pass = conversation.nextPass(passes)) {
                walk(pass.get());
                passes++;
            }
        }
    }

    private static List<Outcome> askedOutsideOfTheJob(List<Item> items) {
        throw new IllegalStateException(items.size() + " items were asked about beside the passes");
    }

    private void walk(Pass pass) {
        for (long row = pass.next(1); row <= rows.size(); row = pass.next(row + 1)) {
            if (!outcomes.containsKey(row)) {
                decide(pass.decide(item(row)), row);
            }
        }
    }

    private void decide(Decision decision, long row) {
        if (decision instanceof Decision.Ask) {
            asked++;
            outcomes.put(row, Outcome.categorized(truth(row), ASKED));
        } else if (decision instanceof Decision.Settle settled) {
            outcomes.put(row, settled.outcome());
        }
    }

    private Item item(long row) {
        return new Item(row, rows.get((int) row - 1).text());
    }

    private String truth(long row) {
        return rows.get((int) row - 1).category();
    }

    /** The share of the rows that were not asked about. */
    double saved() {
        return 1 - (double) asked / rows.size();
    }

    /** The share of all rows that have the outcome that asking brings. */
    double agreement() {
        long agreed = outcomes.entrySet().stream()
                .filter(row -> row.getValue() instanceof Outcome.Categorized found
                        && found.category().equals(truth(row.getKey())))
                .count();
        return (double) agreed / rows.size();
    }

    @Override
    public String jobId() {
        return "bench";
    }

    @Override
    public long rows() {
        return rows.size();
    }

    @Override
    public Path directory() {
        return folder;
    }

    @Override
    public void forEachOutcome(LongPredicate wanted, BiConsumer<Item, Outcome> consumer) {
        outcomes.forEach((row, outcome) -> {
            if (wanted.test(row)) {
                consumer.accept(item(row), outcome);
            }
        });
    }

    @Override
    public long reopen(String source, double confidence) {
        long before = outcomes.size();
        outcomes.values()
                .removeIf(outcome -> outcome instanceof Outcome.Categorized found
                        && found.source().equals(source)
                        && found.confidence().orElse(1) < confidence);
        return before - outcomes.size();
    }
}
