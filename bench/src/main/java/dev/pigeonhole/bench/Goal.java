package dev.pigeonhole.bench;

import java.util.Locale;

/**
 * What is wanted of a figure, and what it is. Immutable.
 *
 * @param met whether it is as wanted
 */
record Goal(String what, String wanted, String value, boolean met) {
    static Goal atLeast(String what, double wanted, double value) {
        return new Goal(what, ">= " + text(wanted), text(value), value >= wanted);
    }

    static Goal atMost(String what, double wanted, double value) {
        return new Goal(what, "<= " + text(wanted), text(value), value <= wanted);
    }

    static Goal exactly(String what, long wanted, long value) {
        return new Goal(what, Report.number(wanted), Report.number(value), value == wanted);
    }

    /** No row lost, altered, out of place, without label, or with a wrong one. */
    static Goal clean(MessyTable.Verdict output) {
        return new Goal(
                "rows lost / altered / reordered / unlabelled / mislabelled",
                "0",
                output.lost() + " / " + output.altered() + " / " + output.reordered() + " / " + output.unlabelled()
                        + " / " + output.mislabelled(),
                output.isClean());
    }

    /** In a cell of a table. */
    String inWords() {
        return what + " " + wanted + ": " + value + (met ? "" : " **missed**");
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.1f" : "%.3f", value);
    }
}
