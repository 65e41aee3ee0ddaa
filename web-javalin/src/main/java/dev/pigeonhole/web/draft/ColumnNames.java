package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.csv.CsvProfile;
import java.util.Collections;
import java.util.List;

/** The columns of a file, each by the one name that finds it: its own, or {@code #3}. Immutable. */
final class ColumnNames {
    private static final int MOST_QUOTED = 60;

    private final List<String> header;
    private final List<String> names;

    ColumnNames(CsvProfile profile) {
        this.header = profile.columns();
        this.names = profile.addresses();
    }

    List<String> all() {
        return names;
    }

    /** @param index from 0 */
    String name(int index) {
        return names.get(index);
    }

    boolean has(String name) {
        return index(name) >= 0;
    }

    /** From 0; -1 if there is none of this name. A number such as {@code #3} means the column at that place. */
    int index(String name) {
        int own = names.indexOf(name);
        if (own < 0 && Collections.frequency(header, name) == 1) {
            own = header.indexOf(name);
        }
        if (own < 0 && name.matches("#[1-9][0-9]{0,5}") && Integer.parseInt(name.substring(1)) <= header.size()) {
            return Integer.parseInt(name.substring(1)) - 1;
        }
        return own;
    }

    static String clip(String name) {
        return name.length() <= MOST_QUOTED ? name : name.substring(0, MOST_QUOTED) + "…";
    }
}
