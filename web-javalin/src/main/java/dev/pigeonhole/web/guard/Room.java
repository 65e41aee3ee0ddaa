package dev.pigeonhole.web.guard;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.LongSupplier;

/**
 * The room that uploads share. What an upload writes is taken before it is written, so that several at once cannot exceed the quota
 * together. Thread-safe.
 */
final class Room {
    private final UploadLimits limits;
    private final Path root;
    private final LongSupplier free;
    private int active;
    private long taken;
    private long measured;

    Room(UploadLimits limits, Path root, LongSupplier free) {
        this.limits = limits;
        this.root = root;
        this.free = free;
    }

    /** Bytes in the folder; what is being uploaded counts. */
    synchronized long used() {
        return active == 0 ? measure() : measured + taken;
    }

    /** @throws ProblemException so many bytes would not find room */
    synchronized void requireRoomFor(long bytes) {
        require(used(), bytes);
    }

    private void require(long used, long bytes) {
        if (used + bytes > limits.quota()) {
            throw noRoom("all uploads together may have " + limits.quota() + " bytes, and " + used
                    + " are used; delete jobs that are not needed any more");
        }
        if (free.getAsLong() - bytes < limits.floor()) {
            throw noRoom("the disk is full but for what is kept free for the jobs; make room on it");
        }
    }

    private static ProblemException noRoom(String detail) {
        return new ProblemException(Problem.of(ProblemType.NO_ROOM, detail));
    }

    /** An upload begins. Until none is active, the folder is not looked at again. */
    synchronized void enter() {
        if (active == 0) {
            measured = measure();
            taken = 0;
        }
        active++;
    }

    /** @throws ProblemException there is no room for so many bytes more */
    synchronized void take(long bytes) {
        require(measured + taken, bytes);
        taken += bytes;
    }

    /**
     * An upload ends.
     *
     * @param back bytes that are not there any more
     */
    synchronized void leave(long back) {
        taken -= back;
        active--;
    }

    private long measure() {
        if (!Files.exists(root)) {
            return 0;
        }
        Sum sum = new Sum();
        try {
            Files.walkFileTree(root, sum);
        } catch (IOException e) {
            throw new StorageException("cannot see what is in " + root, e);
        }
        return sum.bytes;
    }

    private static final class Sum extends SimpleFileVisitor<Path> {
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.size();
            return FileVisitResult.CONTINUE;
        }

        /** Files of running jobs come and go. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }
}
