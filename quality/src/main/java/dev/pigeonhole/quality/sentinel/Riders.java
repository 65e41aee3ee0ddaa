package dev.pigeonhole.quality.sentinel;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.job.JobSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws which known texts ride along in a question, and where among its items. The same question gets the same ones each time it is
 * asked. Immutable, thread-safe.
 */
final class Riders {
    /** As many as ride together, so that a reply that is wrong about all of them says something. */
    static final int PAIR = 2;
    /** In less company they would be most of the question. */
    static final int LEAST_ITEMS = 4;

    /** Of all questions, whatever their size. */
    private static final double MOST_QUESTIONS = 0.25;

    private static final int MOST_TRIES = 20;

    private final KnownTexts known;
    private final long seed;
    private final double share;

    Riders(KnownTexts known, SentinelSettings settings) {
        this.known = known;
        this.seed = settings.seed();
        this.share = settings.share();
    }

    /**
     * A question with known texts in it, or the question itself.
     *
     * @param together how many ride in the same question; the fewer, the more questions have some
     */
    Question join(Question question, int together) {
        List<Item> items = question.items();
        if (items.size() < LEAST_ITEMS || items.size() > JobSettings.MAX_SUB_BATCH_SIZE - together) {
            return question;
        }
        SplittableRandom random = new SplittableRandom(seed ^ mixed(items));
        double chance = Math.min(MOST_QUESTIONS * PAIR, share * items.size()) / together;
        return random.nextDouble() < chance ? joined(question, together, random) : question;
    }

    /** Tells questions apart that have the same first row and are of different size. */
    private static long mixed(List<Item> items) {
        return items.get(0).row() * 0x9E3779B97F4A7C15L + items.size();
    }

    private Question joined(Question question, int together, SplittableRandom random) {
        List<Item> items = new ArrayList<>(question.items());
        Set<String> texts = new HashSet<>();
        items.forEach(item -> texts.add(item.text().strip()));
        for (int tries = 0;
                tries < MOST_TRIES && items.size() < question.items().size() + together;
                tries++) {
            int index = random.nextInt(known.size());
            // A text that is asked about anyway would answer for itself, or twice.
            if (texts.add(known.text(index).strip())) {
                items.add(random.nextInt(items.size() + 1), known.item(index));
            }
        }
        return items.size() == question.items().size() ? question : new Question(items, question.round());
    }
}
