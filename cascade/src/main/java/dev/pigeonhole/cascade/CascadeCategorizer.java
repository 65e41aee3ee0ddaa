package dev.pigeonhole.cascade;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Assignment;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.JobMemory;
import dev.pigeonhole.core.categorize.RankerProvider;
import dev.pigeonhole.core.categorize.RetryPolicy;
import dev.pigeonhole.core.file.Disk;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Asks another categorizer about as few rows of a job as the wanted agreement with it allows, and answers the others by a classifier that
 * learns from its answers. Outcomes that it gives itself have the source {@code local}. As thread-safe as the other. Outside of a job it
 * is the other.
 *
 * <p>What is promised: with the chance {@code 1 - delta}, over the lots that are drawn, the share of rows that have the outcome that asking
 * would have brought is at least the target. Rows that were asked about have it by definition. If that cannot be had, all rows are asked
 * about.
 */
public final class CascadeCategorizer implements Categorizer {
    /** Another way to decide has another version; a job is not resumed with another one. */
    private static final String VERSION = "1";
    /** More cost time, fewer cost lessons; what is gained from five to ten is within the noise. */
    private static final int FOLDS = 5;

    private final Categorizer oracle;
    private final Taxonomy taxonomy;
    private final RankerProvider learner;
    private final CascadeSettings settings;

    private CascadeCategorizer(
            Categorizer oracle, Taxonomy taxonomy, RankerProvider learner, CascadeSettings settings) {
        this.oracle = oracle;
        this.taxonomy = taxonomy;
        this.learner = learner;
        this.settings = settings;
    }

    /**
     * A cascade before a categorizer.
     *
     * @param oracle who is asked, and closed with this
     * @param taxonomy of the job
     * @param learner makes the classifiers; the same lessons must always make the same one
     */
    public static CascadeCategorizer over(
            Categorizer oracle, Taxonomy taxonomy, RankerProvider learner, CascadeSettings settings) {
        return new CascadeCategorizer(oracle, taxonomy, learner, settings);
    }

    @Override
    public List<Outcome> categorize(List<Item> items) {
        return oracle.categorize(items);
    }

    @Override
    public Conversation begin(Assignment assignment) {
        Conversation conversation = oracle.begin(assignment);
        return assignment
                .memory()
                .<Conversation>map(memory -> cascade(conversation, memory))
                .orElse(conversation);
    }

    private Conversation cascade(Conversation conversation, JobMemory memory) {
        Queue<String> notices = new ConcurrentLinkedQueue<>();
        Labels labels = Labels.of(taxonomy);
        Draw draw = new Draw(settings.seed());
        Course course = new Course(
                memory,
                labels,
                new Teacher(learner, labels, draw, FOLDS),
                draw,
                Plan.of(memory.rows(), taxonomy.categories().size()),
                settings,
                new StateFile(Disk.real(), memory.directory()),
                notices::add);
        return new CascadeConversation(conversation, course, notices);
    }

    /** The other one's, and what draws and decides. */
    @Override
    public Map<String, String> fingerprint() {
        Map<String, String> all = new TreeMap<>(oracle.fingerprint());
        all.put("cascade", Double.toString(settings.target()));
        all.put("cascade.seed", Long.toString(settings.seed()));
        all.put("cascade.version", VERSION);
        return all;
    }

    @Override
    public Map<String, String> answerFingerprint() {
        return oracle.answerFingerprint();
    }

    @Override
    public int suggestedConcurrency() {
        return oracle.suggestedConcurrency();
    }

    @Override
    public RetryPolicy suggestedRetries() {
        return oracle.suggestedRetries();
    }

    @Override
    public boolean hasLastingAnswers() {
        return oracle.hasLastingAnswers();
    }

    @Override
    public boolean isFree() {
        return oracle.isFree();
    }

    @Override
    public void close() {
        oracle.close();
    }
}
