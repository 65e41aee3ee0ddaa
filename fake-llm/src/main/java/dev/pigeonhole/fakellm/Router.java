package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out what a request wants. Thread-safe. */
final class Router {
    private static final Pattern CHAT = Pattern.compile("(?:.*/deployments/([^/]+)|.*/v1|)/chat/completions");
    private static final Pattern MODELS = Pattern.compile("(?:.*/v1|/openai|)/models");
    private static final int MOST_UPLOAD_BYTES = 512 << 20;
    private static final String ELSEWHERE = "/__elsewhere";

    private final ServerState state;
    private final ServerSettings settings;
    private final ObjectMapper json;
    private final Replies replies;
    private final ChatEndpoint chat;
    private final LaneEndpoint lane;
    private final ControlEndpoint control;

    Router(ServerState state, ServerSettings settings, ObjectMapper json, Replies replies, Clerk clerk) {
        this.state = state;
        this.settings = settings;
        this.json = json;
        this.replies = replies;
        this.chat = new ChatEndpoint(state, settings, json, replies, clerk);
        this.lane = new LaneEndpoint(state.lane(), settings, replies);
        this.control = new ControlEndpoint(state, json, replies);
    }

    Reply answer(HttpRequest request, Client client) throws IOException {
        String path = request.path();
        Matcher chatPath = CHAT.matcher(path);
        if (request.method().equals("POST") && chatPath.matches()) {
            String model = chatPath.group(1) == null ? "" : chatPath.group(1);
            return chat.answer(request, model, elsewhere(request), client);
        }
        if (request.method().equals("GET") && MODELS.matcher(path).matches()) {
            return settings.accepts(request) ? models() : replies.unauthorized();
        }
        Optional<Reply> ofLane = lane.answer(request, elsewhere(request));
        if (ofLane.isPresent()) {
            return ofLane.get();
        }
        if (path.equals(ELSEWHERE)) {
            state.meter()
                    .followRedirect(request.header("authorization")
                            .or(() -> request.header("api-key"))
                            .isPresent());
            return replies.json(200, json.createObjectNode().put("followed", true));
        }
        if (path.startsWith("/__")) {
            return control.answer(request);
        }
        return replies.error(
                404, "Invalid URL (" + request.method() + " " + path + ")", "invalid_request_error", null, null);
    }

    /** The longest body that a request may have. */
    int mostBodyBytes(HttpRequest.Line line) {
        return LaneEndpoint.takesFiles(line)
                ? MOST_UPLOAD_BYTES
                : settings.abilities().bodyBytes();
    }

    /** The same server under another name. */
    private static String elsewhere(HttpRequest request) {
        String host = request.header("host").orElse("localhost");
        return "http://localhost" + host.substring(Math.max(0, host.lastIndexOf(':'))) + ELSEWHERE;
    }

    private Reply models() {
        ObjectNode body = json.createObjectNode().put("object", "list");
        ArrayNode data = body.putArray("data");
        settings.models()
                .forEach(model -> data.addObject()
                        .put("id", model)
                        .put("object", "model")
                        .put("created", 1_700_000_000)
                        .put("owned_by", "fake"));
        return replies.json(200, body);
    }

    Reply tooLarge() {
        return replies.error(413, "The request is too large.", "invalid_request_error", null, "request_too_large")
                .with("connection", "close");
    }

    Reply notUnderstood(String reason) {
        return replies.badRequest("Bad request: " + reason, null, null).with("connection", "close");
    }
}
