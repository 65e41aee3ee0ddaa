package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.file.Disk;
import dev.pigeonhole.core.file.DurableFile;
import dev.pigeonhole.workspace.LaunchCheck;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The folders of drafts in a workspace, each named by its id and private to its owner. Paths are made of ids that were checked, and
 * never of what a client says; links are not followed. Thread-safe.
 */
final class DraftFolders {
    private static final Pattern ID = Pattern.compile("[a-z0-9]{16}");
    private static final String GONE = "gone-";

    private final Path root;
    private final Disk disk;

    DraftFolders(Path workspace, Disk disk) {
        this.root = workspace.toAbsolutePath().normalize().resolve(LaunchCheck.DRAFTS);
        this.disk = disk;
    }

    Path root() {
        return root;
    }

    static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    /** Makes the folder of a new draft. */
    Path make(String id) {
        try {
            makePrivate(root);
            return Files.createDirectory(path(id), ownerOnly());
        } catch (IOException e) {
            throw failure("cannot make a folder for a draft in " + root, e);
        }
    }

    private void makePrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path above = folder.getParent();
            if (above != null) {
                Files.createDirectories(above);
            }
            Files.createDirectories(folder, ownerOnly());
        }
    }

    Path path(String id) {
        if (!isId(id)) {
            throw new IllegalArgumentException("not the id of a draft");
        }
        return root.resolve(id);
    }

    boolean isThere(String id) {
        return isId(id) && Files.isDirectory(path(id), LinkOption.NOFOLLOW_LINKS);
    }

    List<String> ids() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<String> ids = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
            for (Path folder : folders) {
                if (isThere(folder.getFileName().toString())) {
                    ids.add(folder.getFileName().toString());
                }
            }
        } catch (IOException e) {
            throw failure("cannot read " + root, e);
        }
        return ids;
    }

    /** The text of a small file of ours. */
    Optional<String> read(String id, String name) {
        Path file = path(id).resolve(name);
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(Files.readString(file))
                    : Optional.empty();
        } catch (IOException e) {
            throw failure("cannot read " + file, e);
        }
    }

    /** Writes a file whole or not at all. */
    void write(String id, String name, String text) {
        Path folder = path(id);
        try (DurableFile file = DurableFile.create(disk, folder.resolve(name), folder.resolve(name + ".new"))) {
            file.write(text);
            file.seal();
            file.publish();
        }
    }

    /** Removes a file of ours; nothing happens if there is none. */
    void delete(String id, String name) {
        try {
            disk.delete(path(id).resolve(name));
        } catch (IOException e) {
            throw failure("cannot remove " + path(id).resolve(name), e);
        }
    }

    /** Removes a draft with all its files: at once out of sight, so that no half of it is ever seen. */
    void remove(String id) {
        if (!isThere(id)) {
            return;
        }
        Path gone = root.resolve(GONE + id);
        try {
            disk.wipe(gone);
            disk.delete(gone);
            disk.move(path(id), gone);
            disk.wipe(gone);
            disk.delete(gone);
        } catch (IOException e) {
            throw failure("cannot remove the files of draft " + id, e);
        }
    }

    /** The names of the files of a draft. */
    List<String> names(String id) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path(id))) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (IOException e) {
            throw failure("cannot read " + path(id), e);
        }
        return names;
    }

    /** Ends what a sudden end of the process has left half removed. */
    void sweep() {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(root, GONE + "*")) {
            for (Path folder : left) {
                disk.wipe(folder);
                disk.delete(folder);
            }
        } catch (IOException e) {
            throw failure("cannot remove what is left of a draft in " + root, e);
        }
    }

    /** A second name for a file, which takes no room; a copy where that cannot be. */
    void link(Path from, Path to) {
        try {
            try {
                Files.createLink(to, from);
            } catch (UnsupportedOperationException | IOException e) {
                Files.deleteIfExists(to);
                Files.copy(from, to, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            throw failure("cannot copy the input of the other job", e);
        }
    }

    static StorageException failure(String what, IOException e) {
        return new StorageException(
                what + ": " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                        + "; free space or fix the folder, then try again",
                e);
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
