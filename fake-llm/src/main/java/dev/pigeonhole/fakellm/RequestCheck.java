package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the real service checks before it does any work. Thread-safe. */
final class RequestCheck {
    private static final Pattern SCHEMA_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final Set<String> FORMATS = Set.of("text", "json_object", "json_schema");

    private final List<String> models;
    private final Abilities abilities;
    private final Replies replies;

    /** @param models that exist; empty for any */
    RequestCheck(List<String> models, Abilities abilities, Replies replies) {
        this.models = List.copyOf(models);
        this.abilities = abilities;
        this.replies = replies;
    }

    /** The refusal, if there is a reason for one. */
    Optional<Reply> refuse(JsonNode body, Question question) {
        return model(question.model())
                .or(() -> messages(body))
                .or(() -> parameters(body))
                .or(() -> format(body.path("response_format"), question));
    }

    /** The refusal of a request that is longer than the model can read. */
    Optional<Reply> refuseLength(int promptTokens, int maxTokens) {
        return promptTokens + (long) maxTokens <= abilities.contextTokens()
                ? Optional.empty()
                : Optional.of(replies.badRequest(
                        "This model's maximum context length is " + abilities.contextTokens()
                                + " tokens. However, you requested " + (promptTokens + (long) maxTokens) + " tokens ("
                                + promptTokens + " in the messages, " + maxTokens
                                + " in the completion). Please reduce the length of the messages or completion.",
                        "messages",
                        "context_length_exceeded"));
    }

    private Optional<Reply> model(String model) {
        if (model.isEmpty()) {
            return Optional.of(replies.badRequest("you must provide a model parameter", null, null));
        }
        return models.isEmpty() || models.contains(model) ? Optional.empty() : Optional.of(replies.unknownModel(model));
    }

    private Optional<Reply> messages(JsonNode body) {
        if (body.path("messages").isEmpty()) {
            return Optional.of(replies.badRequest(
                    "Missing required parameter: 'messages'.", "messages", "missing_required_parameter"));
        }
        for (JsonNode message : body.path("messages")) {
            if (!message.path("role").isTextual() || !message.has("content")) {
                return Optional.of(replies.badRequest("Invalid value in 'messages'.", "messages", "invalid_value"));
            }
        }
        return Optional.empty();
    }

    private Optional<Reply> parameters(JsonNode body) {
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (abilities.unsupported().contains(name)) {
                return Optional.of(unsupported(name));
            }
        }
        if (body.path("stream").asBoolean() || body.path("n").asInt(1) != 1) {
            return Optional.of(unsupported(body.path("stream").asBoolean() ? "stream" : "n"));
        }
        if (!abilities.temperature() && body.path("temperature").asDouble(1) != 1) {
            return Optional.of(replies.badRequest(
                    "Unsupported value: 'temperature' does not support " + body.path("temperature")
                            + " with this model. Only the default (1) value is supported.",
                    "temperature",
                    "unsupported_value"));
        }
        return mostTokens(body, "max_tokens").or(() -> mostTokens(body, "max_completion_tokens"));
    }

    private Optional<Reply> mostTokens(JsonNode body, String name) {
        return body.path(name).asInt(1) >= 1
                ? Optional.empty()
                : Optional.of(replies.badRequest(
                        "Invalid '" + name + "': integer below minimum value.", name, "integer_below_min_value"));
    }

    private Reply unsupported(String name) {
        String instead = name.equals("max_tokens")
                ? " Use 'max_completion_tokens' instead."
                : name.equals("max_completion_tokens") ? " Use 'max_tokens' instead." : "";
        return replies.badRequest(
                "Unsupported parameter: '" + name + "' is not supported with this model." + instead,
                name,
                "unsupported_parameter");
    }

    private Optional<Reply> format(JsonNode format, Question question) {
        if (format.isMissingNode() || format.isNull()) {
            return Optional.empty();
        }
        String type = format.path("type").asText();
        boolean able = switch (type) {
            case "json_schema" -> abilities.jsonSchema();
            case "json_object" -> abilities.jsonObject();
            default -> FORMATS.contains(type);
        };
        if (!able) {
            return Optional.of(replies.badRequest(
                    "Invalid parameter: 'response_format' of type '" + type + "' is not supported with this model.",
                    "response_format",
                    null));
        }
        return switch (type) {
            case "json_schema" -> schema(format.path("json_schema"));
            case "json_object" -> mentionsJson(question);
            default -> Optional.empty();
        };
    }

    private Optional<Reply> mentionsJson(Question question) {
        return question.prompt().stream()
                        .anyMatch(message ->
                                message.text().toLowerCase(Locale.ROOT).contains("json"))
                ? Optional.empty()
                : Optional.of(replies.badRequest(
                        "'messages' must contain the word 'json' in some form, to use 'response_format' of type"
                                + " 'json_object'.",
                        "messages",
                        null));
    }

    private Optional<Reply> schema(JsonNode format) {
        String name = format.path("name").asText();
        if (!SCHEMA_NAME.matcher(name).matches()) {
            return Optional.of(replies.badRequest(
                    "Invalid 'response_format.json_schema.name': string does not match pattern.",
                    "response_format.json_schema.name",
                    "invalid_value"));
        }
        if (!format.path("strict").asBoolean()) {
            return Optional.empty();
        }
        return StrictSchema.faultIn(format.path("schema"), abilities.refEnumsCountEachUse())
                .map(fault -> replies.badRequest(
                        "Invalid schema for response_format '" + name + "': " + fault,
                        "response_format",
                        "invalid_json_schema"));
    }
}
