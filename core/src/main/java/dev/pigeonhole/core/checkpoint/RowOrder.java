package dev.pigeonhole.core.checkpoint;

/** In what order rows are looked at. Rows that are alike stay in the order of the file. */
public enum RowOrder {
    /** As in the file. */
    ROW,
    /** The last row of the file first. */
    ROW_BACKWARDS,
    /** By the names of the categories; rows without one last. */
    CATEGORY,
    /** The least sure first; rows without a confidence last. */
    CONFIDENCE,
    /** The surest first; rows without a confidence last. */
    CONFIDENCE_BACKWARDS,
    /**
     * What a person should look at first: failed, then unmatched, then the least sure, then those without a confidence, then those
     * that were skipped.
     */
    DOUBT
}
