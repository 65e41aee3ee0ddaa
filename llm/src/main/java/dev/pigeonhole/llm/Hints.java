package dev.pigeonhole.llm;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Ranker;
import dev.pigeonhole.core.categorize.RankerProvider;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The candidates that a {@link Ranker} guesses for each record. A record's candidates depend on its own text only, and are always
 * names of the taxonomy. The ranker is made when it is asked first: an estimate of a few settings, or a reader of old answers, does
 * not need it. Thread-safe.
 */
final class Hints {
    /**
     * Candidates for a record. A shortlist of five did better than one of ten or fifteen in the one study that compares them
     * (HierLabelNet, ISPRS IJGI 2025).
     */
    static final int MOST = 5;
    /** Up to so many categories a model finds its way alone. */
    static final int FEW_CATEGORIES = 50;

    private final HintMode mode;
    private final Taxonomy taxonomy;
    private final Optional<RankerProvider> provider;
    private final Object lock = new Object();
    private @Nullable Ranker ranker;

    private Hints(HintMode mode, Taxonomy taxonomy, Optional<RankerProvider> provider) {
        this.mode = mode;
        this.taxonomy = taxonomy;
        this.provider = provider;
    }

    /**
     * What a mode means for a taxonomy.
     *
     * @param provider of the ranker; empty if there is none
     * @throws ConfigurationException they are wanted, and there is nobody who can guess
     */
    static Hints of(HintMode mode, Taxonomy taxonomy, Optional<RankerProvider> provider) {
        if (mode == HintMode.ON && provider.isEmpty()) {
            throw new ConfigurationException(
                    "hints is \"on\", but nothing on the class path can guess categories; put the"
                            + " jar of the offline categorizer there (pigeonhole-ml-local), or say hints=off (on the command line"
                            + " --hints off)");
        }
        boolean many = taxonomy.categories().size() > FEW_CATEGORIES;
        boolean on = mode == HintMode.ON || (mode == HintMode.AUTO && many && provider.isPresent());
        return new Hints(on ? mode : HintMode.OFF, taxonomy, provider);
    }

    boolean areOn() {
        return mode != HintMode.OFF;
    }

    /** Whether they may be left out once they turn out to be of no use: nobody has asked for them. */
    boolean mayStop() {
        return mode == HintMode.AUTO;
    }

    /** The candidates for each record, the best first; an empty list for a record about which nothing can be guessed. */
    List<List<String>> of(List<RecordText> records) {
        return areOn() ? records.stream().map(this::of).toList() : none(records.size());
    }

    static List<List<String>> none(int records) {
        return Collections.nCopies(records, List.of());
    }

    private List<String> of(RecordText record) {
        if (record.text().isBlank()) {
            return List.of();
        }
        return ranker().rank(record.text(), MOST).stream()
                .map(Ranker.Candidate::category)
                .filter(taxonomy.nameSet()::contains)
                .distinct()
                .limit(MOST)
                .toList();
    }

    private Ranker ranker() {
        synchronized (lock) {
            Ranker made = ranker;
            if (made == null) {
                made = provider.orElseThrow().create(taxonomy, List.of());
                ranker = made;
            }
            return made;
        }
    }
}
