package dev.pigeonhole.core.csv;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Recognises files that are no text. Stateless. */
final class FileKind {
    /** How a kind of file begins, and what a person can do with it. */
    private record Magic(String hex, String kind, String advice) {}

    private static final String EXPORT = "save the sheet as CSV (UTF-8) in the spreadsheet program, and name that file";
    private static final String UNPACK = "unpack it first, and name the CSV file that was inside";
    private static final String CONVERT = "export its rows as CSV, and name that file";
    private static final List<Magic> MAGICS = List.of(
            new Magic("504b0304", "a ZIP archive", UNPACK),
            new Magic("504b0506", "a ZIP archive", UNPACK),
            new Magic("d0cf11e0", "an old Office document, such as XLS", EXPORT),
            new Magic("1f8b", "a gzip file", UNPACK),
            new Magic("425a68", "a bzip2 file", UNPACK),
            new Magic("fd377a585a00", "an xz file", UNPACK),
            new Magic("28b52ffd", "a zstd file", UNPACK),
            new Magic("377abcaf271c", "a 7z archive", UNPACK),
            new Magic("255044462d", "a PDF document", CONVERT),
            new Magic("50415231", "a Parquet file", CONVERT),
            new Magic("53514c69746520666f726d6174", "a SQLite database", CONVERT));

    private static final Magic SPREADSHEET =
            new Magic("504b0304", "a spreadsheet (XLSX or ODS), not a CSV file", EXPORT);
    private static final int MAGIC_BYTES = 16;
    private static final int FEW_CONTROLS = 8;

    private FileKind() {}

    /** Refuses what begins like a well-known other kind of file. */
    static void refuseOther(Path path, byte[] sample) {
        String start = HexFormat.of().formatHex(sample, 0, Math.min(MAGIC_BYTES, sample.length));
        for (Magic magic : MAGICS) {
            // "BZh" and "PAR1" could begin a text, which would go on with text.
            if (start.startsWith(magic.hex) && (!isAscii(magic) || controls(sample) > 0)) {
                Magic found = isSpreadsheet(path, magic) ? SPREADSHEET : magic;
                throw Messages.refuse(
                        path, "this is " + found.kind + "; expected a CSV file. To go on, " + found.advice + ".");
            }
        }
    }

    /** Refuses what has the zeros of UTF-16, or too many control characters for a text. */
    static void refuseBinary(Path path, byte[] sample) {
        Charset wide = ZeroPattern.charset(sample);
        if (wide != null) {
            throw Messages.refuse(
                    path,
                    "this looks like " + wide.name() + " without a byte order mark (by its zero bytes);"
                            + " expected UTF-8. Use --encoding " + wide.name() + " if that is what it is.");
        }
        int controls = controls(sample);
        if (controls > FEW_CONTROLS && controls > sample.length / 20) {
            throw Messages.refuse(
                    path,
                    "this looks like a binary file (" + controls + " control characters in the first " + sample.length
                            + " bytes); expected CSV text. Name a CSV file, or its --encoding if it is one.");
        }
    }

    private static boolean isAscii(Magic magic) {
        return magic.hex.equals("425a68") || magic.hex.equals("50415231");
    }

    private static boolean isSpreadsheet(Path path, Magic magic) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return magic.hex.equals(SPREADSHEET.hex)
                && (name.endsWith(".xlsx") || name.endsWith(".xlsm") || name.endsWith(".ods"));
    }

    private static int controls(byte[] sample) {
        int controls = 0;
        for (byte b : sample) {
            boolean layout = b == '\t' || b == '\n' || b == '\r' || b == '\f' || b == 0x0b || b == 0x1b || b == 0x1f;
            controls += b >= 0 && b < ' ' && !layout ? 1 : 0;
        }
        return controls;
    }
}
