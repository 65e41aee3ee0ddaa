package dev.pigeonhole.workspace.quote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.pigeonhole.quality.Proportion;
import dev.pigeonhole.quality.Ratio;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A measurement as a flat JSON object, whose one inner object holds the answers. Stateless. */
final class MeasurementJson {
    private static final String VERSION = "1";
    private static final String ANSWERS = "answers";
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

    private MeasurementJson() {}

    static String write(Measurement measured) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator to = new JsonFactory().createGenerator(text)) {
            to.writeStartObject();
            to.writeStringField("version", VERSION);
            to.writeStringField("model", measured.model());
            to.writeNumberField("rows", measured.rows());
            to.writeNumberField("calls", measured.calls());
            write(to, "cost", measured.cost());
            write(to, "seconds", measured.seconds());
            if (measured.truth().isPresent()) {
                to.writeNumberField("labelled", measured.truth().get().of());
                to.writeNumberField("right", measured.truth().get().count());
            }
            to.writeObjectFieldStart(ANSWERS);
            for (Map.Entry<Long, String> answer : measured.answers().entrySet()) {
                to.writeStringField(answer.getKey().toString(), answer.getValue());
            }
            to.writeEndObject();
            to.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator to, String name, Optional<Ratio> ratio) throws IOException {
        if (ratio.isPresent()) {
            to.writeNumberField(name, ratio.get().value());
            to.writeNumberField(name + "_parts", ratio.get().parts());
            if (ratio.get().half().isPresent()) {
                to.writeNumberField(name + "_half", ratio.get().half().getAsDouble());
            }
        }
    }

    /** @throws IllegalArgumentException it is JSON, but no measurement */
    static Measurement read(String json) throws IOException {
        Map<String, String> fields = new HashMap<>();
        SortedMap<Long, String> answers = new TreeMap<>();
        try (JsonParser from = new JsonFactory().createParser(json)) {
            require(from.nextToken() == JsonToken.START_OBJECT, "an object was expected");
            while (from.nextToken() == JsonToken.FIELD_NAME) {
                String name = from.currentName();
                if (from.nextToken() == JsonToken.START_OBJECT) {
                    readAnswers(from, answers);
                } else {
                    fields.put(name, from.getText());
                }
            }
        }
        require(VERSION.equals(fields.get("version")), "version " + VERSION + " was expected");
        return measurement(fields, answers);
    }

    private static void readAnswers(JsonParser from, SortedMap<Long, String> answers) throws IOException {
        while (from.nextToken() == JsonToken.FIELD_NAME) {
            long row = Long.parseLong(from.currentName());
            from.nextToken();
            answers.put(row, from.getText());
        }
    }

    private static Measurement measurement(Map<String, String> fields, SortedMap<Long, String> answers) {
        return new Measurement(
                text(fields, "model"),
                (long) number(fields, "rows"),
                (long) number(fields, "calls"),
                ratio(fields, "cost"),
                ratio(fields, "seconds"),
                fields.containsKey("labelled")
                        ? Optional.of(new Proportion((long) number(fields, "right"), (long) number(fields, "labelled")))
                        : Optional.empty(),
                answers);
    }

    private static Optional<Ratio> ratio(Map<String, String> fields, String name) {
        if (!fields.containsKey(name)) {
            return Optional.empty();
        }
        OptionalDouble half = fields.containsKey(name + "_half")
                ? OptionalDouble.of(number(fields, name + "_half"))
                : OptionalDouble.empty();
        return Optional.of(new Ratio(number(fields, name), (int) number(fields, name + "_parts"), half));
    }

    private static double number(Map<String, String> fields, String name) {
        String text = text(fields, name);
        require(NUMBER.matcher(text).matches(), "\"" + name + "\" must be a number");
        return Double.parseDouble(text);
    }

    private static String text(Map<String, String> fields, String name) {
        String text = fields.get(name);
        if (text == null) {
            throw new IllegalArgumentException("\"" + name + "\" is missing");
        }
        return text;
    }

    private static void require(boolean fine, String problem) {
        if (!fine) {
            throw new IllegalArgumentException(problem);
        }
    }
}
