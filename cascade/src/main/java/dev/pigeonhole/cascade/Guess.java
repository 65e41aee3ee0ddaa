package dev.pigeonhole.cascade;

/**
 * What a classifier says of a text. Immutable.
 *
 * @param label name of a category; another one means that it does not know, or that no category fits
 * @param confidence from 0 to 1
 */
record Guess(String label, double confidence) {
    /** The text has nothing in common with what was learned. */
    static final Guess NONE = new Guess("", 0);
}
