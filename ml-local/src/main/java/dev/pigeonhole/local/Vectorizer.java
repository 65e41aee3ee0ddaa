package dev.pigeonhole.local;

import java.util.List;

/** Turns texts into vectors: words and pieces of words, each kind with its own weights, joined. Immutable, thread-safe. */
final class Vectorizer {
    /** Two vectors of length 1 side by side, each shortened by this, have length 1. */
    private static final float HALF = (float) Math.sqrt(0.5);

    private final Block words;
    private final Block chars;

    private Vectorizer(Block words, Block chars) {
        this.words = words;
        this.chars = chars;
    }

    static Vectorizer fit(List<String> texts) {
        List<FoldedText> folded = texts.stream().map(FoldedText::of).toList();
        return new Vectorizer(
                Block.fit(folded.stream().map(Grams::words).toList()),
                Block.fit(folded.stream().map(Grams::chars).toList()));
    }

    /** How many features are known; they are numbered from 0. */
    int features() {
        return words.size() + chars.size();
    }

    /** How many of the features are words or pairs of words; these have the lowest numbers. */
    int words() {
        return words.size();
    }

    /** At most of length 1: both kinds of features have half of the say. */
    SparseVector vector(String text) {
        FoldedText folded = FoldedText.of(text);
        return words.vector(Grams.words(folded)).join(chars.vector(Grams.chars(folded)), words.size(), HALF);
    }
}
