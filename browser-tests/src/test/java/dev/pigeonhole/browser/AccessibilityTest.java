package dev.pigeonhole.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;

/** Every page can be used by everybody: light, dark and narrow. */
@BrowserTest
@TestInstance(Lifecycle.PER_CLASS)
class AccessibilityTest {
    static final String TOO_WIDE = """
            const wide = document.documentElement.scrollWidth;
            if (wide <= innerWidth) return '';
            const out = [...document.querySelectorAll('body *')].find((each) => each.getBoundingClientRect().right > innerWidth + 1);
            return wide + ' at ' + (out ? out.outerHTML.slice(0, 200) : 'nothing');
            """;
    private static final String SEEN = """
            const box = (document.querySelector('dialog[open]') || document.querySelector('main')).getBoundingClientRect();
            return box.width > 200 && box.height > 100;
            """;

    private Tour tour;
    private Browser browser;

    @BeforeAll
    void prepare(@TempDir Path folder) {
        browser = Browser.start();
        tour = Tour.prepare(folder);
        tour.site.enter(browser);
    }

    @AfterAll
    void close() {
        browser.close();
        tour.close();
    }

    List<Tour.Stop> stops() {
        return tour.stops();
    }

    @ParameterizedTest
    @MethodSource("stops")
    void axeFindsNothing(Tour.Stop stop) {
        tour.show(browser.light().desktop(), stop);
        assertThat(Axe.violations(browser)).as("light").isEmpty();
        browser.dark();
        assertThat(Axe.contrasts(browser)).as("dark").isEmpty();
        tour.show(browser.light().phone(), stop);
        assertThat(Axe.violations(browser)).as("narrow").isEmpty();
        assertThat(browser.driver().executeScript(TOO_WIDE)).as("narrow").isEqualTo("");
        assertThat(browser.consoleErrors()).allMatch(error -> error.matches(".*status of (401|404|503) .*"));
        assertThat(browser.outsideRequests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "with failures row", "draft", "with failures review", "quality"})
    void whatTheUserWishesOfTheSystemIsHeeded(String name) {
        tour.show(browser.desktop().media("forced-colors", "active"), tour.stop(name));
        assertThat(browser.driver().executeScript(SEEN)).isEqualTo(true);
        assertThat(Axe.violations(browser)).isEmpty();
        tour.show(browser.media("prefers-reduced-motion", "reduce"), tour.stop(name));
        assertThat(browser.driver().executeScript(SEEN)).isEqualTo(true);
        Object moving = browser.driver().executeScript("return document.getAnimations().length");
        assertThat(moving).isEqualTo(0L);
    }

    @Test
    void nobodyIsLeftOutBeforeSigningIn() {
        browser.driver().manage().deleteAllCookies();
        browser.light().desktop().open(tour.site.page("/jobs/any"));
        browser.find(By.id("sign-in"));
        assertThat(Axe.violations(browser)).isEmpty();
        browser.dark();
        assertThat(Axe.contrasts(browser)).isEmpty();
        assertThat(Axe.violations(browser.light().phone())).isEmpty();
        assertThat(browser.driver().executeScript(TOO_WIDE)).isEqualTo("");
        tour.site.enter(browser);
    }

    @Test
    void aServerWithoutJobsIsOneToo(@TempDir Path folder) {
        try (Site site = Site.open(folder, Tickets.oracle())) {
            site.enter(browser);
            browser.light().desktop().open(site.page("/"));
            Tour.settle(browser);
            assertThat(Axe.violations(browser)).isEmpty();
            browser.dark();
            assertThat(Axe.contrasts(browser)).isEmpty();
            assertThat(Axe.violations(browser.light().phone())).isEmpty();
            assertThat(browser.driver().executeScript(TOO_WIDE)).isEqualTo("");
            browser.open(URI.create("about:blank"));
        }
        tour.site.enter(browser);
    }
}
