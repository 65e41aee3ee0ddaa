package dev.pigeonhole.cli;

import dev.pigeonhole.core.StorageException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens a link in the user's browser. All users of a machine see the arguments of its processes, and the link has the token in it:
 * so the browser is given a file that only its owner can read, which leads to the link. Used by one thread.
 */
final class BrowserLink implements AutoCloseable {
    private final Path folder;
    private @Nullable Path file;

    /** @param folder where the file may be; it is removed in the end */
    BrowserLink(Path folder) {
        this.folder = folder;
    }

    /** Returns what to tell the user if it did not work. */
    Optional<String> open(String link) {
        try {
            Path page = write(link);
            new ProcessBuilder(command(System.getProperty("os.name"), page))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("note: no browser could be opened (" + e.getMessage() + "); open the link yourself");
        }
    }

    static List<String> command(String system, Path page) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.contains("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", page.toString());
        }
        return List.of(name.contains("mac") ? "open" : "xdg-open", page.toString());
    }

    private Path write(String link) throws IOException {
        Files.createDirectories(folder);
        Path page = Files.createTempFile(folder.toAbsolutePath(), "open-", ".html", ownersOnly());
        file = page;
        return Files.writeString(
                page,
                "<!doctype html><meta charset=utf-8><title>Pigeonhole</title><meta http-equiv=refresh content=\"0;url="
                        + link + "\"><a href=\"" + link + "\">Pigeonhole</a>\n");
    }

    private static FileAttribute<?>[] ownersOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public void close() {
        if (file == null) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StorageException("the file that led the browser to the page cannot be removed: " + file, e);
        }
    }
}
