package dev.pigeonhole.local.file;

import dev.pigeonhole.core.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Little-endian numbers from a channel, with the digest of all that was read. Not thread-safe. */
final class CheckedInput {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int DIGEST_BYTES = 32;

    private final ReadableByteChannel channel;
    private final MessageDigest digest = Digest.start();
    private final byte[] block = new byte[BUFFER_BYTES];
    private final ByteBuffer buffer = littleEndian(block).limit(0);

    CheckedInput(ReadableByteChannel channel) {
        this.channel = channel;
    }

    static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    byte[] bytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        fill(bytes);
        return bytes;
    }

    /** The elements of a section, of which the caller knows that the file has room for them. */
    Object array(Section section) throws IOException {
        int count = section.count();
        switch (section.kind()) {
            case BYTES -> {
                return bytes(count);
            }
            case INTS -> {
                int[] array = new int[count];
                for (int done = 0; done < count; ) {
                    int part = next(count - done, Integer.BYTES);
                    buffer.asIntBuffer().get(array, done, part);
                    done += consume(part, Integer.BYTES);
                }
                return array;
            }
            case LONGS -> {
                long[] array = new long[count];
                for (int done = 0; done < count; ) {
                    int part = next(count - done, Long.BYTES);
                    buffer.asLongBuffer().get(array, done, part);
                    done += consume(part, Long.BYTES);
                }
                return array;
            }
            case FLOATS -> {
                float[] array = new float[count];
                for (int done = 0; done < count; ) {
                    int part = next(count - done, Float.BYTES);
                    buffer.asFloatBuffer().get(array, done, part);
                    done += consume(part, Float.BYTES);
                }
                return array;
            }
            case DOUBLES -> {
                double[] array = new double[count];
                for (int done = 0; done < count; ) {
                    int part = next(count - done, Double.BYTES);
                    buffer.asDoubleBuffer().get(array, done, part);
                    done += consume(part, Double.BYTES);
                }
                return array;
            }
        }
        throw new IllegalStateException("no such kind: " + section.kind());
    }

    /** Passes over bytes, which go into the digest all the same. */
    void skip(long bytes) throws IOException {
        for (long left = bytes; left > 0; ) {
            int part = next((int) Math.min(left, Integer.MAX_VALUE), 1);
            left -= consume(part, 1);
        }
    }

    /** Of all that was read so far. Ask once. */
    String digest() {
        return Digest.hex(digest);
    }

    /** The digest that stands next in the file. */
    String storedDigest() throws IOException {
        return HexFormat.of().formatHex(bytes(DIGEST_BYTES));
    }

    private void fill(byte[] bytes) throws IOException {
        for (int done = 0; done < bytes.length; ) {
            int part = next(bytes.length - done, 1);
            buffer.get(buffer.position(), bytes, done, part);
            done += consume(part, 1);
        }
    }

    /** Returns how many elements of this size stand in the buffer, at least one and at most as many as wanted. */
    private int next(int wanted, int size) throws IOException {
        if (buffer.remaining() < size) {
            buffer.compact();
            while (buffer.position() < size) {
                if (channel.read(buffer) < 0) {
                    throw new EOFException("the file ends early; has somebody changed it just now?");
                }
            }
            buffer.flip();
        }
        return Math.min(wanted, buffer.remaining() / size);
    }

    private int consume(int elements, int size) {
        int from = buffer.position();
        digest.update(block, from, elements * size);
        buffer.position(from + elements * size);
        return elements;
    }
}
