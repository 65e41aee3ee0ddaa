package dev.pigeonhole.cascade;

/** Guesses the label of a text. Thread-safe; the same text always gets the same guess. */
@FunctionalInterface
interface Classifier {
    Guess guess(String text);
}
