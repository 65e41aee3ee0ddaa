package dev.pigeonhole.llm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
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

    /** Of how many characters at the beginning of a phrase its slot is made, if no phrase is shorter. */
    private static final int LONGEST_KEY = 5;

    private static final int SLOTS = 1 << 12;

    private final int key;

    /** The phrases by what they begin with: a text is gone through once, and few places in it are worth a second look. */
    private final List<List<List<String>>> slots;

    /** @param phrases each one in parts that follow each other at a short distance, with an ellipsis between them */
    InjectionPhrases(List<String> phrases) {
        List<List<String>> folded = phrases.stream()
                .map(phrase ->
                        Stream.of(phrase.split(GAP)).map(InjectionPhrases::fold).toList())
                .toList();
        this.key = folded.stream().mapToInt(parts -> parts.get(0).length()).reduce(LONGEST_KEY, Math::min);
        this.slots = new ArrayList<>(Collections.nCopies(SLOTS, List.of()));
        for (List<String> parts : folded) {
            int slot = slot(parts.get(0), 0);
            List<List<String>> more = new ArrayList<>(slots.get(slot));
            more.add(parts);
            slots.set(slot, List.copyOf(more));
        }
    }

    private int slot(String text, int from) {
        int hash = 0;
        for (int i = from; i < from + key; i++) {
            hash = hash * 31 + text.charAt(i);
        }
        return (hash ^ hash >>> 12) & (SLOTS - 1);
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
        for (int at = 0; at + key <= folded.length(); at++) {
            List<List<String>> candidates = slots.get(slot(folded, at));
            if (!candidates.isEmpty() && holds(folded, at, candidates)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(String text, int at, List<List<String>> candidates) {
        for (List<String> parts : candidates) {
            String first = parts.get(0);
            if (text.startsWith(first, at) && follow(text, at + first.length(), parts)) {
                return true;
            }
        }
        return false;
    }

    private static boolean follow(String text, int from, List<String> parts) {
        int end = from;
        for (String part : parts.subList(1, parts.size())) {
            int last = Math.min(end + LONGEST_GAP, text.length() - part.length());
            int at = end;
            while (at <= last && !text.startsWith(part, at)) {
                at++;
            }
            if (at > last) {
                return false;
            }
            end = at + part.length();
        }
        return true;
    }

    /** In normal form KC, in small letters, with one space in place of all that stands between words. */
    private static String fold(String text) {
        String lower = lower(text);
        char[] folded = new char[lower.length()];
        int length = 0;
        boolean between = false;
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (isBetweenWords(c)) {
                between = length > 0;
                continue;
            }
            if (between) {
                folded[length++] = ' ';
                between = false;
            }
            folded[length++] = c;
        }
        return new String(folded, 0, length);
    }

    private static String lower(String text) {
        String normal = Normalizer.isNormalized(text, Normalizer.Form.NFKC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFKC);
        return normal.toLowerCase(Locale.ROOT);
    }

    /** White space and punctuation of ASCII; every record goes through here, and a pattern takes ten times as long. */
    private static boolean isBetweenWords(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || (c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c));
    }
}
