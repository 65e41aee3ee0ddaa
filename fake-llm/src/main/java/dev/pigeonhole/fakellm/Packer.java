package dev.pigeonhole.fakellm;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Keeps lines that look alike in little room: the same prompt in 50,000 requests takes the room of a few. Not thread-safe.
 */
final class Packer {
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private final OutputStream out;
    private long bytes;
    private int lines;

    Packer() {
        try {
            out = new Quick(packed);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be written", e);
        }
    }

    void add(byte[] source, int from, int to) {
        try {
            out.write(source, from, to - from);
            bytes += to - from;
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be written", e);
        }
    }

    void line(String text) {
        byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
        add(line, 0, line.length);
        lines++;
    }

    long bytes() {
        return bytes;
    }

    int lines() {
        return lines;
    }

    /** All of it, packed. Nothing can be added from here on. */
    byte[] end() {
        try {
            out.close();
            return packed.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be written", e);
        }
    }

    static InputStream unpack(byte[] packed) {
        try {
            return new GZIPInputStream(new ByteArrayInputStream(packed), 64 << 10);
        } catch (IOException e) {
            throw new UncheckedIOException("what was packed can be unpacked", e);
        }
    }

    private static final class Quick extends GZIPOutputStream {
        private Quick(OutputStream out) throws IOException {
            super(out, 64 << 10);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
