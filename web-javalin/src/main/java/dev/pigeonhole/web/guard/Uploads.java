package dev.pigeonhole.web.guard;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * Takes bodies of requests as files: piece by piece, never whole in memory, within limits. What is not complete leaves no trace.
 * Thread-safe.
 */
public final class Uploads {
    /** Bytes of a refused body that are read nevertheless: more than is on its way when the refusal is. */
    private static final int READ_ON = 1 << 20;

    private final UploadLimits limits;
    private final Room room;
    private final Semaphore places;

    /**
     * @param root the folder that the quota is about
     * @param free bytes that are free on its disk
     */
    public Uploads(UploadLimits limits, Path root, LongSupplier free) {
        this.limits = limits;
        this.room = new Room(limits, root, free);
        this.places = new Semaphore(limits.atOnce());
    }

    /** With the disk that the folder is on. */
    public static Uploads into(Path root, UploadLimits limits) {
        return new Uploads(limits, root, () -> freeAt(root));
    }

    private static long freeAt(Path root) {
        Path there = root.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            return Files.getFileStore(there).getUsableSpace();
        } catch (IOException e) {
            throw new StorageException("cannot see how much room there is at " + there, e);
        }
    }

    public UploadLimits limits() {
        return limits;
    }

    /** Bytes in the folder. */
    public long used() {
        return room.used();
    }

    /**
     * Takes the body of a request as a file; one that is there is replaced when the new one is complete and safe on the disk. It can
     * be read and written by its owner only.
     *
     * @param target made by the server, never by what a client says; its folder exists and is below the root
     * @return how many bytes it has
     * @throws ProblemException 413 it is larger than the limit; 429 too many at once; 507 no room; 400 the client stopped halfway
     * @throws StorageException it cannot be written
     */
    public long receive(Context context, Path target) {
        try {
            return receiveInPlace(context, target);
        } catch (ProblemException refused) {
            readOn(context, refused);
            throw refused;
        }
    }

    private long receiveInPlace(Context context, Path target) {
        if (!places.tryAcquire()) {
            throw new ProblemException(Problem.of(
                    ProblemType.TOO_MANY,
                    limits.atOnce() + " files are being uploaded already; try again when one of them is done"));
        }
        try {
            return receiveNow(context, target);
        } finally {
            places.release();
        }
    }

    /**
     * A small body that is refused is read nevertheless: who is still sending when the connection is closed may never see the answer. Not
     * from those who wait to be asked for it.
     */
    private static void readOn(Context context, ProblemException refused) {
        boolean waits = context.header("Expect") != null;
        if (waits || context.req().getContentLengthLong() > READ_ON) {
            return;
        }
        try {
            InputStream rest = context.req().getInputStream();
            byte[] piece = new byte[8192];
            int read = rest.read(piece);
            for (long sum = read; read >= 0 && sum < READ_ON; sum += read) {
                read = rest.read(piece);
            }
        } catch (IOException e) {
            refused.addSuppressed(e);
        }
    }

    private long receiveNow(Context context, Path target) {
        long announced = context.req().getContentLengthLong();
        requireFits(announced);
        room.requireRoomFor(Math.max(1, announced));
        InputStream body;
        try {
            body = context.req().getInputStream();
        } catch (IOException e) {
            throw BodyCopy.broken(e);
        }
        requireOwnPlace(target);
        return new BodyCopy(this::requireFits, room).copy(body, target);
    }

    private static void requireOwnPlace(Path target) {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(target)) {
            throw new StorageException(
                    "cannot write " + target.getFileName() + ": its place is no folder of ours", null);
        }
    }

    private void requireFits(long bytes) {
        if (bytes > limits.file()) {
            throw new ProblemException(Problem.of(
                    ProblemType.UPLOAD_TOO_LARGE,
                    "the file is larger than " + limits.file()
                            + " bytes, which is the most that this page takes; split it, or use the command line"));
        }
    }
}
