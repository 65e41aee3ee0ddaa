package dev.pigeonhole.fakellm;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Texts with their categories, from a file. Immutable, so thread-safe. */
final class LabelledTexts implements Oracle {
    /** Letters that are enough to tell a text that was cut from others. */
    private static final int BEGINNING = 80;

    private final Map<String, String> whole = new HashMap<>();
    private final Map<String, String> beginnings = new HashMap<>();

    static LabelledTexts read(Path csv, List<String> textColumns, String labelColumn) throws IOException {
        LabelledTexts texts = new LabelledTexts();
        try (BufferedReader reader = Files.newBufferedReader(csv)) {
            CsvRows rows = new CsvRows(reader);
            List<String> header = rows.next();
            if (header == null) {
                throw new IOException(csv + " is empty");
            }
            List<Integer> columns = textColumns.stream().map(header::indexOf).toList();
            int label = header.indexOf(labelColumn);
            if (label < 0 || columns.contains(-1)) {
                throw new IOException(
                        csv + " has the columns " + header + ", not " + textColumns + " and " + labelColumn);
            }
            for (List<String> row = rows.next(); row != null; row = rows.next()) {
                texts.add(row, columns, label);
            }
        }
        return texts;
    }

    private void add(List<String> row, List<Integer> columns, int label) {
        if (row.size() > label) {
            String text = letters(columns.stream()
                    .map(column -> column < row.size() ? row.get(column) : "")
                    .reduce("", (all, value) -> all + "\n" + value));
            whole.put(text, row.get(label));
            if (text.length() > BEGINNING) {
                beginnings.put(text.substring(0, BEGINNING), row.get(label));
            }
        }
    }

    @Override
    public String categoryOf(String text, List<String> categories) {
        String letters = letters(text);
        String label = whole.get(letters);
        if (label == null && letters.length() > BEGINNING) {
            label = beginnings.get(letters.substring(0, BEGINNING));
        }
        return label == null ? Categories.noneOf(categories) : label;
    }

    /** What is left of a text when all that may change on its way is taken away. */
    private static String letters(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFC)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /** Reads CSV after RFC 4180, as far as a file of labels needs it. */
    static final class CsvRows {
        private final BufferedReader reader;
        private int ahead;

        CsvRows(BufferedReader reader) throws IOException {
            this.reader = reader;
            this.ahead = reader.read();
            if (ahead == 0xFEFF) {
                advance();
            }
        }

        /** The next row that is not an empty line; null at the end. */
        @Nullable
        List<String> next() throws IOException {
            while (ahead == '\n' || ahead == '\r') {
                advance();
            }
            if (ahead < 0) {
                return null;
            }
            List<String> row = new ArrayList<>();
            row.add(value());
            while (ahead == ',') {
                advance();
                row.add(value());
            }
            return row;
        }

        private String value() throws IOException {
            StringBuilder value = new StringBuilder();
            if (ahead == '"') {
                quoted(value);
            }
            while (ahead >= 0 && ahead != ',' && ahead != '\n' && ahead != '\r') {
                value.append((char) advance());
            }
            return value.toString();
        }

        private void quoted(StringBuilder value) throws IOException {
            advance();
            while (ahead >= 0) {
                int c = advance();
                if (c == '"' && ahead != '"') {
                    return;
                }
                if (c == '"') {
                    advance();
                }
                value.append((char) c);
            }
        }

        private int advance() throws IOException {
            int c = ahead;
            ahead = reader.read();
            return c;
        }
    }
}
