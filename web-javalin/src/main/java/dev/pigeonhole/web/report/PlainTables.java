package dev.pigeonhole.web.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** An evaluation as plain tables, for whoever reads it without script. Stateless. */
final class PlainTables {
    private static final String NONE = "\u2014";

    private record Column(String head, Function<JsonNode, String> cell) {}

    private PlainTables() {}

    static String of(JsonNode evaluation) {
        return "<div class=\"plain\">\n"
                + figures(evaluation)
                + table(
                        "By category",
                        evaluation.path("categories"),
                        List.of(
                                text("Category", "name"),
                                share("Precision", "precision"),
                                share("Recall", "recall"),
                                number("F1", "f1"),
                                count("Belong there", "truth"),
                                count("Got it", "answered"),
                                count("Right", "right")))
                + table(
                        "What is taken for what",
                        evaluation.path("confused"),
                        List.of(
                                text("Belongs to", "truth"),
                                text("Taken for", "answer"),
                                count("Rows", "rows"),
                                share("Of those that belong there", "share")))
                + table(
                        "Confidence against what was right",
                        evaluation.path("reliability").path("bins"),
                        List.of(
                                number("From", "from"),
                                number("To", "to"),
                                number("Said, on average", "confidence"),
                                share("Was right", "accuracy"),
                                count("Rows", "rows")))
                + table(
                        "What a minimum confidence would leave",
                        evaluation.path("thresholds"),
                        List.of(
                                number("Minimum confidence", "min_confidence"),
                                share("Answered", "coverage"),
                                share("Right", "accuracy"),
                                share("At least", "low")))
                + table(
                        "Who answered",
                        evaluation.path("sources"),
                        List.of(
                                text("By", "source"),
                                count("Answered", "answered"),
                                count("Right", "right"),
                                share("Right of these", "accuracy")))
                + "</div>\n";
    }

    private static String figures(JsonNode evaluation) {
        StringBuilder rows = new StringBuilder();
        line(rows, "Rows", grouped(evaluation.path("rows")));
        line(rows, "Judged", grouped(evaluation.path("judged")));
        line(rows, "Without a right answer in the column", grouped(evaluation.path("without_truth")));
        line(rows, "With one that is not a category", grouped(evaluation.path("unknown_truth")));
        line(rows, "Got a category", ratio(evaluation.path("coverage")));
        line(rows, "Right, of the answers", ratio(evaluation.path("accuracy")));
        line(rows, "Right, of all rows", ratio(evaluation.path("accuracy_of_all")));
        line(rows, "Macro-F1", decimal(evaluation.path("macro_f1")));
        line(rows, "Cohen\u2019s kappa", decimal(evaluation.path("kappa")));
        line(
                rows,
                "Expected calibration error",
                decimal(evaluation.path("reliability").path("error")));
        line(
                rows,
                "Cost of 1,000 rows, US dollars",
                decimal(evaluation.path("cost").path("usd_per_1000")));
        line(
                rows,
                "Right answer on the shortlist",
                percent(evaluation.path("shortlist").path("recall")));
        return "<section><h2>The figures</h2>\n<table class=\"table\"><tbody>\n" + rows
                + "</tbody></table></section>\n";
    }

    private static void line(StringBuilder rows, String name, String value) {
        if (!value.equals(NONE)) {
            rows.append("<tr><th scope=\"row\">").append(Markup.text(name)).append("</th><td class=\"number\">");
            rows.append(Markup.text(value)).append("</td></tr>\n");
        }
    }

    private static String table(String title, JsonNode items, List<Column> columns) {
        if (items.isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder("<section><h2>");
        table.append(Markup.text(title)).append("</h2>\n<table class=\"table\"><thead><tr>");
        columns.forEach(column -> table.append("<th scope=\"col\">")
                .append(Markup.text(column.head()))
                .append("</th>"));
        table.append("</tr></thead><tbody>\n");
        items.forEach(item -> {
            table.append("<tr>");
            columns.forEach(column -> table.append("<td dir=\"auto\">")
                    .append(Markup.text(column.cell().apply(item)))
                    .append("</td>"));
            table.append("</tr>\n");
        });
        return table.append("</tbody></table></section>\n").toString();
    }

    private static Column text(String head, String name) {
        return new Column(
                head, item -> item.path(name).isTextual() ? item.path(name).asText() : "no category");
    }

    private static Column count(String head, String name) {
        return new Column(head, item -> grouped(item.path(name)));
    }

    private static Column share(String head, String name) {
        return new Column(head, item -> percent(item.path(name)));
    }

    private static Column number(String head, String name) {
        return new Column(head, item -> decimal(item.path(name)));
    }

    private static String ratio(JsonNode ratio) {
        if (!ratio.path("value").isNumber()) {
            return NONE;
        }
        return String.format(
                Locale.ROOT,
                "%s (%s to %s; %s of %s)",
                percent(ratio.path("value")),
                percent(ratio.path("low")),
                percent(ratio.path("high")),
                grouped(ratio.path("count")),
                grouped(ratio.path("of")));
    }

    private static String grouped(JsonNode number) {
        return number.isNumber() ? String.format(Locale.ROOT, "%,d", number.asLong()) : NONE;
    }

    private static String percent(JsonNode part) {
        return part.isNumber() ? String.format(Locale.ROOT, "%.1f%%", 100 * part.asDouble()) : NONE;
    }

    private static String decimal(JsonNode number) {
        return number.isNumber() ? String.format(Locale.ROOT, "%.3f", number.asDouble()) : NONE;
    }
}
