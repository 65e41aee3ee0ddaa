package dev.pigeonhole.llm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Phrases with which texts give orders to a model. A text that holds one is asked about alone, so that it can harm no other; it is
 * never refused for that. Immutable.
 */
final class InjectionPhrases {
    private static final String FILE = "injection-phrases.txt";
    /** Stands in a phrase for anything of at most {@link #LONGEST_GAP}. */
    private static final String GAP = "\u2026";

    private static final int LONGEST_GAP = 60;

    private final List<List<String>> phrases;

    /** @param phrases each one in parts that follow each other at a short distance, with an ellipsis between them */
    InjectionPhrases(List<String> phrases) {
        this.phrases = phrases.stream()
                .map(phrase ->
                        Stream.of(phrase.split(GAP)).map(InjectionPhrases::fold).toList())
                .toList();
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
        return phrases.stream().anyMatch(parts -> holds(folded, parts));
    }

    private static boolean holds(String text, List<String> parts) {
        String first = parts.get(0);
        for (int at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
            if (follow(text, at + first.length(), parts)) {
                return true;
            }
        }
        return false;
    }

    private static boolean follow(String text, int from, List<String> parts) {
        int end = from;
        for (String part : parts.subList(1, parts.size())) {
            int at = text.indexOf(part, end);
            if (at < 0 || at > end + LONGEST_GAP) {
                return false;
            }
            end = at + part.length();
        }
        return true;
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
