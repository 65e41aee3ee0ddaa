package dev.pigeonhole.quality.sentinel;

import dev.pigeonhole.core.Digest;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Assignment;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.RetryPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A categorizer in whose questions texts of known category ride along now and then. They are no rows of the job: their outcomes are
 * taken out of every answer, and tell how right the answers are while the job runs. A reply that is wrong about two or more of them and
 * right about none is paid for and not used; its rows are asked about again. When too many are wrong, the job pauses with
 * {@link dev.pigeonhole.core.PauseReason#DRIFT}. Thread-safe.
 *
 * <p>To the categorizer behind it they are items like all others, with numbers behind the last row of the input; so a categorizer that
 * learns from rows must stand before this one, not behind it.
 */
public final class SentinelCategorizer implements Categorizer {
    /** Fewer would be the same few again and again. */
    public static final int LEAST_KNOWN = 10;

    private final Categorizer inner;
    private final KnownTexts known;
    private final SentinelSettings settings;
    private final String digest;

    /**
     * A categorizer that owns the one behind it and closes it.
     *
     * @param known texts with the names of their categories, in an order that is always the same for the same job; at least
     *     {@value #LEAST_KNOWN}, no text twice
     * @param lastRow number of the last row of the input
     */
    public SentinelCategorizer(Categorizer inner, List<LabelledText> known, long lastRow, SentinelSettings settings) {
        if (known.size() < LEAST_KNOWN || lastRow < 0 || lastRow > Long.MAX_VALUE - known.size() - 1) {
            throw new IllegalArgumentException(known.size() + " known texts behind row " + lastRow);
        }
        this.inner = Objects.requireNonNull(inner, "inner");
        this.known = new KnownTexts(known, lastRow);
        this.settings = Objects.requireNonNull(settings, "settings");
        this.digest = digest(known, settings);
    }

    /** The floor is left out: it changes no question. */
    private static String digest(List<LabelledText> known, SentinelSettings settings) {
        StringBuilder all = new StringBuilder("seed " + settings.seed() + " share " + settings.share());
        known.forEach(text ->
                all.append('\n').append(Digest.sha256(text.text())).append(' ').append(Digest.sha256(text.category())));
        return Digest.sha256(all.toString());
    }

    /** {@inheritDoc} Asks without a job, and so without known texts. */
    @Override
    public List<Outcome> categorize(List<Item> items) {
        return inner.categorize(items);
    }

    @Override
    public Conversation begin(Assignment assignment) {
        return new SentinelConversation(
                inner.begin(assignment), known, new Riders(known, settings), new Watch(settings.floor()));
    }

    /** What the one behind it says, and which texts ride along: an earlier call is read by their numbers. */
    @Override
    public Map<String, String> fingerprint() {
        Map<String, String> all = new HashMap<>(inner.fingerprint());
        all.put("sentinels", digest);
        return Map.copyOf(all);
    }

    /** {@inheritDoc} Known texts are company like any other rows. */
    @Override
    public Map<String, String> answerFingerprint() {
        return inner.answerFingerprint();
    }

    @Override
    public int suggestedConcurrency() {
        return inner.suggestedConcurrency();
    }

    @Override
    public RetryPolicy suggestedRetries() {
        return inner.suggestedRetries();
    }

    @Override
    public boolean hasLastingAnswers() {
        return inner.hasLastingAnswers();
    }

    @Override
    public boolean isFree() {
        return inner.isFree();
    }

    @Override
    public void close() {
        inner.close();
    }
}
