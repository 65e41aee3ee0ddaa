package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The part of a list that is asked for. Immutable.
 *
 * @param limit most entries, 1 to 10,000
 * @param after id of the entry before the first one; empty for the beginning
 * @param purpose of files; empty for any
 */
record Page(int limit, String after, String purpose) {
    /** What a client wrote after the question mark; a limit that is none is the usual one, 20. */
    static Page of(String query) {
        Page page = new Page(20, "", "");
        for (String setting : query.split("&", -1)) {
            String[] parts = setting.split("=", 2);
            String value = parts.length == 1 ? "" : parts[1];
            page = switch (parts[0]) {
                case "limit" -> new Page(number(value), page.after, page.purpose);
                case "after" -> new Page(page.limit, value, page.purpose);
                case "purpose" -> new Page(page.limit, page.after, value);
                default -> page;
            };
        }
        return page;
    }

    private static int number(String text) {
        return text.matches("[1-9]\\d{0,3}") ? Integer.parseInt(text) : 20;
    }

    /** An entry that is not there ends the list before it begins. */
    ObjectNode of(List<ObjectNode> all, LaneWords words) {
        int from = 0;
        while (!after.isEmpty()
                && from < all.size()
                && !all.get(from).path("id").asText().equals(after)) {
            from++;
        }
        int first = Math.min(after.isEmpty() ? 0 : from + 1, all.size());
        int end = Math.min(first + limit, all.size());
        return words.list(all.subList(first, end), end < all.size());
    }
}
