package dev.pigeonhole.openai;

import dev.pigeonhole.llm.ChatRequest;
import java.util.regex.Pattern;

/** Makes what a server said fit to be shown and stored: one line, short, without the key and without the request. Immutable. */
final class Plain {
    private static final int LONGEST = 200;
    private static final int LONGEST_CODE = 60;

    /** Longer pieces that also stand in the request are taken to be quoted from it. */
    private static final int SHORTEST_QUOTE = 12;

    /** How keys look, also those of others, and with their middle blotted out. */
    private static final Pattern KEY = Pattern.compile("sk-[A-Za-z0-9_*.-]{6,}");

    /** What may be quoted from a text that is not known here: a longer piece in quotes, and all from a piece of JSON on. */
    private static final Pattern QUOTED = Pattern.compile(
            "\"[^\"]{24,}\"|`[^`]{24,}`|(?<![\\p{L}\\p{N}])'(?:[^']|'(?=\\p{L})){24,}'|\\{.*|\\[(?!key\\]).*",
            Pattern.DOTALL);

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]{1," + LONGEST_CODE + "}");

    private final ApiKey key;

    Plain(ApiKey key) {
        this.key = key;
    }

    String text(String said, ChatRequest request) {
        String line = cut(withoutKey(said), 2 * LONGEST);
        return cut(oneLine(withoutQuotes(line, request.user() + "\n" + request.system())), LONGEST);
    }

    String code(String said, ChatRequest request) {
        return cut(text(said, request), LONGEST_CODE);
    }

    /** What was said about a text that is not at hand to compare it with: without what looks as if it were quoted. */
    String withoutQuoted(String said) {
        String line = QUOTED.matcher(cut(withoutKey(said), 2 * LONGEST)).replaceAll("[…]");
        return cut(oneLine(line), LONGEST);
    }

    /** A word as servers use them for codes, or nothing. */
    String word(String said) {
        String word = withoutKey(said);
        return WORD.matcher(word).matches() ? word : "";
    }

    private String withoutKey(String said) {
        String masked = key == ApiKey.NONE_NEEDED ? said : said.replace(key.value(), "[key]");
        return KEY.matcher(masked).replaceAll("[key]");
    }

    private static String withoutQuotes(String said, String request) {
        StringBuilder kept = new StringBuilder();
        int at = 0;
        while (at < said.length()) {
            int end = endOfQuote(said, at, request);
            if (end > at) {
                kept.append("[…]");
                at = end;
            } else {
                kept.append(said.charAt(at++));
            }
        }
        return kept.toString();
    }

    /** Where a piece of the request ends that begins here; the same place if none does. */
    private static int endOfQuote(String said, int from, String request) {
        int end = from + SHORTEST_QUOTE;
        if (end > said.length() || !request.contains(said.substring(from, end))) {
            return from;
        }
        while (end < said.length() && request.contains(said.substring(from, end + 1))) {
            end++;
        }
        return end;
    }

    private static String oneLine(String said) {
        StringBuilder line = new StringBuilder();
        said.codePoints().map(c -> isShown(c) ? c : ' ').forEach(line::appendCodePoint);
        return line.toString().strip().replaceAll(" {2,}", " ");
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }
}
