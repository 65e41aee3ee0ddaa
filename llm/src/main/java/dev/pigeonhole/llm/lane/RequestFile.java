package dev.pigeonhole.llm.lane;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.file.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The file with the requests of a submission, while it is written. Not thread-safe. Failures are {@link StorageException}. */
public final class RequestFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final Disk.Output output;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long bytes;

    RequestFile(Path file, Disk.Output output) {
        this.file = file;
        this.output = output;
    }

    /** Appends a line; its end is added. */
    public void append(byte[] line) {
        put(line);
        put(new byte[] {'\n'});
    }

    private void put(byte[] source) {
        bytes += source.length;
        int done = 0;
        while (done < source.length) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int part = Math.min(source.length - done, buffer.remaining());
            buffer.put(source, done, part);
            done += part;
        }
    }

    private void flush() {
        buffer.flip();
        try {
            output.write(buffer);
        } catch (IOException e) {
            throw LaneFolder.failure("cannot write " + file, e);
        }
        buffer.clear();
    }

    /** Bytes appended. */
    public long bytes() {
        return bytes;
    }

    /** Makes all of it durable. */
    public void seal() {
        flush();
        try {
            output.force();
        } catch (IOException e) {
            throw LaneFolder.failure("cannot save " + file, e);
        }
    }

    @Override
    public void close() {
        try {
            output.close();
        } catch (IOException e) {
            throw LaneFolder.failure("cannot close " + file, e);
        }
    }
}
