package dev.pigeonhole.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;

/** The harness sees what the other tests rely on it to see. */
@BrowserTest
@TestInstance(Lifecycle.PER_CLASS)
class HarnessTest {
    private static final String CSS = """
            html { color: #111; background: #fff }
            @media (prefers-color-scheme: dark) { html { color: #eee; background: #000 } }
            .pale { color: #ddd; background: #fff }
            """;

    private LocalPages pages;
    private Browser browser;

    @BeforeAll
    void start() throws IOException {
        pages = LocalPages.start();
        pages.style(CSS);
        browser = Browser.start();
    }

    @AfterAll
    void stop() {
        try (LocalPages closing = pages;
                Browser alsoClosing = browser) {
            assertThat(closing).isNotNull();
            assertThat(alsoClosing).isNotNull();
        }
    }

    @BeforeEach
    void afresh() {
        browser.open(URI.create("about:blank")).desktop().light().forget();
    }

    @Test
    void aQuietPageIsShownAndItsRequestsAreKnown() {
        browser.open(pages.page("/quiet", LocalPages.STRICT, "<p id=\"it\">Quiet</p>"));
        assertThat(browser.find(By.id("it")).getText()).isEqualTo("Quiet");
        assertThat(browser.requests())
                .contains(pages.uri("/quiet").toString(), pages.uri("/page.css").toString());
        assertThat(browser.outsideRequests()).isEmpty();
        assertThat(browser.consoleErrors()).isEmpty();
        assertThat(browser.hasDialog()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://outside.example/x.png", "http://192.0.2.1/x.png"})
    void aRequestToTheOutsideIsSeenAndBlocked(String address) {
        browser.open(pages.page("/outside", LocalPages.NONE, "<img id=\"it\" alt=\"x\" src=\"" + address + "\">"));
        browser.await("picture tried", () -> (Boolean) script("return document.getElementById('it').complete"));
        assertThat(script("return document.getElementById('it').naturalWidth")).isEqualTo(0L);
        assertThat(browser.outsideRequests()).containsExactly(address);
        assertThat(browser.consoleErrors())
                .anySatisfy(error -> assertThat(error).contains("ERR_NAME_NOT_RESOLVED"));
    }

    @Test
    void aViolationOfThePolicyIsSeen() {
        browser.open(pages.page("/inline", LocalPages.STRICT, "<script>document.title = 'run'</script>"));
        assertThat(browser.driver().getTitle()).isEqualTo("Page /inline");
        assertThat(browser.cspViolations()).isNotEmpty();
        browser.forget();
        assertThat(browser.cspViolations()).isEmpty();
    }

    @Test
    void aTextThatIsMadeAPageIsAViolationToo() {
        browser.open(pages.page("/sink", LocalPages.STRICT, "<p id=\"it\">x</p>"));
        assertThatThrownBy(() -> script("document.getElementById('it').innerHTML = '<b>bold</b>'"))
                .hasMessageContaining("TrustedHTML");
        assertThat(browser.cspViolations()).isNotEmpty();
    }

    @Test
    void aDialogIsSeen() {
        browser.open(pages.page("/dialog", LocalPages.NONE, "<script>setTimeout(() => alert('x'), 0)</script>"));
        browser.await("dialog", browser::hasDialog);
        browser.driver().switchTo().alert().dismiss();
        assertThat(browser.hasDialog()).isFalse();
    }

    @Test
    void axeFindsNothingOnAGoodPage() {
        browser.open(pages.page("/good", LocalPages.STRICT, "<p>Good</p>"));
        assertThat(Axe.violations(browser.light())).isEmpty();
        assertThat(Axe.violations(browser.dark())).isEmpty();
        assertThat(Axe.violations(browser.phone())).isEmpty();
        assertThat(browser.cspViolations()).as("axe itself keeps to the policy").isEmpty();
    }

    @Test
    void axeFindsWhatIsWrongAndSaysWhere() {
        browser.open(pages.page(
                "/bad", LocalPages.STRICT, "<p class=\"pale\">Hard to read</p><img id=\"mute\" src=\"/x.png\">"));
        assertThat(Axe.violations(browser))
                .hasSize(2)
                .anySatisfy(text ->
                        assertThat(text).startsWith("color-contrast (serious)").contains("class=\"pale\""))
                .anySatisfy(text ->
                        assertThat(text).startsWith("image-alt (critical)").contains("#mute"));
    }

    @Test
    void darkAndNarrowReachThePage() {
        browser.open(pages.page("/media", LocalPages.STRICT, "<p>Media</p>"));
        assertThat(background()).isEqualTo("rgb(255, 255, 255)");
        assertThat(script("return innerWidth")).isEqualTo(1280L);
        browser.dark().phone();
        assertThat(background()).isEqualTo("rgb(0, 0, 0)");
        assertThat(script("return innerWidth")).isEqualTo(320L);
        browser.media("forced-colors", "active");
        assertThat(script("return matchMedia('(forced-colors: active)').matches"))
                .isEqualTo(true);
    }

    @Test
    void aPictureIsKept() throws IOException {
        browser.open(pages.page("/picture", LocalPages.STRICT, "<p>Smile</p>"));
        Path file = browser.screenshot("harness: a picture");
        assertThat(file).isEqualTo(Path.of("target", "screenshots", "harness-a-picture.png"));
        assertThat(Files.size(file)).isGreaterThan(1_000);
    }

    @Test
    void whatDoesNotComeIsReportedWithThePlace() {
        URI page = browserAt("/waiting");
        Duration brief = Duration.ofMillis(100);
        assertThatThrownBy(() -> browser.await(
                        "a miracle", brief, () -> Optional.of(browser.driver().findElement(By.id("miracle")))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a miracle")
                .hasMessageContaining(page.toString())
                .hasMessageContaining("failed-a-miracle.png");
    }

    private URI browserAt(String path) {
        URI page = pages.page(path, LocalPages.STRICT, "<p>Waiting</p>");
        browser.open(page);
        return page;
    }

    private Object background() {
        return script("return getComputedStyle(document.documentElement).backgroundColor");
    }

    private Object script(String script) {
        return browser.driver().executeScript(script);
    }
}
