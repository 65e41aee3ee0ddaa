package dev.pigeonhole.core.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The port to the file system: the few operations that durability rests on, so that each can be made to fail in a test.
 * Thread-safe. All writing of result files goes through it.
 */
public interface Disk {
    /** The file system of this machine. */
    static Disk real() {
        return new RealDisk();
    }

    /** Makes an empty file, in place of one that is there, for its owner only; folders on the way are made too. */
    Output create(Path file) throws IOException;

    /**
     * Gives a file another name in one step, replacing what had it; folders on the way are made. Never copies: both must be on
     * one file system.
     */
    void move(Path from, Path to) throws IOException;

    /** Makes the names in a folder durable. */
    void forceDirectory(Path directory) throws IOException;

    /** Removes a file; nothing happens if there is none. */
    void delete(Path file) throws IOException;

    /** Removes all files in a folder; nothing happens if there is no such folder. */
    void wipe(Path directory) throws IOException;

    /** A file being written. Not thread-safe. */
    interface Output extends AutoCloseable {
        /** Writes all that remains in the buffer. */
        void write(ByteBuffer bytes) throws IOException;

        /** Returns when all that was written survives a power cut. If it fails, the file must not be used. */
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }
}
