package dev.pigeonhole.llm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Phrases with which texts give orders to a model. A text that holds one is asked about alone, so that it can harm no other; it is
 * never refused for that. Immutable.
 */
final class InjectionPhrases {
    private static final String FILE = "injection-phrases.txt";

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

    /** In normal form KC, in small letters, with one space in place of all that stands between words. */
    private static String fold(String text) {
        String normal = Normalizer.isNormalized(text, Normalizer.Form.NFKC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFKC);
        String lower = normal.toLowerCase(Locale.ROOT);
        StringBuilder folded = new StringBuilder(lower.length());
        boolean between = false;
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (isBetweenWords(c)) {
                between = true;
                continue;
            }
            if (between && !folded.isEmpty()) {
                folded.append(' ');
            }
            between = false;
            folded.append(c);
        }
        return folded.toString();
    }

    /** White space and punctuation of ASCII; every record goes through here, and a pattern takes ten times as long. */
    private static boolean isBetweenWords(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || (c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c));
    }
}
