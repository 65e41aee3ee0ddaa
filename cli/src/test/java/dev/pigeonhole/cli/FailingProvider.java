package dev.pigeonhole.cli;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import dev.pigeonhole.core.categorize.JobPausedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A provider that gives every row the first category, until it is asked to fail. Options: {@code after} calls it pauses the job
 * for {@code reason}; texts with {@code bad} in them fail with {@code message}, but only while the file {@code while} is there;
 * {@code defect} makes it throw what no adapter should.
 */
public final class FailingProvider implements CategorizerProvider {
    /** For {@link java.util.ServiceLoader}. */
    public FailingProvider() {}

    @Override
    public String name() {
        return "failing";
    }

    @Override
    public Categorizer create(Taxonomy taxonomy, Map<String, String> options) {
        if (options.containsKey("defect")) {
            throw new IllegalStateException(options.get("defect"));
        }
        return new Failing(taxonomy.names().get(0), options);
    }

    private record Failing(String category, Map<String, String> options, AtomicInteger calls) implements Categorizer {
        Failing(String category, Map<String, String> options) {
            this(category, options, new AtomicInteger());
        }

        @Override
        public List<Outcome> categorize(List<Item> items) {
            if (calls.incrementAndGet() > Integer.parseInt(options.getOrDefault("after", "1000000"))) {
                throw new JobPausedException(
                        PauseReason.valueOf(options.getOrDefault("reason", "BUDGET")),
                        options.getOrDefault("message", "that was all"),
                        null);
            }
            return items.stream().map(this::outcome).toList();
        }

        private Outcome outcome(Item item) {
            String file = options.get("while");
            boolean fails = item.text().contains("bad") && (file == null || Files.exists(Path.of(file)));
            return fails
                    ? new Outcome.Failed(FailureCause.BAD_ANSWER, options.getOrDefault("message", "not readable"))
                    : Outcome.categorized(category, "failing");
        }

        @Override
        public Map<String, String> fingerprint() {
            return Map.of("provider", "failing");
        }

        @Override
        public int suggestedConcurrency() {
            return 1;
        }
    }
}
