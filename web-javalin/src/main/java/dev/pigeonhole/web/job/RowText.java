package dev.pigeonhole.web.job;

/**
 * What the input says of a row. Immutable.
 *
 * @param id the value of the column that tells rows apart; empty if none was named
 */
record RowText(long row, String id, String text) {
    private static final int MOST_CHARS = 500;
    private static final int MOST_ID_CHARS = 200;

    /** As pages show it. */
    RowText cut() {
        return new RowText(row, cut(id, MOST_ID_CHARS), cut(text, MOST_CHARS));
    }

    private static String cut(String whole, int most) {
        if (whole.length() <= most) {
            return whole;
        }
        int end = Character.isHighSurrogate(whole.charAt(most - 1)) ? most - 1 : most;
        return whole.substring(0, end) + "…";
    }
}
