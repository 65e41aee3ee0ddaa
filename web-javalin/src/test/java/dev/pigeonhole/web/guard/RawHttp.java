package dev.pigeonhole.web.guard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Sends exactly these bytes: what a well-behaved client never would. */
public final class RawHttp {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

    /** All that came back until the server closed the connection. */
    public record Answer(String text) {
        /** The first; 0 if the connection was closed without a word. */
        public int status() {
            return statuses().isEmpty() ? 0 : statuses().get(0);
        }

        public List<Integer> statuses() {
            return STATUS.matcher(text)
                    .results()
                    .map(found -> Integer.valueOf(found.group(1)))
                    .toList();
        }

        public String header(String name) {
            return text.lines()
                    .takeWhile(line -> !line.isEmpty())
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        public String body() {
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? "" : text.substring(end + 4);
        }
    }

    private RawHttp() {}

    /**
     * Sends a request, then ends its side of the connection.
     *
     * @param request PORT in it becomes the port
     */
    public static Answer send(int port, String request) throws IOException {
        try (Socket socket = open(port)) {
            write(socket, request.replace("PORT", Integer.toString(port)));
            socket.shutdownOutput();
            return read(socket);
        }
    }

    public static Socket open(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(30_000);
        return socket;
    }

    public static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Reads until the server closes. */
    public static Answer read(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[4096];
        InputStream in = socket.getInputStream();
        try {
            int count;
            while ((count = in.read(piece)) >= 0) {
                all.write(piece, 0, count);
            }
        } catch (SocketException e) {
            // Closed with bytes of ours unread: what came before counts.
            return new Answer(all.toString(StandardCharsets.ISO_8859_1));
        }
        return new Answer(all.toString(StandardCharsets.ISO_8859_1));
    }
}
