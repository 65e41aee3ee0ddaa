package dev.pigeonhole.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** From the sample to the download without a mouse. */
@BrowserTest
class KeyboardJourneyTest {
    @TempDir
    private Path folder;

    @Test
    void keysAreEnoughForTheWholeJourney() {
        Path downloads = folder.resolve("downloads");
        try (Site site = Site.open(folder, Tickets.oracle());
                Browser browser = Browser.start()) {
            browser.driver()
                    .executeCdpCommand(
                            "Browser.setDownloadBehavior",
                            Map.of("behavior", "allow", "downloadPath", downloads.toString()));
            site.enter(browser);
            Keyboard keys = new Keyboard(browser);
            Tour.settle(browser);
            sample(browser, keys);
            columns(browser, keys);
            categories(browser, keys);
            run(browser, keys);
            review(browser, keys);
            help(browser, keys);
            download(browser, keys, downloads);
            assertThat(browser.consoleErrors()).isEmpty();
        }
    }

    private static void sample(Browser browser, Keyboard keys) {
        keys.around();
        keys.press("g", "n");
        browser.await("new job", () -> browser.driver().getCurrentUrl().endsWith("/new"));
        keys.to("#sample-tickets").press(Keys.ENTER);
        browser.find(By.id("file-name"));
    }

    private static void columns(Browser browser, Keyboard keys) {
        keys.to("#use-4").press(Keys.ARROW_UP);
        await(browser, "#use-4", "truth");
        keys.press(Keys.ARROW_DOWN);
        await(browser, "#use-4", "other");
    }

    private static void categories(Browser browser, Keyboard keys) {
        String before = browser.find(By.id("category-count")).getText();
        keys.to("#category-list [role=option]").press(Keys.ARROW_DOWN);
        assertThat(keys.isAt("#category-list [role=option]:nth-child(2)")).isTrue();
        keys.to("#add-category").press(Keys.ENTER);
        keys.press("Thanks");
        browser.await(
                "one more category",
                () -> !browser.find(By.id("category-count")).getText().equals(before));
        keys.backTo("#add-category").to("#allow-unmatched").press(Keys.SPACE);
        keys.press(Keys.SPACE);
        browser.await(
                "saved", () -> browser.find(By.className("saved")).getText().startsWith("Draft saved"));
    }

    private static void run(Browser browser, Keyboard keys) {
        keys.to("[name=provider]");
        keys.press(Keys.ARROW_DOWN);
        assertThat(keys.isAt("#provider-openai")).isTrue();
        keys.press(Keys.ARROW_UP);
        assertThat(keys.isAt("#provider-local")).isTrue();
        browser.await("trial possible", () -> browser.find(By.id("trial")).isEnabled());
        keys.to("#trial").press(Keys.ENTER);
        browser.find(By.id("trial-sum"));
        keys.to("#start-job").press(Keys.ENTER);
        browser.await("job", () -> browser.driver().getCurrentUrl().contains("/jobs/"));
        browser.find(By.cssSelector("#state[data-state=completed]"));
    }

    private static void review(Browser browser, Keyboard keys) {
        keys.press("g", "v");
        String first = rowInReview(browser, "");
        keys.press("2");
        String second = rowInReview(browser, first);
        keys.press("n");
        rowInReview(browser, second);
        keys.press("u");
        browser.await("back", () -> browser.find(By.id("review-card")).getText().contains(second));
        keys.to("#publish").press(Keys.ENTER);
        browser.await("written", () -> browser.all(By.id("publish")).isEmpty());
    }

    private static String rowInReview(Browser browser, String other) {
        browser.find(By.cssSelector("#review-card .review-text"));
        browser.await(
                "another row",
                () -> !text(browser).equals(other) && !text(browser).isEmpty());
        return text(browser);
    }

    private static String text(Browser browser) {
        return browser.find(By.cssSelector("#review-card .review-source"))
                .getText()
                .replaceFirst("(Row \\d+)(?s).*", "$1");
    }

    private static void help(Browser browser, Keyboard keys) {
        keys.press("?");
        browser.find(By.cssSelector("dialog[open] .keys"));
        keys.press(Keys.ESCAPE);
        browser.await(
                "closed", () -> browser.all(By.cssSelector("dialog[open]")).isEmpty());
    }

    private static void download(Browser browser, Keyboard keys, Path downloads) {
        keys.press("g", "o");
        browser.find(By.id("percent"));
        keys.to("#download > summary").press(Keys.ENTER);
        browser.find(By.cssSelector("#download[open]"));
        keys.to("#download-csv").press(Keys.ENTER);
        browser.await("downloaded", () -> files(downloads) == 1);
    }

    private static long files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".csv")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Browser browser, String select, String value) {
        browser.await(
                value, () -> value.equals(browser.find(By.cssSelector(select)).getDomProperty("value")));
    }
}
