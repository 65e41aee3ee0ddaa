package dev.pigeonhole.core.csv;

import dev.pigeonhole.core.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Notices that a file is not what it was when the watch began, at the cost of asking the file system; only where something about the
 * file has changed is it read again. Not thread-safe.
 */
public final class InputWatch {
    private static final String UNIX = "unix:size,lastModifiedTime,ctime,ino";
    private static final String ANY = "size,lastModifiedTime";

    private final Path file;
    private Map<String, Object> seen;
    private boolean changed;

    private InputWatch(Path file) {
        this.file = file;
        this.seen = look();
    }

    /** Begins to watch; to be called before the content is looked at for the first time. */
    public static InputWatch of(Path file) {
        return new InputWatch(file);
    }

    /**
     * Passes if the file is the same, or one with the same content.
     *
     * @param sha256 of the content that it must have
     * @throws InputException it has another content, or cannot be read any more
     */
    public void requireUnchanged(String sha256) {
        Map<String, Object> now = look();
        if (!changed && !now.isEmpty() && now.equals(seen)) {
            return;
        }
        changed = true;
        if (!InputFile.sha256(file).equals(sha256)) {
            throw new InputException("the input " + file + " was changed while the job ran; its output was not written."
                    + " Put the old file back and resume the job, or begin a new one with --existing new");
        }
        changed = false;
        seen = now;
    }

    /** Nothing if it cannot be said. */
    private Map<String, Object> look() {
        try {
            return read();
        } catch (IOException e) {
            return Map.of(); // Then it is read, and that says why.
        }
    }

    /** The time of the last change to the file itself cannot be set back, but only some systems tell it. */
    private Map<String, Object> read() throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? Files.readAttributes(file, UNIX)
                : Files.readAttributes(file, ANY);
    }
}
