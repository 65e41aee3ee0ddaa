package dev.pigeonhole.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.Logs;

/** What a browser wrote down. It forgets each entry once it is read, so all are kept here. Not thread-safe. */
final class BrowserLog {
    private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Set<String> NETWORK = Set.of("http", "https", "ws", "wss", "ftp");
    private static final Pattern VIOLATION =
            Pattern.compile("Content Security Policy|Trusted ?(Types|HTML|Script)|violates the following");

    private final JsonMapper mapper = new JsonMapper();
    private final List<String> requests = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final Logs logs;

    BrowserLog(Logs logs) {
        this.logs = logs;
    }

    List<String> requests() {
        for (LogEntry entry : logs.get(LogType.PERFORMANCE)) {
            JsonNode message = read(entry.getMessage()).path("message");
            if (message.path("method").asText().equals("Network.requestWillBeSent")) {
                requests.add(message.at("/params/request/url").asText());
            }
        }
        return List.copyOf(requests);
    }

    List<String> errors() {
        for (LogEntry entry : logs.get(LogType.BROWSER)) {
            if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
                errors.add(entry.getMessage());
            }
        }
        return List.copyOf(errors);
    }

    void forget() {
        requests();
        errors();
        requests.clear();
        errors.clear();
    }

    static boolean isViolation(String error) {
        return VIOLATION.matcher(error).find();
    }

    static boolean leavesThisMachine(String address) {
        int colon = address.indexOf(':');
        if (colon < 0 || !NETWORK.contains(address.substring(0, colon))) {
            return false;
        }
        String host = URI.create(address.replaceFirst("[?#].*$", "")).getHost();
        return host == null || !HERE.contains(host);
    }

    private JsonNode read(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
