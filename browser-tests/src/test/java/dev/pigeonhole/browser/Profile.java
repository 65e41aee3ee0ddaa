package dev.pigeonhole.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folder in which a browser keeps what it remembers; new for each, and removed with it. */
record Profile(Path folder) implements AutoCloseable {
    static Profile create() {
        try {
            return new Profile(Files.createTempDirectory("pigeonhole-browser"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Chromium's processes may still write while they end: tried until all is gone. */
    @Override
    public void close() {
        Waiting.until(
                "profile removed", Duration.ofSeconds(10), () -> removed() ? Optional.of(folder) : Optional.empty());
    }

    private boolean removed() {
        try {
            Files.walkFileTree(folder, new Remover());
            return true;
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            return !Files.exists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException error) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
