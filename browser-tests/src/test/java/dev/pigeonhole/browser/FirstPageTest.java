package dev.pigeonhole.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.web.WebApp;
import dev.pigeonhole.web.WebSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** The link of the server leads to a page that works, keeps to itself, and can be used by everybody. */
@BrowserTest
class FirstPageTest {
    @TempDir
    private Path folder;

    @Test
    void theLinkLeadsToAPageThatKeepsToItself() {
        Path workspace = folder.resolve("workspace");
        WebSettings settings = WebSettings.of(workspace, folder.resolve("logs")).at("127.0.0.1", 0);
        WebApp app = WebApp.create(settings, Map.of(), () -> CheckpointStore.inMemory(workspace), Clock.systemUTC());
        app.start();
        try (app;
                Browser browser = Browser.start()) {
            browser.open(URI.create(app.link()));
            browser.await("signed in", () -> !browser.driver().getCurrentUrl().contains("token"));
            assertThat(browser.find(By.tagName("h1")).getText()).isNotBlank();
            for (String look : new String[] {"light", "dark", "phone"}) {
                dressed(browser, look).screenshot("first page " + look);
                assertThat(Axe.violations(browser)).as(look).isEmpty();
            }
            assertThat(browser.outsideRequests()).isEmpty();
            assertThat(browser.consoleErrors()).isEmpty();
            assertThat(browser.hasDialog()).isFalse();
        }
    }

    private static Browser dressed(Browser browser, String look) {
        return switch (look) {
            case "dark" -> browser.dark().desktop();
            case "phone" -> browser.light().phone();
            default -> browser.light().desktop();
        };
    }
}
