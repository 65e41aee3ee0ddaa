package dev.pigeonhole.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.web.WebSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WindowType;

/** Many tabs look at one job: all are live, and the server has one stream. */
@BrowserTest
class TabsTest {
    private static final int TABS = 8;
    private static final int MOST_STREAMS = 2;

    @TempDir
    private Path folder;

    @Test
    void eightTabsShareOneStreamAndSurviveTheirLeaderAndTheServer() {
        try (Site site = Site.open(folder, TabsTest::fewStreams, Tickets.oracle());
                Browser browser = Browser.start()) {
            String job = startSlowJob(site);
            site.enter(browser);
            List<String> tabs = open(browser, site, job);
            tabs.forEach(tab -> awaitProgress(browser, tab));
            assertThat(site.asker().streamsLeft(job)).as("streams left").isEqualTo(MOST_STREAMS - 1);

            List<String> rest = withoutLeader(browser, tabs);
            rest.forEach(tab -> awaitProgress(browser, tab));
            assertThat(site.asker().streamsLeft(job)).as("streams left").isEqualTo(MOST_STREAMS - 1);

            int port = site.port();
            site.stop();
            rest.forEach(tab -> awaitMode(browser, tab, "lost"));
            assertThat(browser.find(By.id("live")).getText()).contains("Not live");
            site.startAgain(port);
            // The first tab signs in anew; the others come back by themselves.
            browser.driver().switchTo().window(rest.get(0));
            site.enter(browser);
            browser.open(site.page("/jobs/" + job));
            site.asker().post("/jobs/" + job + "/resume", Map.of());
            rest.forEach(tab -> awaitMode(browser, tab, "live"));
            rest.forEach(tab -> awaitProgress(browser, tab));
        }
    }

    private static WebSettings fewStreams(WebSettings usual) {
        return new WebSettings(
                usual.host(),
                usual.port(),
                usual.workspace(),
                usual.logs(),
                usual.allowedHosts(),
                usual.tokenRequired(),
                usual.baseUrls(),
                usual.uploads(),
                usual.server(),
                MOST_STREAMS,
                usual.running(),
                usual.queue());
    }

    private static String startSlowJob(Site site) {
        site.latency(Duration.ofMillis(300));
        Map<String, Object> settings = new HashMap<>(site.byModel("Tickets in eight tabs", 5));
        return site.start(site.draft("tickets.csv", Tickets.csv(3_000), Tickets.categories(), settings));
    }

    private static List<String> open(Browser browser, Site site, String job) {
        List<String> tabs = new ArrayList<>();
        for (int tab = 0; tab < TABS; tab++) {
            if (tab > 0) {
                browser.driver().switchTo().newWindow(WindowType.TAB);
            }
            browser.open(site.page("/jobs/" + job));
            browser.find(By.id("percent"));
            tabs.add(browser.driver().getWindowHandle());
        }
        return tabs;
    }

    /** The first tab that came is the one with the stream. */
    private static List<String> withoutLeader(Browser browser, List<String> tabs) {
        browser.driver().switchTo().window(tabs.get(0)).close();
        return List.copyOf(tabs.subList(1, tabs.size()));
    }

    private static void awaitProgress(Browser browser, String tab) {
        browser.driver().switchTo().window(tab);
        awaitMode(browser, tab, "live");
        String before = rowsDone(browser);
        browser.await("more rows done", () -> !rowsDone(browser).equals(before));
    }

    /** In one step, as the page replaces it at every event. */
    private static String rowsDone(Browser browser) {
        return String.valueOf(browser.driver().executeScript("return document.getElementById('done').textContent"));
    }

    private static void awaitMode(Browser browser, String tab, String mode) {
        browser.driver().switchTo().window(tab);
        browser.find(By.cssSelector("#live[data-mode=" + mode + "]"));
    }
}
