package dev.pigeonhole.cli;

import dev.pigeonhole.quality.Interval;
import dev.pigeonhole.quality.Proportion;
import dev.pigeonhole.workspace.LabelSurvey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What training has shown, for a person and for a script. Immutable.
 *
 * @param file where the model is
 * @param derived whether the categories were taken from the labels
 */
record TrainingReport(Trained trained, LabelSurvey survey, Path file, long seed, boolean derived) {
    private static final int WIDTH = 11;
    private static final int FEW_ROWS = 10;
    private static final int NAMED = 5;
    private static final double USUAL_PROMISE = 0.95;

    /** @param program what the user types to start this program */
    String text(String program) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "model",
                Plain.text(file.toString()) + " (" + trained.method() + ", " + Plain.number(trained.features())
                        + " features, seed " + seed + ")");
        text.append(SurveyText.of(survey));
        if (trained.rowsUsed() < survey.usable()) {
            line(text, "learned", "from " + Plain.number(trained.rowsUsed()) + " rows, drawn at random");
        }
        line(
                text,
                "categories",
                Plain.number(trained.rowsPerCategory().size())
                        + (derived ? ", taken from the labels, the most frequent first" : ""));
        few().ifPresent(few -> line(text, "few rows", few));
        scores(text);
        line(text, "next", next(program));
        return text.toString().stripTrailing();
    }

    private void scores(StringBuilder text) {
        if (trained.accuracy().isEmpty()) {
            line(text, "accuracy", "not known: there are too few rows to hold some back; no row gets a confidence");
            return;
        }
        String interval = interval()
                .map(range -> " (95 % interval " + percent(range.low()) + " to " + percent(range.high()) + ")")
                .orElse("");
        line(text, "accuracy", percent(trained.accuracy().getAsDouble()) + " of rows that it had not seen" + interval);
        trained.calibrationError()
                .ifPresent(error ->
                        line(text, "confidence", "is off by " + percent(error) + " on average (calibration error)"));
        promises().forEach(promise -> line(text, "", promise(promise)));
        if (trained.promises().isEmpty()) {
            line(text, "", "no --min-confidence can be promised to keep wrong answers away");
        }
    }

    private static String promise(Trained.Promise promise) {
        return String.format(
                Locale.ROOT,
                "to be right in %s of 100 answers: --min-confidence %s answers %s of the rows",
                number(100 * promise.precision()),
                confidence(promise),
                percent(promise.coverage()));
    }

    /** Rounded down: up, it could be more than any answer has. */
    private static String confidence(Trained.Promise promise) {
        return number(Math.floor(promise.minConfidence() * 10_000) / 10_000);
    }

    /** Of those with the same least confidence, only the one that promises most. */
    private List<Trained.Promise> promises() {
        Map<String, Trained.Promise> best = new LinkedHashMap<>();
        trained.promises().forEach(promise -> best.put(confidence(promise), promise));
        return List.copyOf(best.values());
    }

    /** Those of which the model knows least. */
    private Optional<String> few() {
        List<Map.Entry<String, Integer>> few = trained.rowsPerCategory().entrySet().stream()
                .filter(category -> category.getValue() < FEW_ROWS)
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .toList();
        if (few.isEmpty()) {
            return Optional.empty();
        }
        List<String> named = new ArrayList<>();
        few.stream()
                .limit(NAMED)
                .forEach(category -> named.add(Plain.text(category.getKey()) + " ("
                        + (category.getValue() == 0 ? "none, so it is never answered" : category.getValue()) + ")"));
        return Optional.of(
                String.join(", ", named) + (few.size() > NAMED ? " and " + (few.size() - NAMED) + " more" : ""));
    }

    private String next(String program) {
        String command = program + " run INPUT.csv --model " + Plain.word(file.toString());
        return command
                + trained.promises().stream()
                        .filter(promise -> promise.precision() >= USUAL_PROMISE)
                        .findFirst()
                        .map(promise -> " --min-confidence " + confidence(promise))
                        .orElse("");
    }

    /** Of the accuracy; empty if that is not known. */
    private Optional<Interval> interval() {
        return trained.accuracy().isEmpty()
                ? Optional.empty()
                : new Proportion(Math.round(trained.accuracy().getAsDouble() * trained.rowsUsed()), trained.rowsUsed())
                        .wilson();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.4f", value);
        return text.replaceFirst("\\.?0+$", "");
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(Plain.field(WIDTH, name, value));
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", "trained");
        map.put("v", 1);
        map.put("model", file.toString());
        map.put("method", trained.method());
        map.put("features", trained.features());
        map.put("seed", seed);
        map.putAll(SurveyText.json(survey));
        map.put("rows_used", trained.rowsUsed());
        map.put("categories_from", derived ? "labels" : "file");
        map.put("categories", trained.rowsPerCategory());
        map.put("accuracy", boxed(trained.accuracy()));
        map.put("accuracy_low", interval().map(Interval::low));
        map.put("accuracy_high", interval().map(Interval::high));
        map.put("calibration_error", boxed(trained.calibrationError()));
        map.put(
                "promises",
                trained.promises().stream().map(TrainingReport::json).toList());
        return map;
    }

    private static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static Map<String, @Nullable Object> json(Trained.Promise promise) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("precision", promise.precision());
        map.put("min_confidence", promise.minConfidence());
        map.put("coverage", promise.coverage());
        return map;
    }
}
