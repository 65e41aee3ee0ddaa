package dev.pigeonhole.core.csv;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A table made from a seed, written as CSV in one of many ways; it knows what should be read from it. */
final class RandomTable {
    private static final List<String> PIECES = List.of(
            "a",
            "Hello",
            " ",
            "  ",
            "0",
            ",",
            ";",
            "\t",
            "|",
            "\"",
            "\"\"",
            "'",
            "\n",
            "\r",
            "\r\n",
            "\0",
            "é",
            "ß",
            "漢字",
            "日",
            "🐀",
            "👩‍👩‍👧",
            "שלום",
            "مرحبا",
            "\u202e",
            "\u2028",
            "\ufeff",
            "\ufffe",
            "#",
            "=1+1",
            "\\",
            "\u001f",
            "sep=;");
    private static final List<String> ENCODINGS = List.of(
            "UTF-8",
            "UTF-8",
            "UTF-8 BOM",
            "UTF-16LE BOM",
            "UTF-16BE BOM",
            "UTF-32LE BOM",
            "UTF-16LE",
            "windows-1252",
            "GB18030",
            "Shift_JIS",
            "Big5",
            "ISO-2022-JP",
            "ISO-8859-1");

    final List<List<String>> rows = new ArrayList<>();
    final List<String> raws = new ArrayList<>();
    final int width;
    final char delimiter;
    final Charset charset;
    final byte[] bytes;

    private final Random random;
    private final CharsetEncoder encoder;
    private final StringBuilder csv = new StringBuilder();

    RandomTable(long seed) {
        random = new Random(seed);
        width = 1 + random.nextInt(5);
        delimiter = width == 1 && random.nextBoolean() ? CsvDialect.NONE : ",;\t|^~".charAt(random.nextInt(6));
        String encoding = ENCODINGS.get(random.nextInt(ENCODINGS.size()));
        charset = Charset.forName(encoding.replace(" BOM", ""));
        encoder = charset.newEncoder();
        boolean bom = encoding.endsWith("BOM");
        int count = random.nextInt(10) == 0 ? 4_100 + random.nextInt(2_000) : random.nextInt(60);
        write(header());
        for (int row = 0; row < count; row++) {
            List<String> cells = count > 100 ? cells(3, 8_000) : cells(6, 300);
            rows.add(cells);
            raws.add(write(cells));
        }
        bytes = ((bom ? "\ufeff" : "") + csv).getBytes(charset);
    }

    /** The settings that leave nothing to be found out. */
    CsvSource described(CsvSource source) {
        return source.encoding(charset.name())
                .delimiter(delimiter == CsvDialect.NONE ? "auto" : String.valueOf(delimiter));
    }

    private List<String> header() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            names.add("c" + i);
        }
        return names;
    }

    private List<String> cells(int pieces, int longCells) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            StringBuilder cell = new StringBuilder();
            int length = random.nextInt(longCells) == 0 ? 9_000 + random.nextInt(30_000) : random.nextInt(pieces);
            for (int p = 0; p < length; p++) {
                String piece = PIECES.get(random.nextInt(PIECES.size()));
                cell.append(encoder.canEncode(piece) ? piece : "x");
            }
            cells.add(cell.toString());
        }
        return cells;
    }

    private String write(List<String> cells) {
        StringBuilder raw = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            raw.append(i == 0 ? "" : String.valueOf(delimiter)).append(quoted(cells.get(i)));
        }
        csv.append(raw).append(lineEnding(raw.length() == 0));
        return raw.toString();
    }

    private String quoted(String cell) {
        boolean must = cell.indexOf(delimiter) >= 0
                || cell.indexOf('\n') >= 0
                || cell.indexOf('\r') >= 0
                || cell.startsWith("\"");
        return must || random.nextInt(4) == 0 ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
    }

    /** After a CR, a line feed would belong to it: an empty record is then not ended by one. */
    private String lineEnding(boolean empty) {
        boolean afterCr = csv.length() > 0 && csv.charAt(csv.length() - 1) == '\r';
        String ending = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
        return empty && afterCr ? "\r" : ending;
    }
}
