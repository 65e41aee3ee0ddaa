package dev.pigeonhole.local;

import java.util.List;

/**
 * Texts as vectors of which the category is guessed.
 *
 * @param vectors one per text
 * @param shares for each text how much of it belongs to each category, at least 0; at most 1 together, less for a text that says less
 */
record Guesses(List<SparseVector> vectors, List<float[]> shares) {
    static final Guesses NONE = new Guesses(List.of(), List.of());

    int size() {
        return vectors.size();
    }

    /** How much the text counts: its shares together. */
    float importance(int text) {
        float sum = 0;
        for (float share : shares.get(text)) {
            sum += share;
        }
        return sum;
    }
}
