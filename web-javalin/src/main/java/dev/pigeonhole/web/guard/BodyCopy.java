package dev.pigeonhole.web.guard;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;

/** Copies one body into one file. Used once, by one thread. */
final class BodyCopy {
    private static final int PIECE = 1 << 16;

    private final LongConsumer limit;
    private final Room room;
    private long bytes;

    /** @param limit throws if so many bytes in all are too many */
    BodyCopy(LongConsumer limit, Room room) {
        this.limit = limit;
        this.room = room;
    }

    /** Returns how many bytes came. */
    long copy(InputStream body, Path target) {
        Path part = target.resolveSibling("upload-" + UUID.randomUUID() + ".part");
        boolean complete = false;
        room.enter();
        try {
            write(body, part);
            move(part, target);
            complete = true;
            return bytes;
        } finally {
            try {
                if (!complete) {
                    remove(part);
                }
            } finally {
                room.leave(complete ? 0 : bytes);
            }
        }
    }

    private void write(InputStream body, Path part) {
        byte[] piece = new byte[PIECE];
        try (FileChannel file = open(part)) {
            int count;
            while ((count = read(body, piece)) >= 0) {
                limit.accept(bytes + count);
                room.take(count);
                bytes += count;
                ByteBuffer buffer = ByteBuffer.wrap(piece, 0, count);
                while (buffer.hasRemaining()) {
                    file.write(buffer);
                }
            }
            file.force(true);
        } catch (IOException e) {
            throw new StorageException(
                    "the upload cannot be written to " + part.getParent() + ": " + e.getMessage(), e);
        }
    }

    private static int read(InputStream body, byte[] piece) {
        try {
            return body.read(piece);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** The other side went away, was too slow, or sent less than it had announced. */
    static ProblemException broken(IOException cause) {
        return new ProblemException(
                Problem.of(
                        ProblemType.MALFORMED,
                        "the upload broke off before its end; nothing of it was kept, send it again"),
                cause);
    }

    private static FileChannel open(Path part) throws IOException {
        FileAttribute<?>[] attributes =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        return FileChannel.open(
                part,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                attributes);
    }

    private static void move(Path part, Path target) {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StorageException("the upload cannot be put to its place " + target + ": " + e.getMessage(), e);
        }
    }

    private static void remove(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new StorageException("what is left of an upload cannot be removed: " + part, e);
        }
    }
}
