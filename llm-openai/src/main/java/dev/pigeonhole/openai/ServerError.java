package dev.pigeonhole.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a server said about why it does not answer, in any of the forms that servers use. Immutable. It may quote the request, or
 * even the key: to be shown only by {@link Plain}.
 *
 * @param message empty if there is none
 * @param code empty if there is none
 * @param type empty if there is none
 * @param param the parameter it is about; empty if it names none
 * @param tellsWhen whether it tells, beside its message, when to ask again
 */
record ServerError(String message, String code, String type, String param, boolean tellsWhen) {
    private static final ServerError NONE = new ServerError("", "", "", "", false);

    static ServerError of(HttpAnswer answer) {
        return answer.json().map(ServerError::of).orElse(NONE);
    }

    /** From the whole body. */
    static ServerError of(JsonNode body) {
        JsonNode root = body.isArray() ? body.path(0) : body;
        JsonNode error = root.path("error");
        if (error.isObject()) {
            return of(message(error), error);
        }
        return of(error.isTextual() ? error.asText() : message(root), root);
    }

    private static ServerError of(String message, JsonNode error) {
        return new ServerError(
                message,
                code(error),
                error.path("type").asText(""),
                param(error.path("param")),
                error.path("details").findValue("retryDelay") != null);
    }

    /** All of it in small letters, to look for words in. */
    String words() {
        return String.join(" ", code, type, param, message).toLowerCase(Locale.ROOT);
    }

    private static String message(JsonNode node) {
        JsonNode message = node.path("message");
        if (message.isTextual()) {
            return message.asText();
        }
        JsonNode detail = node.path("detail");
        return detail.isArray() ? details(detail) : detail.asText("");
    }

    /** As validators of Python say it: a place and a message for each fault. */
    private static String details(JsonNode faults) {
        List<String> all = new ArrayList<>();
        for (JsonNode fault : faults) {
            List<String> place = new ArrayList<>();
            fault.path("loc").forEach(part -> place.add(part.asText()));
            all.add(String.join(".", place) + ": " + fault.path("msg").asText(""));
        }
        return String.join("; ", all);
    }

    /** The innermost is the one that tells most. */
    private static String code(JsonNode error) {
        return Optional.of(error.path("innererror").path("code").asText(""))
                .filter(code -> !code.isEmpty())
                .orElse(error.path("code").asText(""));
    }

    private static String param(JsonNode param) {
        return param.isTextual() ? param.asText() : "";
    }
}
