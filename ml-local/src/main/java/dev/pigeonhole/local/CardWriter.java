package dev.pigeonhole.local;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.local.file.Card;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Writes what a model says of itself. Good for one card. */
final class CardWriter {
    static final String METHOD = "method";
    static final String DATA = "data.sha256";
    static final String ROWS_GIVEN = "data.rows-given";
    static final String ROWS_USED = "data.rows-used";
    static final String FEATURES = "features";
    static final String SETTING = "setting.";
    static final String ACCURACY = "score.accuracy";
    static final String CALIBRATION_ERROR = "score.calibration-error";
    static final String PROMISE = "promise.";
    static final String PRECISION = ".precision";
    static final String MIN_CONFIDENCE = ".min-confidence";
    static final String COVERAGE = ".coverage";
    static final String TASK = "task";
    static final String UNMATCHED = "unmatched";
    static final String CATEGORY = "category.";
    static final String NAME = ".name";
    static final String ROWS = ".rows";
    static final String DESCRIPTION = ".description";
    static final String KEYWORD = ".keyword.";
    static final String EXAMPLE = ".example.";

    private final Map<String, String> entries = new LinkedHashMap<>();

    private CardWriter() {}

    static Card card(LocalModel model) {
        CardWriter writer = new CardWriter();
        writer.origin(model.card());
        writer.taxonomy(model.taxonomy(), model.card().rowsPerCategory());
        return new Card(writer.entries);
    }

    private void origin(ModelCard card) {
        entries.put(METHOD, card.method());
        entries.put(FEATURES, Integer.toString(card.features()));
        entries.put(DATA, card.dataFingerprint());
        entries.put(ROWS_GIVEN, Long.toString(card.rowsGiven()));
        entries.put(ROWS_USED, Long.toString(card.rowsUsed()));
        card.settings().forEach((name, value) -> entries.put(SETTING + name, value));
        put(ACCURACY, card.accuracy());
        put(CALIBRATION_ERROR, card.calibrationError());
        int number = 0;
        for (PrecisionPromise promise : card.promises()) {
            String key = PROMISE + ++number;
            entries.put(key + PRECISION, Double.toString(promise.precision()));
            entries.put(key + MIN_CONFIDENCE, Double.toString(promise.minConfidence()));
            entries.put(key + COVERAGE, Double.toString(promise.coverage()));
        }
    }

    private void put(String key, OptionalDouble value) {
        value.ifPresent(known -> entries.put(key, Double.toString(known)));
    }

    private void taxonomy(Taxonomy taxonomy, Map<String, Integer> rows) {
        entries.put(TASK, taxonomy.task());
        entries.put(UNMATCHED, Boolean.toString(taxonomy.allowUnmatched()));
        int number = 0;
        for (Category category : taxonomy.categories()) {
            String key = CATEGORY + ++number;
            entries.put(key + NAME, category.name());
            entries.put(key + ROWS, Integer.toString(rows.getOrDefault(category.name(), 0)));
            entries.put(key + DESCRIPTION, category.description());
            put(key + KEYWORD, category.keywords());
            put(key + EXAMPLE, category.examples());
        }
    }

    private void put(String key, List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            entries.put(key + (i + 1), texts.get(i));
        }
    }
}
