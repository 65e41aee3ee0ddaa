package dev.pigeonhole.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The zip, unpacked as a user would. */
final class Installation {
    /** The root of the checkout. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final Path home;

    private Installation(Path home) {
        this.home = home;
    }

    /** Unpacks the zip that this build has made; files get the modes that stand in it. */
    static Installation unpack(Path folder) throws IOException {
        Path zip = Path.of(System.getProperty("pigeonhole.zip", "target/pigeonhole-0.1.0-SNAPSHOT.zip"));
        Map<String, ?> modes = Map.of("enablePosixFileAttributes", true);
        try (FileSystem inside = FileSystems.newFileSystem(zip, modes);
                Stream<Path> files = Files.walk(inside.getPath("/"))) {
            for (Path file : files.toList()) {
                copy(file, folder.resolve(file.toString().substring(1)));
            }
        }
        List<Path> top = list(folder);
        if (top.size() != 1) {
            throw new AssertionError("expected one folder in the zip, found " + top);
        }
        return new Installation(top.get(0));
    }

    private static void copy(Path file, Path target) throws IOException {
        if (Files.isDirectory(file)) {
            Files.createDirectories(target);
            return;
        }
        Files.copy(file, target);
        if (target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(file));
        }
    }

    static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path home() {
        return home;
    }

    Path launcher() {
        return home.resolve("bin/pigeonhole");
    }

    /** All jars with what they hold: those of lib, the program's and that of the fake server. */
    List<Path> jars() {
        return Stream.of(list(home), list(home.resolve("lib")), list(home.resolve("fake-llm")))
                .flatMap(List::stream)
                .filter(file -> file.toString().endsWith(".jar"))
                .toList();
    }
}
