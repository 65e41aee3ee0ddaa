package dev.pigeonhole.workspace;

import dev.pigeonhole.cascade.CascadeProvider;
import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Suggestion;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Agreement;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.job.JobEvent;
import dev.pigeonhole.core.job.JobListener;
import dev.pigeonhole.quality.sentinel.SentinelCategorizer;
import dev.pigeonhole.quality.sentinel.SentinelSettings;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** Finds who categorizes; whoever it is, a cascade can spare him. Stateless. */
public final class Providers {
    private Providers() {}

    /** What the one who is asked is told; a cascade before him has options of its own. */
    public static SortedMap<String, String> oracleOptions(JobOptions options) {
        return CascadeProvider.withoutOwn(options.providerOptions());
    }

    /** How the cascade of a job has ended, if it had one and has ended. */
    public static Optional<Agreement> agreement(JobRecord job) {
        return CascadeProvider.agreement(job.directory());
    }

    /**
     * The provider of this name.
     *
     * @throws ConfigurationException there is none on the class path
     */
    public static CategorizerProvider named(String provider) {
        return named(provider, UnaryOperator.identity());
    }

    /**
     * The provider that a job was asked for, with known rows that ride along in its questions if they are to. They do behind the
     * cascade: what it learns and counts are rows of the input.
     *
     * @param profile of the input
     * @param listener is told what a user should know of the known rows
     * @throws ConfigurationException there is no such provider, or the known rows are not as they should be
     * @throws dev.pigeonhole.core.InputException the file of known rows cannot be read
     */
    public static CategorizerProvider forJob(
            JobOptions options, CsvProfile profile, Taxonomy taxonomy, JobListener listener) {
        KnownRows known = KnownRows.of(options, profile, taxonomy);
        known.notes().forEach(note -> listener.on(new JobEvent.Notice(note)));
        if (known.texts().isEmpty()) {
            return named(options.provider());
        }
        SentinelSettings settings =
                SentinelSettings.defaults().withFloor(options.sentinels().floor());
        return named(
                options.provider(),
                categorizer -> new SentinelCategorizer(categorizer, known.texts(), profile.rows(), settings));
    }

    private static CategorizerProvider named(String provider, UnaryOperator<Categorizer> watched) {
        List<CategorizerProvider> providers = CategorizerProvider.all();
        List<String> names = providers.stream().map(CategorizerProvider::name).toList();
        return providers.stream()
                .filter(p -> p.name().equals(provider))
                .findFirst()
                .map(found -> CascadeProvider.over(new WatchedProvider(found, watched)))
                .orElseThrow(() -> new ConfigurationException("there is no provider \"" + provider + "\""
                        + Suggestion.hint(provider, names) + "; on the class path: " + String.join(", ", names)));
    }
}
