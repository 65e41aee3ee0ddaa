package dev.pigeonhole.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/**
 * Keeps pictures of all pages in {@code target/screenshots}, for people to look at: only with {@code -Dpigeonhole.pictures=yes}, since
 * nobody does so each time.
 */
@BrowserTest
@EnabledIfSystemProperty(named = "pigeonhole.pictures", matches = "yes", disabledReason = "no pictures were asked for")
class ScreenshotsTest {
    @TempDir
    private Path folder;

    @Test
    void everyPageIsSeenLightDarkAndNarrow() {
        try (Browser browser = Browser.start()) {
            emptyServer(browser);
            try (Tour tour = Tour.prepare(folder.resolve("full"))) {
                tour.site.enter(browser);
                for (Tour.Stop stop : tour.stops()) {
                    take(browser, stop.name(), () -> tour.show(browser, stop));
                }
            }
            assertThat(browser.consoleErrors()).allMatch(error -> error.matches(".*status of (401|404|503) .*"));
            assertThat(browser.outsideRequests()).isEmpty();
        }
    }

    private void emptyServer(Browser browser) {
        try (Site site = Site.open(folder.resolve("empty"), Tickets.oracle())) {
            take(browser, "sign in", () -> settled(browser, site.page("/sign-in")));
            site.enter(browser);
            take(browser, "jobs empty", () -> settled(browser, site.page("/")));
            browser.open(URI.create("about:blank"));
        }
    }

    private static void settled(Browser browser, URI page) {
        browser.open(page);
        Tour.settle(browser);
    }

    private static void take(Browser browser, String name, Runnable show) {
        browser.light().desktop();
        show.run();
        whole(browser, 1280).screenshot(name + " light");
        browser.dark().screenshot(name + " dark");
        browser.light().phone();
        show.run();
        whole(browser, 320).screenshot(name + " phone");
    }

    /** As high as the page, within bounds, so that the picture holds all of it; a dialog and a section fill what is in sight. */
    private static Browser whole(Browser browser, int width) {
        boolean part = browser.driver().getCurrentUrl().contains("#")
                || !browser.all(By.cssSelector("dialog[open]")).isEmpty();
        if (part) {
            return browser;
        }
        Object height = browser.driver().executeScript("return document.documentElement.scrollHeight");
        return browser.size(width, Math.min(2_400, Math.max(800, ((Number) height).intValue())));
    }
}
