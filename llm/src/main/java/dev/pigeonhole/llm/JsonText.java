package dev.pigeonhole.llm;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** JSON strings that can stand in a prompt: always one line, and never with a pointed bracket. Stateless. */
final class JsonText {
    private static final int LONGEST_ESCAPE = 6;
    private static final HexFormat HEX = HexFormat.of();

    private JsonText() {}

    /** The text as a JSON string. */
    static String quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 16).append('"');
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSpecial(c)) {
                escape(json.append(text, done, i), c);
                done = i + 1;
            }
        }
        return json.append(text, done, text.length()).append('"').toString();
    }

    /** The bytes that it takes at most as a JSON string, quotes left out. */
    static int mostBytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += isSpecial(c) ? LONGEST_ESCAPE : c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        return bytes;
    }

    private static boolean isSpecial(char c) {
        return c < ' '
                || c == '"'
                || c == '\\'
                || c == '<'
                || c == '>'
                || (c >= 0x7f && (c < 0xa0 || c == '\u2028' || c == '\u2029'));
    }

    /** The texts as a JSON array. */
    static String array(List<String> texts) {
        return texts.stream().map(JsonText::quote).collect(Collectors.joining(",", "[", "]"));
    }

    private static void escape(StringBuilder json, char c) {
        switch (c) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default -> json.append("\\u" + HEX.toHexDigits(c));
        }
    }
}
