package dev.pigeonhole.quality;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import dev.pigeonhole.core.categorize.Ranker;
import dev.pigeonhole.core.categorize.RankerProvider;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A short list of categories that somebody else chooses from, to be measured: how often is the right one on it? As thread-safe as its
 * ranker.
 *
 * @param ranker who makes the lists
 * @param size how many categories are on a list; at least 1
 */
public record RankedShortlist(Ranker ranker, int size) {
    public RankedShortlist {
        Objects.requireNonNull(ranker, "ranker");
        if (size < 1) {
            throw new IllegalArgumentException("size must be at least 1, was " + size);
        }
    }

    /**
     * The list that the language model of a job was shown with each text. May take seconds: the ranker learns.
     *
     * @param provider name of who categorizes
     * @param categories the file that the job was begun with
     * @param options of the provider, as the job was begun with
     * @return empty if none was sent, or if the categories are not there any more as they were
     * @throws ConfigurationException options are wrong
     */
    public static Optional<RankedShortlist> sent(
            CheckpointStore store,
            JobRecord job,
            String provider,
            Optional<Path> categories,
            Map<String, String> options) {
        if (store.bill(job.id()).sent() == 0) {
            return Optional.empty();
        }
        return categories
                .flatMap(RankedShortlist::read)
                .filter(taxonomy -> job.plan()
                        .settings()
                        .entrySet()
                        .containsAll(taxonomy.settings().entrySet()))
                .flatMap(taxonomy -> CategorizerProvider.all().stream()
                        .filter(known -> known.name().equals(provider))
                        .findFirst()
                        .flatMap(known -> shownBy(known, taxonomy, options)));
    }

    private static Optional<Taxonomy> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Taxonomy.load(file));
        } catch (ConfigurationException e) {
            return Optional.empty(); // It could be read when the job was begun, so it has changed.
        }
    }

    private static Optional<RankedShortlist> shownBy(
            CategorizerProvider provider, Taxonomy taxonomy, Map<String, String> options) {
        int size = provider.candidates(taxonomy, options);
        return size == 0
                ? Optional.empty()
                : RankerProvider.find().map(rankers -> new RankedShortlist(rankers.create(taxonomy, List.of()), size));
    }

    /** Whether the category is on the list for the text. */
    boolean has(String category, String text) {
        return ranker.rank(text, size).stream()
                .anyMatch(candidate -> candidate.category().equals(category));
    }
}
