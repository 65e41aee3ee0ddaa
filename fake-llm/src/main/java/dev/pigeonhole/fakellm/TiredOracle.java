package dev.pigeonhole.fakellm;

import java.util.List;

/**
 * Knows less of each text the more of them it is asked about at once. Thread-safe if the other one is.
 *
 * @param rested says what is right
 * @param ratePerRecord share of the texts that are wrong for each record of a request beyond the first
 */
record TiredOracle(Oracle rested, double ratePerRecord, long seed) implements Oracle {
    @Override
    public String categoryOf(String text, List<String> categories) {
        return rested.categoryOf(text, categories);
    }

    @Override
    public String categoryOf(String text, List<String> categories, int records) {
        Oracle tired = rested.withErrors(Math.min(1, ratePerRecord * (records - 1)), seed);
        return tired.categoryOf(text, categories, records);
    }
}
