package dev.pigeonhole.store.jdbc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Folders and empty files that only their owner can read, durable once made. Stateless. */
final class Folders {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private Folders() {}

    /** Makes a folder and its parents; leaves one that is there as it is. */
    static void create(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (Files.isDirectory(folder) || parent == null) {
            return;
        }
        create(parent);
        try {
            createNew(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    /** Makes a folder that must not be there yet, in one that must. */
    static void createNew(Path folder) throws IOException {
        Files.createDirectory(folder, permissions("rwx------"));
        syncFolderOf(folder);
    }

    /** Makes an empty file unless it is there. */
    static void createFile(Path file) throws IOException {
        try {
            Files.createFile(file, permissions("rw-------"));
            syncFolderOf(file);
        } catch (FileAlreadyExistsException e) {
            // as wished
        }
    }

    /** Removes a folder with all in it; links are removed, and not followed. Somebody else may be doing the same. */
    static void remove(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            List<Path> entries;
            try (Stream<Path> listed = Files.list(folder)) {
                entries = listed.toList();
            } catch (NoSuchFileException e) {
                return; // gone meanwhile
            }
            for (Path entry : entries) {
                remove(entry);
            }
        }
        Files.deleteIfExists(folder);
    }

    static boolean isEmptyOrMissing(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return true;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    /** A name is durable once its folder is; only POSIX systems can be told so. */
    private static void syncFolderOf(Path path) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (POSIX && parent != null) {
            try (FileChannel channel = FileChannel.open(parent, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] permissions(String mode) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
