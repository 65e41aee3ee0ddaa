package dev.pigeonhole.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.fakellm.Fault;
import dev.pigeonhole.fakellm.FaultRule;
import dev.pigeonhole.fakellm.Oracle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** Texts that try to be markup or code, in every place where a text of a user or of a model can be, are shown and do nothing. */
@BrowserTest
@TestInstance(Lifecycle.PER_CLASS)
class HostileTextTest {
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-F]{4})");
    private static final String MARKUP = "<img src=x onerror=window.obeyed=1>";

    /** What no page of ours has; empty if there is none. */
    private static final String STRANGE = """
            const strange = document.querySelectorAll('img, iframe, object, embed, x-obeyed, template, base, video, math, animate, '
                + 'use, style, form[action], meta[http-equiv], body script, [onerror], [onload], [onclick], [onfocus], [onmouseover]');
            const links = [...document.querySelectorAll('a')].filter((each) => each.origin !== location.origin);
            return [...strange, ...links].map((each) => each.outerHTML.slice(0, 200)).join('\\n') + (window.obeyed || '');
            """;

    private static final String TEXT = "return document.body.textContent";

    private final List<String> payloads = payloads();
    private Site site;
    private Browser browser;

    @BeforeAll
    void open(@TempDir Path folder) {
        browser = Browser.start();
        site = Site.open(
                folder,
                Oracle.byHash(1),
                FaultRule.whereTextHolds(Fault.CONTENT_FILTER_400, "row 2."),
                FaultRule.whereTextHolds(Fault.INVALID_JSON, "row 5."));
        site.enter(browser);
    }

    @AfterAll
    void close() {
        browser.close();
        site.close();
    }

    @Test
    void aDraftAndAJobOfHostileTextsAreShownAsTexts() {
        assertThat(payloads).hasSizeGreaterThan(40);
        Map<String, Object> settings = new HashMap<>(site.byModel(MARKUP, 4));
        String draft = site.draft(MARKUP + ".csv", csv(), categories(), settings);
        String page = draft.replace("/drafts/", "/new/");
        inert(page, payloads.get(0), MARKUP);
        click("show-prompt");
        inert("dialog of the prompt");
        inert("/", MARKUP);
        String job = site.start(draft);
        String state = site.await(job, "completed", "completed_with_failures")
                .path("state")
                .asText();
        assertThat(state).isEqualTo("completed_with_failures");
        site.asker().put("/jobs/" + job + "/rows/1/review", Map.of("verdict", "category", "category", names().get(0)));
        pagesOf("/jobs/" + job, job);
        inert("/", MARKUP);
    }

    @Test
    void theOfflineCategorizerHasNothingElseToShow() {
        String draft = site.draft(
                MARKUP + ".csv",
                csv(),
                categories(),
                Map.of("name", "<x-obeyed>", "provider", "local", "subBatchSize", 7));
        String job = site.start(draft);
        site.await(job, "completed");
        pagesOf("/jobs/" + job, job);
    }

    @Test
    void addressesAreTextsToo() {
        String hostile = "%3Cx-obeyed%3E%3Cimg%20src%3Dx%20onerror%3Dobeyed%3D1%3E";
        for (String page : List.of("/jobs/", "/new/", "/", "/assets/")) {
            browser.open(site.page(page + hostile + "?q=" + hostile + "#" + hostile));
            harmless(page);
        }
        inert("/?show=" + hostile + "&q=" + hostile + "#" + hostile);
        inert("/sign-in?back=javascript:window.obeyed=1");
    }

    private void pagesOf(String base, String job) {
        inert(base, names().get(0));
        browser.driver().executeScript("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
        inert("details of " + base);
        click("delete");
        inert("dialog of " + base);
        inert(base + "/rows?limit=100", payloads.get(0), payloads.get(payloads.size() / 2));
        for (int row = 1; row < payloads.size(); row += 9) {
            inert(base + "/rows?row=" + row, payloads.get(row - 1));
        }
        inert(base + "/rows?q=%3Cscript%3E&category=%3Cscript%3E&status=%3Cscript%3E&sort=%3Cscript%3E");
        inert(base + "/review", names().get(0));
        inert(base + "/failures");
        inert(base + "/quality?truth=%233");
        browser.driver().executeScript("document.getElementById('quality-all')?.click()");
        browser.driver().executeScript("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
        inert("all of the quality of " + base, names().get(0), payloads.get(0));
        inert(base + "/quality?truth=%3Cscript%3E");
        inert(base + "/log");
        inert(base + "/setup", names().get(0));
        assertThat(job).isNotBlank();
    }

    private void click(String id) {
        browser.driver().executeScript("document.getElementById(arguments[0]).click()", id);
        browser.find(By.cssSelector("dialog[open]"));
    }

    /** Shows a page, if it is an address, and looks whether the texts are texts. */
    private void inert(String page, String... texts) {
        if (page.startsWith("/")) {
            browser.open(site.page(page));
        }
        Tour.settle(browser);
        for (String text : texts) {
            browser.await(page + " shows " + text, () -> shown().contains(text) || inputs().contains(text));
        }
        harmless(page);
    }

    private void harmless(String page) {
        assertThat(browser.hasDialog()).as(page).isFalse();
        assertThat(browser.driver().executeScript(STRANGE)).as(page).isEqualTo("");
        assertThat(browser.cspViolations()).as(page).isEmpty();
        assertThat(browser.consoleErrors())
                .as(page)
                .allMatch(error -> error.matches(".*status of (404|422|400|503) .*"));
        assertThat(browser.outsideRequests()).as(page).isEmpty();
    }

    private String shown() {
        return String.valueOf(browser.driver().executeScript(TEXT));
    }

    private String inputs() {
        return String.valueOf(
                browser.driver()
                        .executeScript(
                                "return [...document.querySelectorAll('input, textarea')].map((each) => each.value).join('\\n')"));
    }

    /** The hostile texts as cells, and some of them as headers. */
    private String csv() {
        StringBuilder csv = new StringBuilder("id,text," + quoted(payloads.get(0)) + "," + quoted(MARKUP) + "\n");
        for (int at = 0; at < payloads.size(); at++) {
            String payload = quoted(payloads.get(at));
            csv.append(payload)
                    .append(",")
                    .append(quoted(payloads.get(at) + " row " + (at + 1) + "."))
                    .append(",")
                    .append(payload)
                    .append(",")
                    .append(quoted(payloads.get(payloads.size() - 1 - at)))
                    .append("\n");
        }
        return csv.toString();
    }

    private static String quoted(String value) {
        return '"' + value.replace("\"", "\"\"") + '"';
    }

    private Map<String, ?> categories() {
        return Map.of(
                "task",
                MARKUP,
                "allowUnmatched",
                true,
                "categories",
                names().stream()
                        .map(name -> Map.of(
                                "name",
                                name,
                                "description",
                                name,
                                "keywords",
                                List.of("window"),
                                "examples",
                                List.of(name)))
                        .toList());
    }

    /** A category's name has no control characters, and stands once, in whatever case. */
    private List<String> names() {
        return names(payloads);
    }

    static List<String> names(List<String> payloads) {
        Set<String> folded = new HashSet<>();
        return payloads.stream()
                .filter(text -> folded.add(text.toLowerCase(Locale.ROOT)))
                .filter(text -> text.chars().noneMatch(c -> c < ' ' || Character.getType(c) == Character.FORMAT))
                .limit(30)
                .toList();
    }

    static List<String> payloads() {
        try (InputStream in = HostileTextTest.class.getResourceAsStream("hostile.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("# "))
                    .map(line -> ESCAPE.matcher(line)
                            .replaceAll(found -> Matcher.quoteReplacement(
                                    String.valueOf((char) Integer.parseInt(found.group(1), 16)))))
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
