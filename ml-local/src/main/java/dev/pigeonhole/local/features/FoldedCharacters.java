package dev.pigeonhole.local.features;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * A text reduced to its words: Unicode compatibility form, case and accents folded, one space before and after each word, nothing
 * else. A word is a run of letters, digits and marks of any script; a symbol such as an emoji or a currency sign is a word by itself.
 * A buffer to use again for the next text; not thread-safe.
 */
final class FoldedCharacters {
    /** More of a text is not looked at, in UTF-16 units: what it is about has been said by then; time and memory stay bounded. */
    static final int MAX_LENGTH = 16_384;

    private static final int ASCII = 0x80;
    private static final int FINAL_SIGMA = 'ς';
    private static final int SIGMA = 'σ';
    private static final int SHARP_S = 'ß';
    private static final int ZERO_WIDTH_SPACE = 0x200B;

    private int[] codePoints = new int[256];
    private int length;

    /** Starts with a space, ends with a space, never has two in a row; a single space when the text has no words. */
    int[] codePoints() {
        return codePoints;
    }

    /** How many of the code points are the text's; what is behind is left from others. */
    int length() {
        return length;
    }

    void read(String text) {
        int looked = Math.min(text.length(), MAX_LENGTH);
        length = 0;
        codePoints[length++] = ' ';
        if (!readAscii(text, looked)) {
            length = 1;
            readUnicode(composed(text.substring(0, looked)));
        }
        endWord();
    }

    /** False as soon as something else than ASCII is met. */
    private boolean readAscii(String text, int looked) {
        reserve(2 * looked + 2);
        for (int i = 0; i < looked; i++) {
            char c = text.charAt(i);
            if (c >= ASCII) {
                return false;
            }
            addAscii(c);
        }
        return true;
    }

    private void readUnicode(String text) {
        reserve(4 * text.length() + 2);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c < ASCII) {
                addAscii(c);
            } else if (Character.isLetterOrDigit(c) || isMark(c)) {
                addLetter(c);
            } else if (isSymbol(c)) {
                addAlone(c);
            } else if (!isInvisible(c)) {
                endWord();
            }
        }
    }

    private void addAscii(int c) {
        int lower = c | 0x20;
        if (lower >= 'a' && lower <= 'z' && c >= 'A') {
            codePoints[length++] = lower;
        } else if (c >= '0' && c <= '9') {
            codePoints[length++] = c;
        } else if (c == '$') {
            addAlone(c);
        } else {
            endWord();
        }
    }

    /** Upper case first: it joins what lower case alone keeps apart. */
    private void addLetter(int c) {
        int folded = Character.toLowerCase(Character.toUpperCase(c));
        if (c == SHARP_S || folded == SHARP_S) {
            codePoints[length++] = 's';
            codePoints[length++] = 's';
        } else {
            codePoints[length++] = folded == FINAL_SIGMA ? SIGMA : folded;
        }
    }

    private void addAlone(int c) {
        endWord();
        codePoints[length++] = c;
        codePoints[length++] = ' ';
    }

    private void endWord() {
        if (codePoints[length - 1] != ' ') {
            codePoints[length++] = ' ';
        }
    }

    private void reserve(int size) {
        if (codePoints.length < size) {
            codePoints = Arrays.copyOf(codePoints, size);
        }
    }

    /** Taken apart to drop accents, put together again for the scripts whose letters are made of parts, such as Hangul. */
    private static String composed(String text) {
        String parts = Normalizer.normalize(text, Normalizer.Form.NFKD);
        StringBuilder kept = new StringBuilder(parts.length());
        for (int i = 0; i < parts.length(); i++) {
            if (!isAccent(parts.charAt(i))) {
                kept.append(parts.charAt(i));
            }
        }
        return Normalizer.normalize(kept, Normalizer.Form.NFC);
    }

    /**
     * Signs that people leave out when in a hurry: accents of Latin, Greek and Cyrillic, vowel points of Hebrew and Arabic, variation
     * selectors. The vowel signs of India's scripts and the voice marks of Japan's are not among them: they make another word.
     */
    private static boolean isAccent(char c) {
        return (c >= '\u0300' && c <= '\u036F')
                || (c >= '\u0591' && c <= '\u05BD')
                || c == '\u05C1'
                || c == '\u05C2'
                || (c >= '\u064B' && c <= '\u0652')
                || (c >= '\uFE00' && c <= '\uFE0F');
    }

    /** Vowel signs, without which the words of many scripts fall apart. */
    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    /** Soft hyphens, joiners, marks of direction: within a word they part nothing. The zero-width space does. */
    private static boolean isInvisible(int c) {
        return c != ZERO_WIDTH_SPACE && Character.getType(c) == Character.FORMAT;
    }

    private static boolean isSymbol(int c) {
        int type = Character.getType(c);
        return type == Character.OTHER_SYMBOL || type == Character.CURRENCY_SYMBOL;
    }
}
