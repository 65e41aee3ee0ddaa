package dev.pigeonhole.llm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what JSON there is in an answer: an object with a key for each record, or a list of objects with id and category, bare or
 * inside of another object, in prose or not, whole or broken off. Not thread-safe.
 *
 * <p>An entry counts when it is closed. Where the JSON breaks off, the last entry is dropped: nobody can tell whether it was meant
 * to end there.
 */
final class JsonReader {
    private static final int DEEPEST = 50;
    private static final int MOST_STARTS = 1_000;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(ReplyParser.MOST_CHARS)
                    .maxNameLength(10_000)
                    .build())
            .build();

    private record Entry(String id, Optional<String> word) {}

    private final Reply reply;
    private final List<Entry> entries = new ArrayList<>();

    JsonReader(Reply reply) {
        this.reply = reply;
    }

    void read(String text) {
        char[] chars = text.toCharArray();
        int from = nextStart(chars, 0);
        boolean found = false;
        for (int starts = 0; from < chars.length && starts < MOST_STARTS; starts++) {
            int end = readValue(chars, from);
            found |= !entries.isEmpty();
            entries.forEach(entry -> reply.add(entry.id(), entry.word()));
            entries.clear();
            from = nextStart(chars, end);
        }
        if (!found && reply.isEmpty()) {
            reply.breaksOff();
        }
    }

    private static int nextStart(char[] chars, int from) {
        int at = from;
        while (at < chars.length && chars[at] != '{' && chars[at] != '[') {
            at++;
        }
        return at;
    }

    /** Reads one value, as far as it goes. Returns where to read on. */
    private int readValue(char[] chars, int from) {
        try (JsonParser parser = FACTORY.createParser(chars, from, chars.length - from)) {
            try {
                readNext(parser, parser.nextToken());
            } catch (IOException e) {
                breakOff(); // Not JSON from here on. What the exception says would quote the answer.
            }
            return from + Math.max(1, (int) parser.currentLocation().getCharOffset());
        } catch (IOException e) {
            throw new IllegalStateException("characters in memory cannot fail to be read", e);
        }
    }

    private void breakOff() {
        if (!entries.isEmpty()) {
            entries.remove(entries.size() - 1);
            reply.breaksOff();
        }
    }

    private void readNext(JsonParser parser, JsonToken token) throws IOException {
        if (token == JsonToken.START_OBJECT) {
            readObject(parser);
        } else if (token == JsonToken.START_ARRAY) {
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                readNext(parser, next);
            }
        }
    }

    private void readObject(JsonParser parser) throws IOException {
        List<Optional<String>> ids = new ArrayList<>();
        List<Optional<String>> words = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (key) {
                case "id" -> ids.add(word(parser, value));
                case "category" -> words.add(word(parser, value));
                default -> readField(parser, key, value);
            }
        }
        addPair(ids, words);
    }

    private void readField(JsonParser parser, String key, JsonToken value) throws IOException {
        if (!value.isStructStart() || RecordIds.looksLikeId(key)) {
            entries.add(new Entry(key, word(parser, value)));
        } else {
            readNext(parser, value);
        }
    }

    /** A string; whatever else it is, it is no word. */
    private static Optional<String> word(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            return Optional.of(parser.getText());
        }
        parser.skipChildren();
        return Optional.empty();
    }

    private void addPair(List<Optional<String>> ids, List<Optional<String>> words) {
        for (Optional<String> id : ids) {
            if (ids.size() > 1 || words.isEmpty()) {
                entries.add(new Entry(id.orElse(""), Optional.empty()));
            } else {
                words.forEach(word -> entries.add(new Entry(id.orElse(""), word)));
            }
        }
    }
}
