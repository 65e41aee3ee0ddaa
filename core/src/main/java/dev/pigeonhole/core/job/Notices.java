package dev.pigeonhole.core.job;

import dev.pigeonhole.core.csv.CsvProfile;
import java.util.ArrayList;
import java.util.List;

/** Oddities of an input in words. */
public final class Notices {
    private Notices() {}

    /** One line for each kind of oddity that the input has; empty for a clean one. */
    public static List<String> of(CsvProfile profile) {
        CsvProfile.Oddities odd = profile.oddities();
        List<String> notices = new ArrayList<>();
        if (profile.rows() == 0) {
            notices.add("the input has a header and no rows");
        }
        add(notices, odd.blankLines(), "blank line is", "blank lines are", "no row and left out");
        add(notices, odd.shortRows(), "row has", "rows have", "fewer columns than the header");
        add(notices, odd.longRows(), "row has", "rows have", "more columns than the header");
        add(notices, odd.rowsWithNul(), "row holds", "rows hold", "U+0000; it is kept, but no categorizer sees it");
        add(notices, odd.rowsWithBadBytes(), "row holds", "rows hold", "bytes that are no text; they were replaced");
        add(notices, odd.rowsWithLooseQuotes(), "row has", "rows have", "text behind a closing quote; it was joined");
        return notices;
    }

    private static void add(List<String> notices, long count, String one, String many, String what) {
        if (count > 0) {
            notices.add(count + " " + (count == 1 ? one : many) + " " + what);
        }
    }
}
