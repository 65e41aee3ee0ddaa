package dev.pigeonhole.cascade;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Texts of a few words, of which some belong to a category and the others to nobody: so some are easy to tell, and some are not. Answers
 * as a language model with a will of its own would; the label of a text is fixed.
 */
final class Corpus {
    static final String MODEL = "model";
    private static final int CATEGORIES = 8;
    private static final int OWN_WORDS = 12;
    private static final int COMMON_WORDS = 150;

    private final List<String> texts = new ArrayList<>();
    private final Map<String, String> labels = new HashMap<>();

    /**
     * @param noise share of texts whose answer has nothing to do with their words
     * @param unmatched share of texts that no category fits
     */
    static Corpus of(int rows, long seed, double noise, double unmatched) {
        Corpus corpus = new Corpus();
        Random random = new Random(seed);
        for (int row = 0; row < rows; row++) {
            corpus.add(random, noise, unmatched);
        }
        return corpus;
    }

    static Taxonomy taxonomy() {
        List<Category> categories = IntStream.range(0, CATEGORIES)
                .mapToObj(i -> Category.of("c" + i))
                .toList();
        return new Taxonomy("", categories, true);
    }

    private void add(Random random, double noise, double unmatched) {
        int category = random.nextInt(CATEGORIES);
        boolean nobody = random.nextDouble() < unmatched;
        StringBuilder text = new StringBuilder();
        int own = random.nextInt(5);
        for (int i = 0; i < 6; i++) {
            text.append(i == 0 ? "" : " ");
            if (i < own && !nobody) {
                text.append("w").append(category).append("x").append(random.nextInt(OWN_WORDS));
            } else {
                text.append(nobody && i < 3 ? "odd" : "common").append(random.nextInt(COMMON_WORDS));
            }
        }
        int answer = random.nextDouble() < noise ? random.nextInt(CATEGORIES) : category;
        texts.add(text.toString());
        labels.putIfAbsent(text.toString(), nobody ? "" : "c" + answer);
    }

    /** All rows of a category, one after the other. */
    Corpus sorted() {
        texts.sort((a, b) -> label(a).compareTo(label(b)));
        return this;
    }

    Corpus shuffled(long seed) {
        Collections.shuffle(texts, new Random(seed));
        return this;
    }

    List<String> texts() {
        return List.copyOf(texts);
    }

    String csv() {
        return "text\n" + String.join("\n", texts) + "\n";
    }

    /** What asking brings; empty if no category fits. */
    String label(String text) {
        String label = labels.get(text);
        if (label == null) {
            throw new IllegalArgumentException("not one of the texts: " + text);
        }
        return label;
    }

    Outcome answer(Item item) {
        String label = label(item.text());
        return label.isEmpty() ? Outcome.unmatched(MODEL) : Outcome.categorized(label, MODEL);
    }
}
