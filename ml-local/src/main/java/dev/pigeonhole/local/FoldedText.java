package dev.pigeonhole.local;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * A text reduced to its words: Unicode compatibility form, case folded, one space before and after each word, nothing else. Works
 * for any script: a word is a run of letters, digits and marks; an ideograph, or a symbol such as an emoji, is a word by itself.
 * Immutable.
 */
final class FoldedText {
    /** Longer texts are cut here, in UTF-16 units: what a text is about has been said by then, and time stays bounded. */
    static final int MAX_LENGTH = 16_384;

    private static final int FINAL_SIGMA = 'ς';
    private static final int SIGMA = 'σ';

    private final int[] codePoints;

    private FoldedText(int[] codePoints) {
        this.codePoints = codePoints;
    }

    static FoldedText of(String text) {
        String folded = fold(cut(text));
        int[] words = new int[2 * folded.length() + 2];
        int length = 0;
        words[length++] = ' ';
        for (int i = 0; i < folded.length(); ) {
            int c = folded.codePointAt(i);
            i += Character.charCount(c);
            boolean alone = isAlone(c);
            if ((alone || !isWordPart(c)) && words[length - 1] != ' ') {
                words[length++] = ' ';
            }
            if (alone) {
                words[length++] = c;
                words[length++] = ' ';
            } else if (isWordPart(c)) {
                words[length++] = c;
            }
        }
        if (words[length - 1] != ' ') {
            words[length++] = ' ';
        }
        return new FoldedText(Arrays.copyOf(words, length));
    }

    /** Starts with a space, ends with a space, never has two in a row; a single space when the text has no words. */
    int[] codePoints() {
        return codePoints;
    }

    private static String cut(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1));
        return text.substring(0, splitsPair ? MAX_LENGTH - 1 : MAX_LENGTH);
    }

    /** Upper case first: it joins what lower case alone keeps apart, such as "ß" and "ss". */
    private static String fold(String text) {
        if (isAscii(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        String upper = Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
        return upper.codePoints()
                .map(Character::toLowerCase)
                .map(c -> c == FINAL_SIGMA ? SIGMA : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWordPart(int c) {
        if (c < 0x80) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        }
        return Character.isLetterOrDigit(c) || isMark(c);
    }

    /** Vowel signs and accents, without which the words of many scripts fall apart. */
    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isAlone(int c) {
        if (c < 0x80) {
            return c == '$';
        }
        int type = Character.getType(c);
        return Character.isIdeographic(c) || type == Character.OTHER_SYMBOL || type == Character.CURRENCY_SYMBOL;
    }
}
