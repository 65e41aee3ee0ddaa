package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes entries in the shape that was asked for; an id that comes twice is written twice. Thread-safe. */
final class Layout {
    private final ObjectMapper json;

    Layout(ObjectMapper json) {
        this.json = json;
    }

    String render(Question question, List<Draft.Entry> entries) {
        if (question.shape() == Question.Shape.LINES) {
            return lines(entries);
        }
        StringWriter text = new StringWriter(entries.size() * 32);
        try (JsonGenerator generator = json.createGenerator(text)) {
            generator.writeStartObject();
            if (question.shape() == Question.Shape.KEYED) {
                keyed(generator, entries);
            } else {
                array(generator, entries, question.arrayNames());
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    private static String lines(List<Draft.Entry> entries) {
        StringBuilder text = new StringBuilder();
        for (Draft.Entry entry : entries) {
            text.append(entry.id()).append('\t').append(entry.category()).append('\n');
        }
        return text.toString().stripTrailing();
    }

    private static void keyed(JsonGenerator generator, List<Draft.Entry> entries) throws IOException {
        for (Draft.Entry entry : entries) {
            generator.writeStringField(entry.id(), entry.category());
        }
    }

    private static void array(JsonGenerator generator, List<Draft.Entry> entries, Question.ArrayNames names)
            throws IOException {
        generator.writeArrayFieldStart(names.list());
        for (Draft.Entry entry : entries) {
            generator.writeStartObject();
            generator.writeStringField(names.id(), entry.id());
            generator.writeStringField(names.category(), entry.category());
            generator.writeEndObject();
        }
        generator.writeEndArray();
    }
}
