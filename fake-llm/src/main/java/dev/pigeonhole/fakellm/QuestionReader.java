package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands a request as a model would: what is asked, and how it is to be answered. Thread-safe. */
final class QuestionReader {
    private static final Pattern BLOCK = Pattern.compile("<records-(\\w+)>\\R(.*?)</records-\\1>", Pattern.DOTALL);
    private static final Pattern RECORD_ID = Pattern.compile("r\\d+");

    private final ObjectMapper json;

    QuestionReader(ObjectMapper json) {
        this.json = json;
    }

    /** @param model from the address, if it is there; else empty */
    Question read(JsonNode body, String model) {
        List<Question.Message> prompt = new ArrayList<>();
        JsonNode schema = schema(body);
        if (!schema.isMissingNode()) {
            prompt.add(new Question.Message("schema", schema.toString()));
        }
        body.path("messages")
                .forEach(message ->
                        prompt.add(new Question.Message(message.path("role").asText(), text(message.path("content")))));
        String user = said(prompt, "user");
        List<Question.Asked> records = records(user);
        Question.Shape shape = shape(body, schema);
        return new Question(
                model.isEmpty() ? body.path("model").asText() : model,
                prompt,
                user,
                records,
                categories(schema, shape, prompt),
                shape,
                schema,
                body.path("max_completion_tokens").asInt(body.path("max_tokens").asInt()));
    }

    private static JsonNode schema(JsonNode body) {
        JsonNode format = body.path("response_format");
        return format.path("type").asText().equals("json_schema")
                ? format.path("json_schema").path("schema")
                : MissingNode.getInstance();
    }

    /** The text of a message: a string, or parts of which some are text. */
    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asText()));
        return text.toString();
    }

    private static String said(List<Question.Message> prompt, String role) {
        StringBuilder all = new StringBuilder();
        for (Question.Message message : prompt) {
            if (message.role().equals(role)) {
                all.append(all.isEmpty() ? "" : "\n").append(message.text());
            }
        }
        return all.toString();
    }

    /** The records of the block; without a block, each line that is a JSON object with an id. */
    private List<Question.Asked> records(String user) {
        Matcher block = BLOCK.matcher(user);
        String lines = block.find() ? block.group(2) : user;
        List<Question.Asked> records = new ArrayList<>();
        lines.lines().map(String::strip).filter(line -> line.startsWith("{")).forEach(line -> {
            JsonNode record = parsed(line);
            if (record.path("id").isValueNode()) {
                records.add(new Question.Asked(record.path("id").asText(), fields(record)));
            }
        });
        return records;
    }

    /** A line that is no JSON is no record: what a model makes of it is anybody's guess. */
    private JsonNode parsed(String line) {
        try {
            return json.readTree(line);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** All that a record says: its texts, without its id and without marks such as numbers. */
    private static String fields(JsonNode record) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, JsonNode> field : record.properties()) {
            if (!field.getKey().equals("id") && field.getValue().isTextual()) {
                text.append(text.isEmpty() ? "" : "\n").append(field.getValue().asText());
            }
        }
        return text.toString();
    }

    private static Question.Shape shape(JsonNode body, JsonNode schema) {
        if (schema.isMissingNode()) {
            String type = body.path("response_format").path("type").asText();
            return type.equals("json_object") ? Question.Shape.KEYED : Question.Shape.LINES;
        }
        JsonNode properties = schema.path("properties");
        if (!properties.isEmpty()
                && RECORD_ID.matcher(properties.fieldNames().next()).matches()) {
            return Question.Shape.KEYED;
        }
        for (JsonNode property : properties) {
            if (property.path("items").path("properties").has("id")) {
                return Question.Shape.ARRAY;
            }
        }
        return Question.Shape.OTHER;
    }

    private List<String> categories(JsonNode schema, Question.Shape shape, List<Question.Message> prompt) {
        JsonNode values = switch (shape) {
            case KEYED -> first(schema.path("properties"));
            case ARRAY -> category(schema);
            default -> MissingNode.getInstance();
        };
        List<String> names = new ArrayList<>();
        resolved(values, schema).path("enum").forEach(name -> names.add(name.asText()));
        return names.isEmpty() ? CategoryList.in(said(prompt, "system"), json) : names;
    }

    private static JsonNode first(JsonNode container) {
        return container.isEmpty()
                ? MissingNode.getInstance()
                : container.iterator().next();
    }

    private static JsonNode category(JsonNode schema) {
        for (JsonNode property : schema.path("properties")) {
            for (Map.Entry<String, JsonNode> part :
                    property.path("items").path("properties").properties()) {
                if (!part.getKey().equals("id")) {
                    return part.getValue();
                }
            }
        }
        return MissingNode.getInstance();
    }

    private static JsonNode resolved(JsonNode node, JsonNode schema) {
        String target = node.path("$ref").asText();
        return target.startsWith("#/") ? schema.at(target.substring(1)) : node;
    }
}
