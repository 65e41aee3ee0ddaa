package dev.pigeonhole.store.jdbc;

import java.util.ArrayList;
import java.util.List;

/** Numbers of rows as a short text that people can read: {@code 1-20,23}. Keeps their order. Stateless. */
final class RowList {
    private RowList() {}

    static String write(List<Long> rows) {
        StringBuilder text = new StringBuilder();
        for (int from = 0; from < rows.size(); ) {
            int last = from;
            while (last + 1 < rows.size() && rows.get(last + 1) == rows.get(last) + 1) {
                last++;
            }
            text.append(from == 0 ? "" : ",").append((long) rows.get(from));
            if (last > from) {
                text.append('-').append((long) rows.get(last));
            }
            from = last + 1;
        }
        return text.toString();
    }

    /**
     * Reads them again.
     *
     * @param most no more rows than this, so that damage cannot fill the memory
     * @throws IllegalArgumentException the text was not written by {@link #write}
     */
    static List<Long> read(String text, int most) {
        List<Long> rows = new ArrayList<>();
        for (String run : text.split(",", -1)) {
            int dash = run.indexOf('-');
            long first = Long.parseLong(dash < 0 ? run : run.substring(0, dash));
            long last = dash < 0 ? first : Long.parseLong(run.substring(dash + 1));
            if (first < 1 || last < first || last - first >= most - rows.size()) {
                throw new IllegalArgumentException("not a list of rows");
            }
            for (long i = 0; i <= last - first; i++) {
                rows.add(first + i);
            }
        }
        return rows;
    }

    /** Whether a row is among those that {@link #write} has written. */
    static boolean holds(String text, long row) {
        long first = 0;
        long number = 0;
        for (int i = 0; i <= text.length(); i++) {
            char character = i < text.length() ? text.charAt(i) : ',';
            if (character == '-') {
                first = number;
                number = 0;
            } else if (character == ',') {
                if (number == row || (first > 0 && first <= row && row <= number)) {
                    return true;
                }
                first = 0;
                number = 0;
            } else {
                number = number * 10 + character - '0';
            }
        }
        return false;
    }
}
