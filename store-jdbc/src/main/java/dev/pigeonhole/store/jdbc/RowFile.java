package dev.pigeonhole.store.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * What {@link RowIndex} knows of rows, 16 bytes for each, in a file that nobody else sees and that ends with the process: it has no
 * name, or one that goes when it is closed. Not thread-safe.
 */
final class RowFile implements AutoCloseable {
    private static final int ROW_BYTES = 16;
    private static final int GROUP_BYTES = OutcomeGroup.ROWS * ROW_BYTES;
    private static final int GROUPS_AT_ONCE = 64;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer group = ByteBuffer.allocateDirect(GROUP_BYTES);
    private final ByteBuffer groups = ByteBuffer.allocateDirect(GROUPS_AT_ONCE * GROUP_BYTES);
    private int[] there = {};
    private int put;
    private long length;

    private RowFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Makes an empty one in a folder. */
    static RowFile create(Path folder) throws RefusedException {
        try {
            Folders.create(folder);
            Path file = Files.createTempFile(folder, "browse", ".tmp");
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Files.delete(file);
            return new RowFile(file, channel);
        } catch (IOException e) {
            throw new RefusedException("no file can be made in " + folder + " (" + e + ")", e);
        }
    }

    /** Sees rows in their order. */
    interface Reader {
        void see(long row, long code, double confidence);
    }

    /** Begins a group in which no row has an outcome. */
    RowFile clearGroup() {
        for (int at = 0; at < GROUP_BYTES; at += Long.BYTES) {
            group.putLong(at, RowCode.ABSENT);
        }
        put = 0;
        return this;
    }

    /** Sets a row of the group that was begun, once. */
    void put(int place, long code, double confidence) {
        put++;
        group.putLong(place * ROW_BYTES, code);
        group.putDouble(place * ROW_BYTES + Long.BYTES, confidence);
    }

    /** Writes the group that was begun. */
    void writeGroup(long number) throws RefusedException {
        try {
            group.clear();
            long at = number * GROUP_BYTES;
            while (group.hasRemaining()) {
                at += channel.write(group, at);
            }
            length = Math.max(length, at);
            if (number >= there.length) {
                there = Arrays.copyOf(there, (int) number + 1 + there.length / 2);
            }
            there[(int) number] = put;
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /** How many groups were written, those between them too. */
    int groups() {
        return (int) (length / GROUP_BYTES);
    }

    /** How many rows of a group have an outcome. */
    int there(int number) {
        return there[number];
    }

    /** Sees the chosen rows. */
    void forEach(RowChoice choice, Reader reader) throws RefusedException {
        for (long at = 0; at < length; at += groups.capacity()) {
            forEach(at, Math.min(length, at + groups.capacity()), choice, reader);
        }
    }

    /** Sees the chosen rows of one group. */
    void forEach(int number, RowChoice choice, Reader reader) throws RefusedException {
        long at = (long) number * GROUP_BYTES;
        forEach(at, at + GROUP_BYTES, choice, reader);
    }

    private void forEach(long from, long to, RowChoice choice, Reader reader) throws RefusedException {
        read(from, to);
        long row = from / ROW_BYTES + 1;
        for (int place = 0; place < groups.limit(); place += ROW_BYTES) {
            long code = groups.getLong(place);
            if (choice.has(row, code)) {
                reader.see(row, code, groups.getDouble(place + Long.BYTES));
            }
            row++;
        }
    }

    private void read(long from, long to) throws RefusedException {
        groups.clear();
        groups.limit((int) (to - from));
        try {
            while (groups.hasRemaining()) {
                if (channel.read(groups, from + groups.position()) < 0) {
                    throw new IOException("cut short");
                }
            }
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private RefusedException refused(IOException cause) {
        return new RefusedException("the temporary file " + file + " cannot be used (" + cause + ")", cause);
    }

    @Override
    public void close() throws RefusedException {
        try {
            channel.close();
        } catch (IOException e) {
            throw refused(e);
        }
    }
}
