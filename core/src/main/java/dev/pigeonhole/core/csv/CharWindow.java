package dev.pigeonhole.core.csv;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A moving window of characters over a stream of bytes, which always holds the current record as a whole. Its fields are read
 * and set by {@link RecordFramer} directly, for the sake of speed. Not thread-safe.
 */
final class CharWindow implements Closeable {
    private static final int BYTES = 1 << 16;
    private static final int ROOM = 1 << 13;

    /** Characters from {@link #start}, where the current record begins, up to {@link #limit}; {@link #pos} is the next one. */
    char[] chars = new char[BYTES];

    int start;
    int pos;
    int limit;

    private final ReadableByteChannel channel;
    private final CharsetDecoder decoder;
    private final boolean replacing;
    private final @Nullable MessageDigest digest;
    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES).flip();
    private CharBuffer out = CharBuffer.wrap(chars);
    /** Bytes of the file before {@link #bytes}. */
    private long offset;

    private boolean lastBytes;
    private boolean drained;
    private int badBytes;
    private boolean replaced;
    /** Where the characters of the latest decoding begin, and the bytes they came from. */
    private int freshChars;

    private int freshBytes;

    /**
     * @param offset where the channel stands
     * @param digest takes all bytes that are read
     */
    CharWindow(
            ReadableByteChannel channel,
            long offset,
            Charset charset,
            boolean replacing,
            @Nullable MessageDigest digest) {
        this.channel = channel;
        this.offset = offset;
        this.decoder = decoder(charset);
        this.replacing = replacing;
        this.digest = digest;
    }

    /** Passes over bytes that are no text: the byte order mark. */
    void skipBytes(int count) throws IOException {
        while (bytes.remaining() < count && !lastBytes) {
            readBytes();
        }
        bytes.position(Math.min(bytes.limit(), bytes.position() + count));
    }

    /**
     * Adds at least one character; false at the end, or before bytes that are no characters ({@link #stoppedAt}). May move the
     * window: positions keep their meaning only relative to {@link #start}.
     *
     * @param maxChars the most that a record may have
     */
    boolean fill(int maxChars) throws IOException {
        if (drained) {
            return false;
        }
        makeRoom(maxChars);
        freshChars = limit;
        freshBytes = bytes.position();
        if (badBytes > 0) {
            return replaceBad();
        }
        while (!decode()) {
            if (lastBytes || badBytes > 0) {
                return badBytes > 0 ? replaceBad() : drain();
            }
            readBytes();
            freshBytes = bytes.position();
        }
        return true;
    }

    /** Bytes before the undecodable ones that stopped {@link #fill}; -1 if it stopped at the end of the file. */
    long stoppedAt() {
        return badBytes > 0 ? offset + bytes.position() : -1;
    }

    /** Bytes before {@link #pos}, which must be among the characters added last. */
    long offset() {
        int count = pos - freshChars;
        int consumed = bytes.position() - freshBytes;
        if (count == 0 || pos == limit || consumed == limit - freshChars) {
            return offset + (pos == limit ? bytes.position() : freshBytes + count);
        }
        ByteBuffer again = bytes.duplicate().position(freshBytes).limit(bytes.position());
        decoder(decoder.charset()).decode(again, CharBuffer.allocate(count), false);
        return offset + again.position();
    }

    String encoding() {
        return decoder.charset().name();
    }

    /** Bytes read so far. */
    long bytesRead() {
        return offset + bytes.limit();
    }

    /** Whether bad bytes were replaced since this was asked last. */
    boolean takeReplaced() {
        boolean was = replaced;
        replaced = false;
        return was;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static CharsetDecoder decoder(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private boolean decode() {
        out.limit(chars.length).position(limit);
        CoderResult result = decoder.decode(bytes, out, lastBytes);
        badBytes = result.isError() ? badBytes(result.length()) : 0;
        limit = out.position();
        return limit > freshChars;
    }

    /**
     * How many of the bytes that the decoder cannot read are bad. It also counts what stands behind the first half of a character, be
     * it a delimiter or the end of a line: that is no part of it. (As the Encoding Standard of WHATWG has it.)
     */
    private int badBytes(int length) {
        String name = decoder.charset().name();
        if (name.contains("UTF-16")) {
            return Math.min(length, 2);
        }
        if (name.contains("UTF-32") || name.contains("2022")) {
            return length;
        }
        int bad = 1;
        while (bad < length && bytes.get(bytes.position() + bad) < 0) {
            bad++;
        }
        return bad;
    }

    private boolean replaceBad() {
        if (!replacing) {
            return false;
        }
        bytes.position(bytes.position() + badBytes);
        badBytes = 0;
        replaced = true;
        chars[limit++] = '\ufffd';
        return true;
    }

    private boolean drain() {
        drained = true;
        out.limit(chars.length).position(limit);
        decoder.flush(out);
        limit = out.position();
        return limit > freshChars;
    }

    private void readBytes() throws IOException {
        offset += bytes.position();
        bytes.compact();
        int from = bytes.position();
        int read = channel.read(bytes);
        lastBytes = read < 0;
        if (digest != null) {
            digest.update(bytes.array(), from, bytes.position() - from);
        }
        bytes.flip();
    }

    private void makeRoom(int maxChars) {
        if (chars.length - limit >= ROOM) {
            return;
        }
        int kept = limit - start;
        boolean grow = kept + ROOM > chars.length;
        char[] target = grow ? new char[(int) Math.min(2L * chars.length, maxChars + 2L * ROOM)] : chars;
        System.arraycopy(chars, start, target, 0, kept);
        pos -= start;
        limit = kept;
        start = 0;
        if (grow) {
            chars = target;
            out = CharBuffer.wrap(target);
        }
    }
}
