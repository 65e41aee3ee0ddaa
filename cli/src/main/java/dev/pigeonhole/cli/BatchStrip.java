package dev.pigeonhole.cli;

/** The batches of a job in one row of signs: finished, under way, to come. Stateless. */
final class BatchStrip {
    private static final int MOST_CELLS = 20;

    private BatchStrip() {}

    /**
     * Draws the strip, with one cell a batch, or with several batches a cell if there are many.
     *
     * @param finished batches with a published file
     * @param total batches in all
     * @param done rows done
     * @param rows rows in all
     */
    static String of(long finished, long total, long done, long rows) {
        int cells = (int) Math.min(MOST_CELLS, Math.max(1, total));
        int full = total == 0 ? cells : (int) (finished * cells / total);
        int reached = rows == 0 ? cells : (int) ((done * cells + rows - 1) / rows);
        int open = Math.max(0, Math.min(cells, reached) - full);
        return "■".repeat(full) + "▣".repeat(open) + "·".repeat(cells - full - open);
    }
}
