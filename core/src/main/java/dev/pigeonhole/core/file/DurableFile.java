package dev.pigeonhole.core.file;

import dev.pigeonhole.core.Digest;
import dev.pigeonhole.core.StorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file that appears whole or not at all: written beside its place, forced, then moved there. Counts and hashes what is written.
 * Use: write, {@link #seal}, {@link #publish}, {@link #close}; closing before publishing removes what was written. Not
 * thread-safe. Failures are {@link StorageException}.
 */
public final class DurableFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Disk disk;
    private final Path target;
    private final Path temporary;
    private final Disk.Output output;
    private final MessageDigest digest = Digest.start();
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long bytes;
    private boolean sealed;
    private boolean published;

    private DurableFile(Disk disk, Path target, Path temporary, Disk.Output output) {
        this.disk = disk;
        this.target = target;
        this.temporary = temporary;
        this.output = output;
    }

    /**
     * Begins a file.
     *
     * @param temporary where it is written until it is published; on the same file system as the target
     */
    public static DurableFile create(Disk disk, Path target, Path temporary) {
        try {
            return new DurableFile(disk, target, temporary, disk.create(temporary));
        } catch (IOException e) {
            throw failure("cannot write in " + temporary.toAbsolutePath().getParent(), e);
        }
    }

    /** Appends text in UTF-8. */
    public void write(CharSequence text) {
        byte[] encoded = text.toString().getBytes(StandardCharsets.UTF_8);
        write(encoded, 0, encoded.length);
    }

    /** Appends bytes. */
    public void write(byte[] source, int offset, int length) {
        int done = 0;
        while (done < length) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int part = Math.min(length - done, buffer.remaining());
            buffer.put(source, offset + done, part);
            done += part;
        }
        bytes += length;
    }

    /** This file as a stream; closing the stream does nothing. */
    public OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                DurableFile.this.write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) {
                DurableFile.this.write(source, offset, length);
            }
        };
    }

    /** Ends writing and makes the content durable, still under its temporary name. */
    public void seal() {
        flush();
        try {
            output.force();
            output.close();
        } catch (IOException e) {
            throw failure("cannot save " + temporary, e);
        }
        sealed = true;
        buffer = ByteBuffer.allocate(0); // Many files may wait to be published together.
    }

    /** Gives the sealed file its name, durably. */
    public void publish() {
        publishAll(List.of(this));
    }

    /** Gives all these sealed files their names, durably. If it fails, some may have theirs. */
    public static void publishAll(List<DurableFile> files) {
        Map<Path, DurableFile> folders = new LinkedHashMap<>();
        for (DurableFile file : files) {
            file.move();
            folders.put(directoryOf(file.target), file);
        }
        folders.forEach((folder, file) -> file.force(folder));
    }

    /** Closes all after a failure, which stays what is told of: what goes wrong here too is added to it. */
    public static void closeAll(List<DurableFile> files, Throwable failure) {
        for (DurableFile file : files) {
            try {
                file.close();
            } catch (StorageException e) {
                failure.addSuppressed(e);
            }
        }
    }

    private void move() {
        if (!sealed) {
            throw new IllegalStateException("seal the file before publishing it");
        }
        try {
            disk.move(temporary, target);
            published = true;
        } catch (IOException e) {
            throw failure("cannot publish " + target, e);
        }
    }

    private void force(Path folder) {
        try {
            disk.forceDirectory(folder);
        } catch (IOException e) {
            throw failure("cannot publish " + target, e);
        }
    }

    /** Bytes written. */
    public long bytes() {
        return bytes;
    }

    /** Digest of the bytes of a sealed file, lower-case hexadecimal. Ask once. */
    public String sha256() {
        if (!sealed) {
            throw new IllegalStateException("seal the file before asking for its digest");
        }
        return Digest.hex(digest);
    }

    @Override
    public void close() {
        if (published) {
            return;
        }
        try {
            try {
                output.close();
            } finally {
                disk.delete(temporary);
            }
        } catch (IOException e) {
            throw failure("cannot remove " + temporary, e);
        }
    }

    private void flush() {
        buffer.flip();
        digest.update(buffer.duplicate());
        try {
            output.write(buffer);
        } catch (IOException e) {
            throw failure("cannot write " + temporary, e);
        }
        buffer.clear();
    }

    private static Path directoryOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private static StorageException failure(String what, IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new StorageException(
                what + ": " + why
                        + ". What was done so far is kept; free space or fix the folder, then resume the job or give"
                        + " the command again",
                e);
    }
}
