package dev.pigeonhole.local.file;

/** Puts any text into one line that can be read, and back. Stateless. */
final class CardText {
    private static final int HALF_DIGITS = 4;

    private CardText() {}

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> append(c, escaped));
        return escaped.toString();
    }

    private static void append(int c, StringBuilder to) {
        switch (c) {
            case '\\' -> to.append("\\\\");
            case '\n' -> to.append("\\n");
            case '\r' -> to.append("\\r");
            case '\t' -> to.append("\\t");
            default -> {
                if (isPlain(c)) {
                    to.appendCodePoint(c);
                } else {
                    for (char half : Character.toChars(c)) {
                        to.append(String.format("\\u%04x", (int) half));
                    }
                }
            }
        }
    }

    /** Half characters have no UTF-8; what cannot be seen or ends a line would deceive a reader. */
    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** @throws IllegalArgumentException it was not written by {@link #escape} */
    static String unescape(String line) {
        StringBuilder text = new StringBuilder(line.length());
        int from = 0;
        for (int at = line.indexOf('\\'); at >= 0; at = line.indexOf('\\', from)) {
            text.append(line, from, at);
            from = at + 1 + unescape(line, at + 1, text);
        }
        return text.append(line, from, line.length()).toString();
    }

    /** Returns how many characters stand behind the backslash. */
    private static int unescape(String line, int at, StringBuilder to) {
        switch (at < line.length() ? line.charAt(at) : ' ') {
            case '\\' -> to.append('\\');
            case 'n' -> to.append('\n');
            case 'r' -> to.append('\r');
            case 't' -> to.append('\t');
            case 'u' -> {
                to.append(half(line, at + 1));
                return 1 + HALF_DIGITS;
            }
            default -> throw new IllegalArgumentException("not an escape, at character " + at);
        }
        return 1;
    }

    private static char half(String line, int from) {
        if (from + HALF_DIGITS > line.length()) {
            throw new IllegalArgumentException("an escape is cut short, at character " + from);
        }
        return (char) Integer.parseInt(line, from, from + HALF_DIGITS, 16);
    }
}
