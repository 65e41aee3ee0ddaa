package dev.pigeonhole.core.csv;

/**
 * Finds the next character that may mean something. Measured: nearly all characters mean nothing, and a comparison that comes out
 * differently at every space takes longer than all else that is done for a character. Immutable.
 */
final class Stops {
    private static final int LOW_BITS = 127;

    /** By the low bits of a character: a few others are stopped at too. */
    private final boolean[] marked = new boolean[LOW_BITS + 1];

    private Stops() {}

    /** @param characters those to stop at; a negative one is none */
    static Stops at(int... characters) {
        Stops stops = new Stops();
        for (int character : characters) {
            if (character >= 0) {
                stops.marked[character & LOW_BITS] = true;
            }
        }
        return stops;
    }

    /** The place of the next one, or of another character that has to be looked at; {@code end} if there is none. */
    int next(char[] chars, int from, int end) {
        boolean[] stops = marked;
        for (int p = from; p < end; p++) {
            if (stops[chars[p] & LOW_BITS]) {
                return p;
            }
        }
        return end;
    }
}
