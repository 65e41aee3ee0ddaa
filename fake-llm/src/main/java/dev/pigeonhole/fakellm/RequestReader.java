package dev.pigeonhole.fakellm;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Reads the requests of one connection. Not thread-safe. */
final class RequestReader implements Client {
    private static final int MOST_HEADER_BYTES = 64 << 10;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final Socket socket;
    private final InputStream in;
    private final ToIntFunction<HttpRequest.Line> mostBodyBytes;
    private final byte[] buffer = new byte[16 << 10];
    private int position;
    private int end;
    private int headerBytes;

    /** @param mostBodyBytes how long a body may be, by the first line of its request */
    RequestReader(Socket socket, ToIntFunction<HttpRequest.Line> mostBodyBytes) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.mostBodyBytes = mostBodyBytes;
    }

    /** The body is longer than is allowed. */
    static final class TooLargeException extends ProtocolException {
        private static final long serialVersionUID = 1;

        TooLargeException(long bytes) {
            super("a body of " + bytes + " bytes");
        }
    }

    /**
     * The next request; null if the client has no more.
     *
     * @throws TooLargeException the body is too long; it was not read
     * @throws ProtocolException what came is no HTTP
     */
    @Nullable
    HttpRequest next() throws IOException {
        socket.setSoTimeout(0);
        if (position == end && !fill()) {
            return null;
        }
        headerBytes = 0;
        String[] first = line().split(" ", 3);
        if (first.length < 3 || !first[2].startsWith("HTTP/1.")) {
            throw new ProtocolException("no HTTP/1.x");
        }
        Map<String, String> headers = headers();
        if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
            socket.getOutputStream().write(CONTINUE);
        }
        int most = mostBodyBytes.applyAsInt(new HttpRequest.Line(first[0], first[1]));
        return new HttpRequest(first[0], first[1], headers, body(headers, most));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("a header without colon");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers, int most) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return chunks(most);
        }
        return bytes(number(headers.getOrDefault("content-length", "0"), 10), 0, most);
    }

    private byte[] chunks(int most) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            headerBytes = 0;
            long size = number(line().split(";", 2)[0].strip(), 16);
            if (size == 0) {
                headers();
                return body.toByteArray();
            }
            body.write(bytes(size, body.size(), most));
            line();
        }
    }

    private static long number(String digits, int base) throws ProtocolException {
        try {
            return Long.parseUnsignedLong(digits, base);
        } catch (NumberFormatException e) {
            throw (ProtocolException) new ProtocolException("no length: " + digits).initCause(e);
        }
    }

    /** @param before bytes of the same body that are already there */
    private byte[] bytes(long count, int before, int most) throws IOException {
        if (count < 0 || count + before > most) {
            throw new TooLargeException(count);
        }
        byte[] bytes = new byte[(int) count];
        int done = Math.min(bytes.length, end - position);
        System.arraycopy(buffer, position, bytes, 0, done);
        position += done;
        if (in.readNBytes(bytes, done, bytes.length - done) < bytes.length - done) {
            throw new EOFException("the client left in the middle of a request");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (position == end && !fill()) {
                throw new EOFException("the client left in the middle of a request");
            }
            char c = (char) (buffer[position++] & 0xff);
            if (++headerBytes > MOST_HEADER_BYTES) {
                throw new ProtocolException("too many headers");
            }
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append(c);
            }
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    @Override
    public boolean leavesWithin(Duration time) throws IOException {
        long until = System.nanoTime() + time.toNanos();
        while (true) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("the server is closing");
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(left);
            if (millis == 0 || position < end) {
                LockSupport.parkNanos(left);
            } else if (isGoneAfter((int) Math.min(millis, Integer.MAX_VALUE))) {
                return true;
            }
        }
    }

    /** Listens for so long. What comes, if anything does, is the beginning of the next request. */
    private boolean isGoneAfter(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return !fill();
        } catch (SocketTimeoutException e) {
            end = 0;
            return false;
        } catch (SocketException e) {
            return true;
        }
    }
}
