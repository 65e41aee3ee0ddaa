package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.csv.RaggedPolicy;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How a file is read. Immutable. */
record Reading(String encoding, String delimiter, RaggedPolicy ragged, boolean lenientQuotes, boolean replaceBadBytes) {
    static final Reading AUTO = new Reading("auto", "auto", RaggedPolicy.AUTO, false, false);

    private static final int MOST_CHARS = 40;
    private static final List<String> POLICIES =
            Stream.of(RaggedPolicy.values()).map(Reading::name).toList();

    static Reading of(Fields fields) {
        Reading reading = new Reading(
                usable(fields, "encoding", name -> source().encoding(name)),
                usable(fields, "delimiter", name -> source().delimiter(name)),
                ragged(fields),
                fields.flag("lenientQuotes", false),
                fields.flag("replaceBadBytes", false));
        fields.end();
        return reading;
    }

    CsvSource of(Path input) {
        return CsvSource.of(input)
                .encoding(encoding)
                .delimiter(delimiter)
                .ragged(ragged)
                .lenientQuotes(lenientQuotes)
                .replaceBadBytes(replaceBadBytes);
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("encoding", encoding);
        map.put("delimiter", delimiter);
        map.put("ragged", name(ragged));
        map.put("lenientQuotes", lenientQuotes);
        map.put("replaceBadBytes", replaceBadBytes);
        return map;
    }

    private static CsvSource source() {
        return CsvSource.of(Path.of(""));
    }

    private interface Setting {
        CsvSource set(String value);
    }

    private static String usable(Fields fields, String name, Setting setting) {
        String value = fields.text(name, "auto", MOST_CHARS);
        try {
            setting.set(value);
        } catch (ConfigurationException e) {
            fields.wrong(name, e.getMessage().replaceFirst("^--\\w+ ", ""));
        }
        return value;
    }

    private static RaggedPolicy ragged(Fields fields) {
        String typed = fields.text("ragged", "auto", MOST_CHARS);
        for (RaggedPolicy policy : RaggedPolicy.values()) {
            if (name(policy).equals(typed)) {
                return policy;
            }
        }
        fields.wrong("ragged", "must be one of " + String.join(", ", POLICIES));
        return RaggedPolicy.AUTO;
    }

    private static String name(RaggedPolicy policy) {
        return policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
