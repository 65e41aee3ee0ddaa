package dev.pigeonhole.fakellm;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a form with files. Immutable, except that the body is not copied. */
final class Multipart {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))");
    private static final Pattern NAME = Pattern.compile(";\\s*name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile(";\\s*filename=\"([^\"]*)\"");

    private final byte[] body;
    private final Map<String, Part> parts = new LinkedHashMap<>();

    /**
     * One part: what stands from one place of the body to another.
     *
     * @param fileName empty if it is no file
     */
    record Part(String fileName, int from, int to) {}

    private Multipart(byte[] body) {
        this.body = body;
    }

    /** Empty if it is no form, or not whole. */
    static Optional<Multipart> read(String contentType, byte[] body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data") || !boundary.find()) {
            return Optional.empty();
        }
        String mark = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
        Multipart form = new Multipart(body);
        return form.parse(("\r\n--" + mark).getBytes(StandardCharsets.ISO_8859_1))
                ? Optional.of(form)
                : Optional.empty();
    }

    Optional<Part> part(String name) {
        return Optional.ofNullable(parts.get(name));
    }

    /** The value of a field; empty if there is none. */
    String value(String name) {
        return part(name)
                .map(part -> new String(body, part.from(), part.to() - part.from(), StandardCharsets.UTF_8))
                .orElse("");
    }

    /** The first boundary may stand at the very beginning, without a new line before it. */
    private boolean parse(byte[] mark) {
        int at = startsWith(mark) ? mark.length - 2 : after(mark, find(mark, 0));
        while (at >= 0 && at + 1 < body.length && body[at] == '\r') {
            int head = find(new byte[] {'\r', '\n', '\r', '\n'}, at);
            int end = head < 0 ? -1 : find(mark, head + 2);
            if (end < 0) {
                return false;
            }
            // an empty part has its end in the blank line after its head
            add(new String(body, at, head - at, StandardCharsets.UTF_8), Math.min(head + 4, end), end);
            at = after(mark, end);
        }
        return at >= 0 && at + 1 < body.length && body[at] == '-' && body[at + 1] == '-';
    }

    private boolean startsWith(byte[] mark) {
        for (int i = 2; i < mark.length; i++) {
            if (i - 2 >= body.length || body[i - 2] != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static int after(byte[] mark, int at) {
        return at < 0 ? at : at + mark.length;
    }

    private void add(String head, int from, int to) {
        for (String line : head.split("\r\n", -1)) {
            Matcher name = NAME.matcher(line);
            if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:") && name.find()) {
                Matcher file = FILE_NAME.matcher(line);
                parts.put(name.group(1), new Part(file.find() ? file.group(1) : "", from, to));
            }
        }
    }

    private int find(byte[] wanted, int from) {
        for (int at = from; at <= body.length - wanted.length; at++) {
            int same = 0;
            while (same < wanted.length && body[at + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return at;
            }
        }
        return -1;
    }
}
