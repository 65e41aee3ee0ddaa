package dev.pigeonhole.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.fakellm.Oracle;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** What is foretold of the categories of a draft is shown beside them, as text, and nobody waits for it. */
@BrowserTest
class OverlapsTest {
    private static final String MARKUP = "<img src=x onerror=window.obeyed=1>";
    private static final By CONFUSED = By.cssSelector("li[data-kind=confused]");

    @TempDir
    private Path folder;

    private static String csv() {
        return IntStream.range(0, 30)
                .mapToObj(i -> "a" + i + ",the parcel " + i * 37 % 90 + " is late " + MARKUP + ",Late\n" + "b" + i
                        + ",the parcel " + (i + 30) * 37 % 90 + " is late " + MARKUP + ",Lost\n" + "c" + i
                        + ",password " + i + " forgotten again,Login")
                .collect(Collectors.joining("\n", "id,text,team\n", "\n"));
    }

    private static Map<String, ?> categories() {
        return Map.of(
                "categories",
                List.of(
                        Tickets.category("Login", "Passwords", "password"),
                        Tickets.category("Late", "It comes too late", "late"),
                        Tickets.category("Lost", "It never comes", "lost")));
    }

    @Test
    void confusedCategoriesAreShownWithTheirTexts() {
        try (Site site = Site.open(folder, Oracle.byHash(1));
                Browser browser = Browser.start()) {
            site.enter(browser);
            String draft = site.draft("parcels.csv", csv(), categories(), Map.of("provider", "local"));
            site.asker().patch(draft, Map.of("columns", Map.of("text", List.of("text"), "id", "id", "truth", "team")));

            browser.open(site.page(draft.replace("/drafts/", "/new/") + "#categories"));

            WebElement note = browser.find(CONFUSED);
            assertThat(note.getText())
                    .contains("\"Late\" and \"Lost\" are taken for each other in")
                    .contains("of their 60 rows")
                    .contains("Merge them, or sharpen their descriptions")
                    .contains(MARKUP);
            assertThat(browser.find(By.id("lint-tried")).getText()).contains("90 rows whose category is known");
            assertThat(browser.driver().executeScript("return window.obeyed || document.images.length"))
                    .isEqualTo(0L);
            isForEverybody(browser);

            savesAndLooksAgain(browser);
            assertThat(browser.consoleErrors()).isEmpty();
        }
    }

    private static void isForEverybody(Browser browser) {
        assertThat(Axe.violations(browser)).as("light").isEmpty();
        browser.dark();
        assertThat(Axe.contrasts(browser)).as("dark").isEmpty();
        browser.light().phone();
        assertThat(Axe.violations(browser)).as("narrow").isEmpty();
        assertThat(browser.driver().executeScript("return document.documentElement.scrollWidth <= innerWidth"))
                .as("narrow")
                .isEqualTo(true);
        browser.desktop();
    }

    /** Without one of the two there is nothing to be confused. */
    private static void savesAndLooksAgain(Browser browser) {
        browser.click(By.xpath("//li[@data-kind='confused']//button[normalize-space()='Lost']"));
        browser.click(By.id("category-remove"));
        browser.await("note gone", () -> browser.all(CONFUSED).isEmpty());
        browser.await(
                "note of rows that have no category any more",
                () -> !browser.all(By.cssSelector("li[data-kind=unknown-label]"))
                        .isEmpty());
    }
}
