package dev.pigeonhole.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.web.report.QualityReport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.Select;

/** The report of an evaluation, opened from a disk; its categories have names that try to be markup or code. */
@BrowserTest
@TestInstance(Lifecycle.PER_CLASS)
class ReportTest {
    private static final String STRANGE = """
            const strange = document.querySelectorAll('img, iframe, object, embed, x-obeyed, template, base, video, math, animate, '
                + 'use, form, [onerror], [onload], [onclick], [onfocus], a[href]');
            return [...strange].map((each) => each.outerHTML.slice(0, 200)).join('\\n') + (window.obeyed || '');
            """;

    private final List<String> names = HostileTextTest.names(HostileTextTest.payloads());
    private Browser browser;
    private URI report;

    @BeforeAll
    void write(@TempDir Path folder) throws IOException {
        browser = Browser.start();
        String html = QualityReport.html(evaluation(), names.get(0), Instant.parse("2026-11-23T10:15:30Z"), "1.2.3");
        report = Files.writeString(folder.resolve("report.html"), html).toUri();
    }

    @AfterAll
    void close() {
        browser.close();
    }

    @Test
    void itOpensFromADiskAndShowsHostileTextsAsTexts() {
        browser.light().desktop().forget().open(report);
        assertThat(browser.find(By.cssSelector("#quality-accuracy strong")).getText())
                .contains("92.0%");
        assertThat(browser.all(By.cssSelector(".quality-plot .chart-line, .quality-plot .plot-bar")))
                .hasSize(1 + 10);
        browser.click(By.id("quality-all"));
        browser.driver().executeScript("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
        String text = String.valueOf(browser.driver().executeScript("return document.body.textContent"));
        assertThat(names).allMatch(text::contains);
        assertThat(browser.hasDialog()).isFalse();
        assertThat(browser.driver().executeScript(STRANGE)).isEqualTo("");
        assertThat(browser.consoleErrors()).isEmpty();
        assertThat(browser.requests()).containsExactly(report.toString());
    }

    @Test
    void aWishPicksTheConfidence() {
        browser.light().desktop().open(report);
        new Select(browser.find(By.id("quality-target"))).selectByValue("95");
        assertThat(browser.find(By.id("quality-pick")).getText()).contains("minimum confidence 0.40", "72.0%");
        new Select(browser.find(By.id("quality-target"))).selectByValue("99");
        assertThat(browser.find(By.id("quality-pick")).getText()).contains("No minimum confidence");
    }

    @Test
    void theHeadsPutTheCategoriesInAnotherOrder() {
        browser.light().desktop().open(report);
        String weakest = names.get(names.size() - 1);
        assertThat(first()).isEqualTo(weakest.strip());
        browser.find(By.xpath("//table[@id='quality-categories']//button[starts-with(., 'Recall')]"))
                .click();
        browser.find(By.xpath("//table[@id='quality-categories']//button[starts-with(., 'Recall')]"))
                .click();
        browser.await("best first", () -> first().equals(names.get(0).strip()));
    }

    private String first() {
        return String.valueOf(browser.driver()
                .executeScript("return document.querySelector('#quality-categories tbody td bdi').textContent.trim()"));
    }

    @Test
    void itCanBeUsedByEverybody() {
        browser.light().desktop().open(report);
        browser.find(By.id("quality-accuracy"));
        assertThat(Axe.violations(browser)).as("light").isEmpty();
        browser.screenshot("report light");
        browser.dark().screenshot("report dark");
        assertThat(Axe.contrasts(browser)).as("dark").isEmpty();
        browser.light().phone().open(report);
        browser.find(By.id("quality-accuracy"));
        assertThat(Axe.violations(browser)).as("narrow").isEmpty();
        assertThat(browser.driver().executeScript(AccessibilityTest.TOO_WIDE))
                .as("narrow")
                .isEqualTo("");
        browser.screenshot("report phone");
        browser.desktop().media("forced-colors", "active");
        assertThat(Axe.violations(browser)).as("forced colours").isEmpty();
        browser.light();
    }

    @Test
    void withoutScriptItIsTables() {
        browser.driver().executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        try {
            browser.light().desktop().forget().open(report);
            assertThat(browser.all(By.cssSelector(".plain table"))).hasSize(6);
            assertThat(browser.find(By.cssSelector(".plain")).getText())
                    .contains(names.get(0).strip(), "92.0%");
            assertThat(browser.all(By.cssSelector("img, iframe, x-obeyed"))).isEmpty();
        } finally {
            browser.driver().executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        }
    }

    private Map<String, Object> evaluation() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", "evaluation");
        map.put("v", 1);
        map.put("of", Map.of("file", names.get(1), "truth_column", names.get(2)));
        map.putAll(Map.of("rows", 3080, "judged", 3075, "without_truth", 3, "unknown_truth", 2));
        map.putAll(Map.of("answered", 2900, "unmatched", 150, "failed", 15, "skipped", 10, "left", 0));
        map.put("unknown_truths", List.of(Map.of("name", names.get(3), "rows", 2)));
        map.put("coverage", proportion(2900, 3075));
        map.put("accuracy", proportion(2668, 2900));
        map.put("accuracy_of_all", proportion(2668, 3075));
        map.putAll(Map.of("macro_f1", 0.91, "kappa", 0.9));
        map.put("categories", categories());
        map.put("confused", confused());
        map.put("reliability", Map.of("error", 0.021, "rows", 2900, "bins", bins()));
        map.put("thresholds", thresholds());
        map.put(
                "sources",
                List.of(
                        Map.of("source", names.get(4), "answered", 2800, "right", 2600, "accuracy", 0.9286),
                        Map.of("source", "human", "answered", 100, "right", 68, "accuracy", 0.68)));
        map.put("cost", Map.of("usd", 0.42, "usd_per_1000", 0.136, "tokens_per_1000", 61234));
        map.put("shortlist", Map.of("size", 5, "rows", 3075, "recall", 0.968));
        return map;
    }

    private static Map<String, Object> proportion(int count, int of) {
        double value = (double) count / of;
        return Map.of("count", count, "of", of, "value", value, "low", value - 0.01, "high", value + 0.01);
    }

    /** Each is a little weaker than the one before it. */
    private List<Map<String, Object>> categories() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            double part = 1 - i / 100.0;
            all.add(Map.of(
                    "name",
                    names.get(i),
                    "truth",
                    100,
                    "answered",
                    100,
                    "right",
                    100 - i,
                    "precision",
                    part,
                    "recall",
                    part,
                    "f1",
                    part));
        }
        return all;
    }

    private List<Map<String, Object>> confused() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 1; i < names.size(); i++) {
            all.add(Map.of(
                    "truth", names.get(i), "answer", names.get(i - 1), "rows", 40 - i, "share", (40 - i) / 100.0));
        }
        return all;
    }

    private static List<Map<String, Object>> bins() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(Map.of(
                    "from",
                    i / 10.0,
                    "to",
                    (i + 1) / 10.0,
                    "rows",
                    1 << i,
                    "confidence",
                    (i + 0.5) / 10,
                    "accuracy",
                    i / 9.5));
        }
        return all;
    }

    /** From 0 to 0.6; at 0.4, 95 of 100 are right. */
    private static List<Map<String, Object>> thresholds() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i <= 6; i++) {
            double accuracy = (91 + i) / 100.0;
            all.add(Map.of(
                    "min_confidence",
                    i / 10.0,
                    "answered",
                    2900 - 200 * i,
                    "coverage",
                    (80 - 2 * i) / 100.0,
                    "accuracy",
                    accuracy,
                    "low",
                    accuracy - 0.01));
        }
        return all;
    }
}
