package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Answers questions: truly, as the oracle knows it, or spoilt by a content fault. Thread-safe if the oracle is. */
final class Answers {
    private final Oracle oracle;
    private final Layout layout;
    private final ObjectMapper json;

    Answers(Oracle oracle, ObjectMapper json) {
        this.oracle = oracle;
        this.layout = new Layout(json);
        this.json = json;
    }

    /** @param fault a content fault, if there is to be one */
    Draft draft(Question question, Optional<FaultRule> fault, RandomGenerator random) {
        if (question.shape() == Question.Shape.OTHER) {
            return Draft.of(SchemaFiller.fill(question.schema(), json).toString());
        }
        List<Draft.Entry> truth = truth(question);
        if (truth.isEmpty()) {
            return Draft.of(question.shape() == Question.Shape.LINES ? "ok" : layout.render(question, truth));
        }
        if (fault.isEmpty()) {
            return Draft.of(layout.render(question, truth));
        }
        Spoilt entries = new WrongEntries(question, fault.get(), random).spoil(truth);
        Draft draft = Draft.of(layout.render(question, entries.entries())).spoiling(entries.spoiled());
        return WrongText.spoil(fault.get().fault(), draft, question, random);
    }

    private List<Draft.Entry> truth(Question question) {
        Map<String, String> known = new LinkedHashMap<>();
        question.records().forEach(record -> known.put(record.id(), bound(question, record.text())));
        if (question.shape() == Question.Shape.KEYED && !question.schema().isMissingNode()) {
            return inSchemaOrder(question, known);
        }
        List<Draft.Entry> entries = new ArrayList<>();
        known.forEach((id, category) -> entries.add(new Draft.Entry(id, category)));
        return entries;
    }

    /** The category, if it is one of those allowed; else "none". */
    private String bound(Question question, String text) {
        String category = oracle.categoryOf(
                text, question.categories(), question.records().size());
        return question.categories().isEmpty() || question.categories().contains(category)
                ? category
                : Categories.noneOf(question.categories());
    }

    /** A strict schema is followed to the letter: each key, in its order, nothing else. */
    private static List<Draft.Entry> inSchemaOrder(Question question, Map<String, String> known) {
        String none = Categories.noneOf(question.categories());
        List<Draft.Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property :
                question.schema().path("properties").properties()) {
            entries.add(new Draft.Entry(property.getKey(), known.getOrDefault(property.getKey(), none)));
        }
        return entries;
    }
}
