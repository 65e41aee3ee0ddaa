package dev.pigeonhole.core;

import java.util.Objects;

/**
 * What a categorizer sees of a row: its number and its text. Immutable.
 *
 * @param row number of the row in the input, from 1; the header is not a row
 * @param text the text columns joined, never blank
 */
public record Item(long row, String text) {
    public Item {
        if (row < 1) {
            throw new IllegalArgumentException("row must be at least 1, was " + row);
        }
        Objects.requireNonNull(text, "text");
    }

    /** Leaves the text out: it is the user's data, and may be long. */
    @Override
    public String toString() {
        return "Item[row=" + row + ", " + text.length() + " chars]";
    }
}
