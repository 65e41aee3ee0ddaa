package dev.pigeonhole.web.report;

/** Texts as parts of an HTML document. Stateless. */
final class Markup {
    private Markup() {}

    /** The text as content of an element or of an attribute in double quotes; what no document may hold becomes U+FFFD. */
    static String text(String text) {
        StringBuilder markup = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> markup.append("&amp;");
                case '<' -> markup.append("&lt;");
                case '>' -> markup.append("&gt;");
                case '"' -> markup.append("&quot;");
                case '\'' -> markup.append("&#39;");
                default -> markup.appendCodePoint(isForbidden(point) ? 0xFFFD : point);
            }
        });
        return markup.toString();
    }

    private static boolean isForbidden(int point) {
        boolean control = Character.isISOControl(point) && point != '\n' && point != '\t';
        return control || (point >= 0xD800 && point <= 0xDFFF);
    }

    /** JSON as content of a script element, where nothing is escaped: no character in it means anything to HTML. */
    static String json(String json) {
        return json.replace("&", "\\u0026")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
