package dev.pigeonhole.core.csv;

/** What is done with rows that have more or fewer columns than the header. */
public enum RaggedPolicy {
    /** Short rows are padded with empty columns, long rows are set aside as failed. The default. */
    AUTO,
    /** The file is refused. */
    FAIL,
    /** Short rows are padded, and the table becomes as wide as its widest row: extra columns get the names {@code column_4}, … */
    PAD,
    /** Short and long rows alike are set aside as failed. */
    DEAD_LETTER
}
