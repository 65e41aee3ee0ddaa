package dev.pigeonhole.cli;

import dev.pigeonhole.workspace.LabelSurvey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was found in a labelled file, for a person and for a script. Stateless. */
final class SurveyText {
    private static final int WIDTH = 11;

    private SurveyText() {}

    /** Lines, each with its end. */
    static String of(LabelSurvey survey) {
        StringBuilder text = new StringBuilder();
        text.append(Plain.field(
                WIDTH,
                "rows",
                Plain.number(survey.rows()) + " = " + Plain.number(survey.usable()) + " with text and label + "
                        + Plain.number(survey.withoutText()) + " without text + "
                        + Plain.number(survey.withoutLabel()) + " without label"));
        text.append(Plain.field(WIDTH, "labels", Plain.count(survey.labels().size(), "only", "different ones")));
        if (survey.repeated() > 0) {
            note(text, Plain.count(survey.repeated(), "row repeats", "rows repeat") + " an earlier one");
        }
        if (survey.contradictions() > 0) {
            note(
                    text,
                    (survey.complete() ? "" : "at least ")
                            + Plain.count(survey.contradictions(), "text has", "texts have")
                            + " more than one label; whatever learns from them guesses:");
            survey.examples().forEach(example -> note(text, "  " + line(example)));
        }
        return text.toString();
    }

    private static String line(LabelSurvey.Contradiction example) {
        return "row " + Plain.number(example.row()) + " is \"" + Plain.text(example.label()) + "\", row "
                + Plain.number(example.otherRow()) + " is \"" + Plain.text(example.other()) + "\": "
                + Plain.text(example.text());
    }

    private static void note(StringBuilder text, String note) {
        text.append(Plain.field(WIDTH, "note", note));
    }

    static Map<String, @Nullable Object> json(LabelSurvey survey) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("rows", survey.rows());
        map.put("usable", survey.usable());
        map.put("without_text", survey.withoutText());
        map.put("without_label", survey.withoutLabel());
        map.put("repeated", survey.repeated());
        map.put("contradictions", survey.contradictions());
        map.put(
                "contradiction_examples",
                survey.examples().stream().map(SurveyText::json).toList());
        return map;
    }

    private static Map<String, @Nullable Object> json(LabelSurvey.Contradiction example) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("text", example.text());
        map.put("row", example.row());
        map.put("label", example.label());
        map.put("other_row", example.otherRow());
        map.put("other", example.other());
        return map;
    }
}
