package dev.pigeonhole.web.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pigeonhole.core.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/**
 * How right the answers were, as one HTML file: it opens from a disk, asks nobody for anything, and has the same charts as the web
 * page. Without script it is plain tables. Whatever the evaluation holds is text to it, never markup. Stateless.
 */
public final class QualityReport {
    private QualityReport() {}

    /**
     * The file's content, to be written as UTF-8.
     *
     * @param evaluation as {@code docs/formats.md} has it under "Evaluation": maps, lists, texts, numbers and nulls
     * @param title what was judged, for a person: the name of a job or of a file
     * @param at when it was judged; shown in UTC
     * @param version of the program
     */
    public static String html(Map<String, ?> evaluation, String title, Instant at, String version) {
        String json = json(evaluation);
        JsonNode tree = tree(json);
        String script = ScriptBundle.of("report.js", PageFile::text);
        String style = style();
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="%s">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="referrer" content="no-referrer">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                <main id="main" class="page">
                %s<div id="quality">
                %s</div>
                </main>
                <footer class="footer"><p>%s</p></footer>
                <script type="application/json" id="evaluation">%s</script>
                <script>%s</script>
                </body>
                </html>
                """.formatted(
                        policy(script, style),
                        Markup.text("Quality of " + title),
                        style,
                        head(tree, title),
                        PlainTables.of(tree),
                        made(at, version),
                        Markup.json(json),
                        script);
    }

    /** Nothing may be fetched, and nothing may run but this script and these styles. */
    private static String policy(String script, String style) {
        return "default-src 'none'; script-src '" + digest(script) + "'; style-src '" + digest(style)
                + "'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
    }

    private static String style() {
        String style = PageFile.text("app.css") + PageFile.text("quality.css") + PageFile.text("report.css");
        if (style.toLowerCase(Locale.ROOT).contains("</style")) {
            throw new IllegalArgumentException("the styles hold what would end the element around them");
        }
        return style;
    }

    private static String head(JsonNode evaluation, String title) {
        JsonNode of = evaluation.path("of");
        return "<header class=\"report-head\">\n<h1 dir=\"auto\">" + Markup.text(title) + "</h1>\n"
                + "<dl class=\"report-facts\">"
                + fact("File", of.path("file"))
                + fact("Compared with the column", of.path("truth_column"))
                + fact("Job", of.path("job"))
                + "</dl>\n</header>\n";
    }

    private static String fact(String name, JsonNode value) {
        return value.isTextual()
                ? "<div><dt>" + name + "</dt><dd dir=\"auto\">" + Markup.text(value.asText()) + "</dd></div>"
                : "";
    }

    private static String made(Instant at, String version) {
        String shown = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(at);
        return "Judged <time datetime=\"" + at + "\">" + shown + "</time> by Pigeonhole " + Markup.text(version) + ".";
    }

    private static String json(Map<String, ?> evaluation) {
        try {
            return new JsonMapper().writeValueAsString(evaluation);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not an evaluation: it cannot be written as JSON", e);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return new JsonMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON that was written here cannot be read", e);
        }
    }

    private static String digest(String text) {
        byte[] digest = Digest.start().digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }
}
