package dev.pigeonhole.openai;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLException;

/**
 * A request that is to be sent once. For one call.
 *
 * @param method of HTTP
 * @param path below the base URL
 * @param query sent in the order of the names
 * @param accept the kind of answer that is asked for
 * @param silence most time between two bytes
 * @param deadline most time for all
 */
record Outgoing(
        String method,
        List<String> path,
        Map<String, String> query,
        Optional<OneShotBody> body,
        String accept,
        Duration silence,
        Duration deadline) {
    private static final String JSON = "application/json";

    Outgoing {
        path = List.copyOf(path);
        query = Collections.unmodifiableMap(new TreeMap<>(query));
    }

    static Outgoing post(OneShotBody body, Duration deadline, String... path) {
        return new Outgoing("POST", List.of(path), Map.of(), Optional.of(body), JSON, deadline, deadline);
    }

    static Outgoing get(Map<String, String> query, Duration deadline, String... path) {
        return new Outgoing("GET", List.of(path), query, Optional.empty(), JSON, deadline, deadline);
    }

    static Outgoing delete(Duration deadline, String... path) {
        return new Outgoing("DELETE", List.of(path), Map.of(), Optional.empty(), JSON, deadline, deadline);
    }

    /** A file, which may be long: its end may be far away as long as more of it comes. */
    static Outgoing download(Duration silence, Duration deadline, String... path) {
        return new Outgoing("GET", List.of(path), Map.of(), Optional.empty(), "*/*", silence, deadline);
    }

    /** Whether it had begun to leave when it failed like this; without a body, as far as the failure tells. */
    boolean mayBeSent(IOException failure) {
        return body.map(OneShotBody::isSent)
                .orElse(!(failure instanceof ConnectException
                        || failure instanceof UnknownHostException
                        || failure instanceof SSLException));
    }
}
