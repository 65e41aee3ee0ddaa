package dev.pigeonhole.fakellm;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * Sends the replies of one connection, well or in the way that a fault wants. Tells a reply that it has ended well before its last
 * byte leaves; that it has not is for the caller to tell. Not thread-safe.
 */
final class Sender {
    private static final int BIG = 10 << 20;
    private static final int LARGE = 1 << 20;
    private static final Duration FOREVER = Duration.ofDays(10_000);

    private final Socket socket;
    private final OutputStream out;
    private final Client client;

    Sender(Socket socket, Client client) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.client = client;
    }

    /** Whether every byte was handed to the network. If not, the connection has to end. */
    boolean send(Reply reply) throws IOException {
        if (reply.status() == 0) {
            return false;
        }
        FaultRule rule = reply.delivery();
        byte[] body = reply.body();
        if (rule == null) {
            return whole(reply, body);
        }
        byte[] half = Arrays.copyOf(body, body.length / 2);
        return switch (rule.fault()) {
            case HANG -> silence();
            case STALL -> {
                write(head(reply, "content-length", body.length), half);
                yield silence();
            }
            case DRIP -> drip(reply, body, pause(rule, Duration.ofSeconds(1)));
            case SLOW_HEADERS -> slowly(reply, body, pause(rule, Duration.ofMillis(100)));
            case RESET -> {
                write(head(reply, "content-length", body.length), half);
                yield reset();
            }
            case RESET_BEFORE_ANSWER -> reset();
            case LENGTH_TOO_LONG -> broken(head(reply, "content-length", body.length + 100), body);
            case LENGTH_TOO_SHORT -> broken(head(reply, "content-length", half.length), body);
            case CHUNKED -> chunked(reply, body);
            case BROKEN_CHUNK ->
                broken(head(reply, "transfer-encoding", "chunked"), joined(chunk(half), ascii("what?\r\n")));
            case BIG_BODY -> whole(reply, joined(spaces(), body));
            case CUT_BODY -> whole(reply, half);
            case UTF_16_BODY ->
                whole(reply, new String(body, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16));
            case BOM_BODY -> whole(reply, joined(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, body));
            default -> false;
        };
    }

    private static Duration pause(FaultRule rule, Duration usual) {
        Duration pause = rule.pause();
        return pause == null ? usual : pause;
    }

    private boolean whole(Reply reply, byte[] body) throws IOException {
        reply.ended(true);
        write(head(reply, "content-length", body.length), body);
        return true;
    }

    private boolean broken(byte[] head, byte[] body) throws IOException {
        write(head, body);
        return false;
    }

    /** Waits until the client has enough. */
    private boolean silence() throws IOException {
        return !client.leavesWithin(FOREVER);
    }

    private boolean drip(Reply reply, byte[] body, Duration pause) throws IOException {
        write(head(reply, "content-length", body.length));
        for (int i = 0; i < body.length; i++) {
            if (client.leavesWithin(pause)) {
                return false;
            }
            if (i == body.length - 1) {
                reply.ended(true);
            }
            write(new byte[] {body[i]});
        }
        return true;
    }

    private boolean slowly(Reply reply, byte[] body, Duration pause) throws IOException {
        String head = new String(head(reply, "content-length", body.length), StandardCharsets.ISO_8859_1);
        for (String line : head.lines().toList()) {
            if (client.leavesWithin(pause)) {
                return false;
            }
            write(ascii(line + "\r\n"));
        }
        reply.ended(true);
        write(body);
        return true;
    }

    private boolean chunked(Reply reply, byte[] body) throws IOException {
        int middle = body.length / 2;
        reply.ended(true);
        write(
                head(reply, "transfer-encoding", "chunked"),
                joined(
                        chunk(Arrays.copyOfRange(body, 0, middle)),
                        chunk(Arrays.copyOfRange(body, middle, body.length))),
                ascii("0\r\n\r\n"));
        return true;
    }

    /** Closing with this setting sends a reset instead of an end. */
    private boolean reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
        return false;
    }

    /** In one go, so that small answers are one packet. */
    private void write(byte[]... parts) throws IOException {
        if (Arrays.stream(parts).mapToInt(part -> part.length).sum() > LARGE) {
            for (byte[] part : parts) {
                out.write(part);
            }
            return;
        }
        out.write(joined(parts));
    }

    private static byte[] head(Reply reply, String lengthName, Object length) {
        StringBuilder head = new StringBuilder(512);
        head.append("HTTP/1.1 ").append(reply.status()).append(' ').append(reason(reply.status()));
        for (Map.Entry<String, String> header : reply.headers().entrySet()) {
            head.append("\r\n").append(header.getKey()).append(": ").append(header.getValue());
        }
        head.append("\r\n").append(lengthName).append(": ").append(length).append("\r\n\r\n");
        return ascii(head.toString());
    }

    private static String reason(int status) {
        return status == 200 ? "OK" : "Status " + status;
    }

    private static byte[] chunk(byte[] bytes) {
        return bytes.length == 0
                ? bytes
                : joined(ascii(String.format(Locale.ROOT, "%x\r\n", bytes.length)), bytes, ascii("\r\n"));
    }

    private static byte[] spaces() {
        byte[] spaces = new byte[BIG];
        Arrays.fill(spaces, (byte) ' ');
        return spaces;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int done = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, done, part.length);
            done += part.length;
        }
        return all;
    }
}
