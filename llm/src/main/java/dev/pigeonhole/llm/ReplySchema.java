package dev.pigeonhole.llm;

import dev.pigeonhole.core.Digest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How the server is told to lay out an answer. The same number of records gives the same bytes, so that its caches work.
 * Thread-safe.
 */
final class ReplySchema {
    /** What strict schemas of the large providers may hold at most. */
    private static final int MOST_ENUM_VALUES = 1_000;

    private static final int MOST_VALUES_OF_A_LONG_ENUM = 250;
    private static final int MOST_CHARS_OF_A_LONG_ENUM = 15_000;
    private static final int MOST_CHARS = 100_000;
    private static final int NAME_DIGITS = 16;

    private final List<String> words;
    private final String catalogue;
    private final long chars;
    private final Map<Key, ReplyFormat> formats = new ConcurrentHashMap<>();

    private record Key(ReplyMode mode, int count) {}

    ReplySchema(List<String> words) {
        this.words = List.copyOf(words);
        this.catalogue = Digest.sha256(String.join("\n", words)).substring(0, NAME_DIGITS);
        this.chars = words.stream().mapToLong(String::length).sum();
    }

    /**
     * The best mode whose schema stays within the limits of the large providers, whether or not they count a shared enumeration
     * once for each use. So many or so long names that no schema can list them are asked for without one: the answer is checked
     * in any case.
     */
    ReplyMode best(int count) {
        boolean enumerable = chars <= MOST_CHARS
                && (words.size() <= MOST_VALUES_OF_A_LONG_ENUM || chars <= MOST_CHARS_OF_A_LONG_ENUM);
        if (enumerable && (long) count * words.size() <= MOST_ENUM_VALUES) {
            return ReplyMode.KEYED;
        }
        return enumerable && count + words.size() <= MOST_ENUM_VALUES ? ReplyMode.ARRAY : ReplyMode.JSON_OBJECT;
    }

    ReplyFormat format(ReplyMode mode, int count) {
        return switch (mode) {
            case KEYED, ARRAY -> formats.computeIfAbsent(new Key(mode, count), this::schema);
            case JSON_OBJECT -> new ReplyFormat.JsonObject();
            case LINES -> new ReplyFormat.Text();
        };
    }

    private ReplyFormat schema(Key key) {
        RecordIds ids = new RecordIds(key.count());
        List<String> all = IntStream.range(0, key.count()).mapToObj(ids::id).toList();
        boolean keyed = key.mode() == ReplyMode.KEYED;
        String name = (keyed ? "labels_n" : "label_list_n") + key.count() + "_" + catalogue;
        return new ReplyFormat.JsonSchema(name, keyed ? keyed(all) : array(all));
    }

    private String keyed(List<String> ids) {
        String properties = ids.stream()
                .map(id -> JsonText.quote(id) + ":{\"$ref\":\"#/$defs/c\"}")
                .collect(Collectors.joining(","));
        return "{\"type\":\"object\",\"properties\":{" + properties + "},\"required\":" + JsonText.array(ids)
                + ",\"additionalProperties\":false,\"$defs\":{\"c\":" + enumeration(words) + "}}";
    }

    private String array(List<String> ids) {
        return "{\"type\":\"object\",\"properties\":{\"results\":{\"type\":\"array\",\"minItems\":" + ids.size()
                + ",\"maxItems\":" + ids.size() + ",\"items\":{\"type\":\"object\",\"properties\":{\"id\":"
                + enumeration(ids) + ",\"category\":" + enumeration(words)
                + "},\"required\":[\"id\",\"category\"],\"additionalProperties\":false}}},"
                + "\"required\":[\"results\"],\"additionalProperties\":false}";
    }

    private static String enumeration(List<String> values) {
        return "{\"type\":\"string\",\"enum\":" + JsonText.array(values) + "}";
    }
}
