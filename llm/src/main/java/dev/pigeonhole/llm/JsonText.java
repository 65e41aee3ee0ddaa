package dev.pigeonhole.llm;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** JSON strings that can stand in a prompt: always one line, and never with a pointed bracket. Stateless. */
final class JsonText {
    private static final HexFormat HEX = HexFormat.of();

    private JsonText() {}

    /** The text as a JSON string. */
    static String quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            append(json, text.charAt(i));
        }
        return json.append('"').toString();
    }

    /** The texts as a JSON array. */
    static String array(List<String> texts) {
        return texts.stream().map(JsonText::quote).collect(Collectors.joining(",", "[", "]"));
    }

    private static void append(StringBuilder json, char c) {
        switch (c) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            case '<', '>', '\u2028', '\u2029' -> json.append("\\u" + HEX.toHexDigits(c));
            default -> {
                if (Character.isISOControl(c)) {
                    json.append("\\u" + HEX.toHexDigits(c));
                } else {
                    json.append(c);
                }
            }
        }
    }
}
