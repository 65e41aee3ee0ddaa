package dev.pigeonhole.core.csv;

/**
 * A row as a categorizer will see it.
 *
 * @param row number of the row, from 1
 * @param text the text columns joined by line feeds, blank ones left out, without U+0000; empty if all are blank
 * @param misshapen true if the row has to be set aside because of its columns; its text is then empty
 */
public record CsvItem(long row, String text, boolean misshapen) {}
