package dev.pigeonhole.core.csv;

/**
 * A row as it goes to the output.
 *
 * @param row number of the row, from 1
 * @param line number of the line on which it begins, from 1
 * @param columns the original columns, exactly as many as the profile has, byte for byte as in the input where they did not have
 *     to be padded or cut; without line ending
 * @param surplus what a long row has beyond the columns of the header, as it stands in the input; empty for others
 */
public record CsvRecord(long row, long line, String columns, String surplus) {}
