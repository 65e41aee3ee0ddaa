package dev.pigeonhole.fakellm;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request as it came over the wire. Immutable, except that the body is not copied. */
final class HttpRequest {
    private final String method;
    private final String target;
    private final Map<String, String> headers;
    private final byte[] body;

    /** @param headers with names in lower case */
    HttpRequest(String method, String target, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    /** Its first line: what may be told of a request before its body is read. */
    record Line(String method, String target) {
        String path() {
            return pathOf(target);
        }
    }

    String method() {
        return method;
    }

    /** The path alone, also if the target is a whole address, as proxies are sent. */
    String path() {
        return pathOf(target);
    }

    private static String pathOf(String target) {
        String path = target;
        int scheme = path.indexOf("://");
        if (scheme > 0) {
            int slash = path.indexOf('/', scheme + 3);
            path = slash < 0 ? "/" : path.substring(slash);
        }
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    /** What follows the question mark. */
    String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    byte[] body() {
        return body;
    }

    /** Whether the client wants the connection closed after the answer. */
    boolean isLast() {
        return header("connection").orElse("").toLowerCase(Locale.ROOT).contains("close");
    }
}
