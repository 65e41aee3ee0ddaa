package dev.pigeonhole.core.csv;

/**
 * A place in the file where reading can start.
 *
 * @param row number of the row that begins here, from 1
 * @param line number of the line on which it begins, from 1
 * @param offset bytes before it
 */
public record RowMark(long row, long line, long offset) {}
