package dev.pigeonhole.llm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Phrases with which texts give orders to a model. A text that holds one is asked about alone, so that it can harm no other; it is
 * never refused for that. Immutable.
 */
final class InjectionPhrases {
    private static final String FILE = "injection-phrases.txt";
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\\p{Punct}]+");

    private final List<String> phrases;

    InjectionPhrases(List<String> phrases) {
        this.phrases = phrases.stream().map(InjectionPhrases::fold).toList();
    }

    /** The list that comes with the program. */
    static InjectionPhrases bundled() {
        try (InputStream file = Objects.requireNonNull(InjectionPhrases.class.getResourceAsStream(FILE), FILE)) {
            return new InjectionPhrases(new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
    }

    boolean in(RecordText record) {
        String folded = fold(record.text());
        return phrases.stream().anyMatch(folded::contains);
    }

    private static String fold(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return BETWEEN_WORDS.matcher(folded).replaceAll(" ").strip();
    }
}
