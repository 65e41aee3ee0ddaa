package dev.pigeonhole.core.csv;

import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The words for what is wrong with a file: found, where, expected, what to do. Stateless. */
final class Messages {
    private static final int CLIPPED = 60;
    private static final int LISTED = 30;

    private Messages() {}

    static InputException refuse(Path path, String problem) {
        return new InputException(path + ": " + problem);
    }

    static InputException empty(Path path) {
        return refuse(path, "the input is empty; expected a header line and one line for each row.");
    }

    static InputException changed(Path path, String found) {
        return new InputException(path + " is no longer the file that was scanned: " + found
                + ". Put the original file back, or start a new job with --existing new.");
    }

    static StorageException unreadable(Path path, IOException cause) {
        return new StorageException(
                path + " cannot be read any further (" + cause(cause)
                        + "). Check the disk or the network share, then run the same command again.",
                cause);
    }

    static String cause(IOException e) {
        String name = e.getClass().getSimpleName();
        return e.getMessage() == null ? name : name + ": " + clip(e.getMessage());
    }

    /** Why a window stopped before the end of the file. */
    static String badBytes(CharWindow window) {
        return "the bytes at offset " + window.stoppedAt() + " are not " + window.encoding()
                + ". Name the encoding, for example --encoding windows-1252, or use --on-bad-bytes replace to put"
                + " U+FFFD in their place";
    }

    /** Column names as a person can look through them. */
    static String columns(List<String> names) {
        String listed = names.stream()
                .limit(LISTED)
                .map(name -> "\"" + clip(name) + "\"")
                .collect(Collectors.joining(", "));
        return names.size() > LISTED ? listed + " and " + (names.size() - LISTED) + " more" : listed;
    }

    /** What the file or the user wrote, short and without anything that a terminal would obey. */
    static String clip(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(CLIPPED).forEach(c -> append(clean, c));
        return text.codePointCount(0, text.length()) > CLIPPED ? clean + "…" : clean.toString();
    }

    /** One character of the file. */
    static String character(char c) {
        return c > ' ' && c < 0x7f ? "'" + c + "'" : String.format("U+%04X", (int) c);
    }

    private static void append(StringBuilder clean, int c) {
        int type = Character.getType(c);
        boolean hidden = Character.isISOControl(c)
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
        clean.appendCodePoint(hidden ? '\ufffd' : c);
    }
}
