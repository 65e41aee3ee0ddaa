package dev.pigeonhole.llm;

import dev.pigeonhole.llm.money.TokenCounter;
import java.text.Normalizer;

/**
 * The text of a record as it is sent. Immutable.
 *
 * @param text in normal form C, without characters that cannot be seen, and no longer than allowed
 * @param cut whether some of its middle was left out
 */
record RecordText(String text, boolean cut) {
    private static final String GAP = " [\u2026] ";
    /** No language needs so many characters for a token over a whole text; what is longer is cut before it is counted. */
    private static final int MOST_CHARS_PER_TOKEN = 12;

    /** @param maxTokens most tokens to keep, at least 16 */
    static RecordText of(String raw, int maxTokens, TokenCounter counter) {
        int maxChars = maxTokens * MOST_CHARS_PER_TOKEN;
        String near = headAndTail(raw, maxChars);
        String clean = clean(near);
        boolean cut = near.length() < raw.length();
        String ends = headAndTail(clean, maxChars);
        if (ends.length() == clean.length() && counter.fits(clean, maxTokens)) {
            return new RecordText(clean, cut);
        }
        return new RecordText(fit(clean, maxTokens, counter), true);
    }

    /** Keeps about as much of the two ends as fits; goes by the tokens a character takes, so that few counts are needed. */
    private static String fit(String text, int maxTokens, TokenCounter counter) {
        int chars = Math.min(text.length(), maxTokens * MOST_CHARS_PER_TOKEN);
        while (true) {
            String kept = headAndTail(text, chars);
            int tokens = counter.count(kept);
            if (tokens <= maxTokens || chars == 0) {
                return kept;
            }
            chars = (int) Math.min(chars - 1L, (long) chars * maxTokens / tokens);
        }
    }

    /** Two thirds of what is kept come from the beginning: there people say what they want. */
    private static String headAndTail(String text, int chars) {
        if (text.length() <= chars) {
            return text;
        }
        int head = border(text, chars - chars / 3);
        int tail = border(text, text.length() - chars / 3);
        return text.substring(0, head) + GAP + text.substring(tail);
    }

    private static int border(String text, int index) {
        boolean inside = index > 0
                && index < text.length()
                && Character.isLowSurrogate(text.charAt(index))
                && Character.isHighSurrogate(text.charAt(index - 1));
        return inside ? index - 1 : index;
    }

    private static String clean(String raw) {
        return isPlain(raw) ? raw.strip() : cleaned(raw);
    }

    /** Of what most records are made alone: nothing of it is ever changed. */
    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if ((c < ' ' && c != '\n' && c != '\t') || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static String cleaned(String raw) {
        StringBuilder kept = new StringBuilder(raw.length());
        raw.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.SURROGATE -> kept.append('\ufffd');
                case Character.CONTROL -> kept.append(c == '\n' || c == '\t' ? (char) c : ' ');
                case Character.FORMAT -> {} // No shape of its own: zero width, direction, hidden tags.
                default -> kept.appendCodePoint(c);
            }
        });
        return Normalizer.normalize(kept, Normalizer.Form.NFC).strip();
    }
}
