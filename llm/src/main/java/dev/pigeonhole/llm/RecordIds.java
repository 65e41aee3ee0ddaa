package dev.pigeonhole.llm;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Ids of the records within one request, {@code r01} to {@code rNN}: a row's own number never leaves the process. Immutable. */
final class RecordIds {
    private static final Pattern ID = Pattern.compile("[rR][0-9]{1,8}");

    private final int count;
    private final int digits;

    RecordIds(int count) {
        this.count = count;
        this.digits = Math.max(2, Integer.toString(count).length());
    }

    int count() {
        return count;
    }

    /** The id of the record at a position, from 0. */
    String id(int position) {
        String number = Integer.toString(position + 1);
        return "r" + "0".repeat(Math.max(0, digits - number.length())) + number;
    }

    /** The position of an id as models write it: {@code r5}, {@code R05} and {@code r005} are {@code r05}. */
    OptionalInt position(String written) {
        if (!looksLikeId(written)) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(written.strip().substring(1));
        return number >= 1 && number <= count ? OptionalInt.of(number - 1) : OptionalInt.empty();
    }

    static boolean looksLikeId(String written) {
        return ID.matcher(written.strip()).matches();
    }
}
