package dev.pigeonhole.web.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QualityReportTest {
    private static final Instant AT = Instant.parse("2026-11-23T10:15:30Z");
    private static final String TITLE = "Tickets <of> \"March\" & April";
    private static final String SVG_NAMESPACE = "http://www.w3.org/2000/svg";

    private final JsonMapper mapper = new JsonMapper();
    private final Map<String, Object> evaluation = evaluation();
    private final String html = QualityReport.html(evaluation, TITLE, AT, "1.2.3");

    private Map<String, Object> evaluation() {
        try (InputStream in = QualityReportTest.class.getResourceAsStream("hostile.json")) {
            return mapper.readValue(Objects.requireNonNull(in), new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String part(String begin, String end) {
        int from = html.indexOf(begin);
        assertThat(from).as(begin).isNotNegative();
        return html.substring(from + begin.length(), html.indexOf(end, from));
    }

    @Test
    void theEvaluationInItIsTheSameToTheLetter() throws IOException {
        String json = part("<script type=\"application/json\" id=\"evaluation\">", "</script>");
        assertThat(json).doesNotContain("<", ">", "&", "\u2028", "\u2029");
        assertThat(mapper.readTree(json)).isEqualTo(mapper.readTree(mapper.writeValueAsString(evaluation)));
    }

    @Test
    void whatTheEvaluationHoldsIsTextInTheTables() {
        String tables = part("<main", "</main>");
        assertThat(tables)
                .contains("&lt;/script&gt;&lt;script&gt;window.obeyed=1&lt;/script&gt;")
                .contains("&lt;b&gt;out&lt;/b&gt;.csv")
                .doesNotContain("<img", "<script", "<x-obeyed", "<b>");
        assertThat(html).contains("<title>Quality of Tickets &lt;of&gt; &quot;March&quot; &amp; April</title>");
        assertThat(html.split("<script", -1)).hasSize(3);
        assertThat(html.split("</script", -1)).hasSize(3);
    }

    @Test
    void onlyItsOwnScriptAndStylesMayRun() throws Exception {
        String policy = part("<meta http-equiv=\"Content-Security-Policy\" content=\"", "\">");
        assertThat(policy).startsWith("default-src 'none';").doesNotContain("unsafe", "*");
        assertThat(policy).contains("script-src '" + sha256(part("<script>", "</script>")) + "'");
        assertThat(policy).contains("style-src '" + sha256(part("<style>", "</style>")) + "'");
        String shell = html.replace(part("<script>", "</script>"), "").replace(part("<style>", "</style>"), "");
        assertThat(Pattern.compile("<[^>]*\\s(?:style|on[a-z]+)=")
                        .matcher(shell)
                        .find())
                .isFalse();
    }

    private static String sha256(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    @Test
    void itNamesNoOtherAddress() {
        Matcher address = Pattern.compile("(?:https?|wss?|ftp)://\\S+|(?:src|href)=\"[^\"#]+\"|@import|url\\(")
                .matcher(html.replace(SVG_NAMESPACE, ""));
        assertThat(address.results().map(found -> found.group())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "94.3% (93.4% to 95.1%; 2,900 of 3,075)",
                "92.0% (",
                "86.8% (",
                "<h2>By category</h2>",
                "<h2>What is taken for what</h2>",
                "<h2>Confidence against what was right</h2>",
                "<h2>What a minimum confidence would leave</h2>",
                "<h2>Who answered</h2>",
                "<time datetime=\"2026-11-23T10:15:30Z\">2026-11-23 10:15 UTC</time>",
                "by Pigeonhole 1.2.3."
            })
    void withoutScriptItIsReadableTables(String expected) {
        assertThat(html.replace(part("<script>", "</script>"), "")).contains(expected);
    }

    @Test
    void anEvaluationOfNothingIsAReportToo() {
        Map<String, Object> none = new LinkedHashMap<>(evaluation);
        for (String list : List.of("categories", "confused", "thresholds", "sources")) {
            none.put(list, List.of());
        }
        for (String missing : List.of("reliability", "cost", "shortlist", "macro_f1", "kappa")) {
            none.put(missing, null);
        }
        assertThat(QualityReport.html(none, "nothing", AT, "1"))
                .contains("<h2>The figures</h2>")
                .doesNotContain("<h2>By category</h2>", "<h2>Who answered</h2>");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"a<b>&\"', a&lt;b&gt;&amp;&quot;&#39;", "plain, plain", "ü€😀, ü€😀"})
    void aTextBecomesMarkupThatShowsIt(String text, String markup) {
        assertThat(Markup.text(text)).isEqualTo(markup);
    }

    @Test
    void charactersThatNoDocumentMayHoldAreReplaced() {
        assertThat(Markup.text("a\u0000b\u001bc\ud800d\ne")).isEqualTo("a\ufffdb\ufffdc\ufffdd\ne");
    }
}
