package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Turns away what is plainly no CSV file, with advice for people. What may be one is left to the reader of CSV. Stateless. */
final class FileSniff {
    private static final int SAMPLE = 8_192;
    private static final int MAGIC_BYTES = 16;
    private static final String ARCHIVE = "Unpack it and choose the CSV file that is inside.";
    private static final String EXPORT = "Export it as CSV and try again.";

    /** @param hex how such files begin */
    private record Kind(String hex, String what, String advice) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("504b0506", "an empty archive (.zip)", ARCHIVE),
            new Kind("d0cf11e0", "an old office document (such as .xls)", EXPORT),
            new Kind("1f8b", "a packed file (.gz)", ARCHIVE),
            new Kind("fd377a585a00", "a packed file (.xz)", ARCHIVE),
            new Kind("28b52ffd", "a packed file (.zst)", ARCHIVE),
            new Kind("377abcaf271c", "an archive (.7z)", ARCHIVE),
            new Kind("526172211a07", "an archive (.rar)", ARCHIVE),
            new Kind("255044462d", "a PDF document", EXPORT),
            new Kind("53514c69746520666f726d617420", "a database (SQLite)", "Export a table as CSV and try again."),
            new Kind("89504e470d0a1a0a", "a picture (.png)", "Choose a CSV file."),
            new Kind("ffd8ff", "a picture (.jpg)", "Choose a CSV file."),
            new Kind("7f454c46", "a program", "Choose a CSV file."),
            new Kind("4d5a9000", "a program", "Choose a CSV file."));

    private FileSniff() {}

    /**
     * @throws ProblemException it is something else
     */
    static void requireText(Path file) {
        byte[] start = start(file);
        String hex = HexFormat.of().formatHex(start, 0, Math.min(MAGIC_BYTES, start.length));
        if (hex.startsWith("504b0304")) {
            throw refusal(insideZip(new String(start, StandardCharsets.ISO_8859_1)));
        }
        KINDS.stream().filter(kind -> hex.startsWith(kind.hex)).findFirst().ifPresent(kind -> {
            throw refusal(kind);
        });
        String text =
                new String(start, StandardCharsets.ISO_8859_1).stripLeading().toLowerCase(Locale.ROOT);
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
            throw refusal(new Kind("", "a web page (HTML)", EXPORT));
        }
    }

    private static Kind insideZip(String start) {
        if (start.contains("[Content_Types].xml") || start.contains("xl/") || start.contains("_rels/")) {
            return new Kind("", start.contains("word/") ? "a document (.docx)" : "a spreadsheet file (.xlsx)", EXPORT);
        } else if (start.contains("opendocument")) {
            return new Kind("", "a spreadsheet file (.ods)", EXPORT);
        }
        return new Kind("", "an archive (.zip)", ARCHIVE);
    }

    private static ProblemException refusal(Kind kind) {
        return new ProblemException(
                Problem.of(ProblemType.NOT_CSV, "This looks like " + kind.what + ". " + kind.advice));
    }

    private static byte[] start(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(SAMPLE);
        } catch (IOException e) {
            throw new StorageException("the file that was uploaded cannot be read; upload it again", e);
        }
    }
}
