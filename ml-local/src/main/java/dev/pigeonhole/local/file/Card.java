package dev.pigeonhole.local.file;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a file says about itself, as text that people can read: a line {@code key=value} for each entry, in order. Immutable.
 *
 * @param entries keys are not empty and hold no {@code =}, no backslash and no control characters; values may hold anything
 */
public record Card(Map<String, String> entries) {
    public Card {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        entries.keySet().forEach(Card::requireKey);
    }

    private static void requireKey(String key) {
        if (key.isEmpty() || !key.equals(CardText.escape(key)) || key.indexOf('=') >= 0) {
            throw new IllegalArgumentException("not a key of a card: " + key);
        }
    }

    public Optional<String> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** The lines. */
    String text() {
        StringBuilder text = new StringBuilder();
        entries.forEach((key, value) ->
                text.append(key).append('=').append(CardText.escape(value)).append('\n'));
        return text.toString();
    }

    /**
     * The card that has this text.
     *
     * @throws IllegalArgumentException it is not the text of a card
     */
    static Card parse(String text) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (int from = 0; from < text.length(); ) {
            int end = text.indexOf('\n', from);
            int equals = text.indexOf('=', from);
            if (end < 0 || equals < 0 || equals > end) {
                throw new IllegalArgumentException("not a line of a card, at character " + from);
            }
            String key = text.substring(from, equals);
            if (entries.put(key, CardText.unescape(text.substring(equals + 1, end))) != null) {
                throw new IllegalArgumentException("twice in the card: " + key);
            }
            from = end + 1;
        }
        return new Card(entries);
    }
}
