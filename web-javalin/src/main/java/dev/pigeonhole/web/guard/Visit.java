package dev.pigeonhole.web.guard;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about where it comes from and what it wants. Immutable.
 *
 * @param path as it was sent, without the query
 * @param hosts all {@code Host} headers
 * @param authority the host that the request line names, if it names one
 * @param headers the first of each header, by lower-case name
 * @param cookies by name
 * @param port the port that was asked
 */
record Visit(
        String method,
        String path,
        List<String> hosts,
        @Nullable String authority,
        Map<String, String> headers,
        Map<String, String> cookies,
        int port) {
    Visit {
        hosts = List.copyOf(hosts);
        headers = Map.copyOf(headers);
        cookies = Map.copyOf(cookies);
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    String host() {
        return hosts.size() == 1 ? hosts.get(0) : "";
    }

    boolean isApi() {
        return Gate.isApi(path);
    }
}
