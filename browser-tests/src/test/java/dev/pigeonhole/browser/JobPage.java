package dev.pigeonhole.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The pages of one job, as a user goes through them. */
record JobPage(Browser browser) {
    private static final String NUMBERS = "return ['categorized', 'unmatched', 'failed', 'skipped', 'waiting'].map("
            + "(name) => Number(document.querySelector('#count-' + name + ' .counter-number').textContent.replace(/\\D/g, '')))"
            + ".concat(parseInt(document.getElementById('percent').textContent))";

    /** What the overview shows at one moment. */
    record Numbers(long categorized, long unmatched, long failed, long skipped, long waiting, long percent) {
        long total() {
            return categorized + unmatched + failed + skipped + waiting;
        }
    }

    /**
     * What the page shows for a row that is reviewed.
     *
     * @param guess the category it had; empty for none
     */
    record Reviewed(String row, String text, String guess, String chosen) {}

    String id() {
        return browser.driver().getCurrentUrl().replaceFirst(".*/jobs/([^/?#]+).*", "$1");
    }

    JobPage tab(String name) {
        browser.click(By.id("tab-" + name));
        browser.find(By.cssSelector("#tab-" + name + "[aria-current=page]"));
        return this;
    }

    JobPage press(String id) {
        browser.click(By.id(id));
        return this;
    }

    Optional<String> state() {
        return Optional.ofNullable(browser.find(By.id("state")).getDomAttribute("data-state"));
    }

    JobPage awaitState(String state) {
        browser.await("state " + state, Waiting.LONG.multipliedBy(2), () -> state().filter(state::equals));
        return this;
    }

    String banner() {
        return browser.find(By.id("banner")).getText();
    }

    Numbers numbers() {
        browser.find(By.id("percent"));
        Object found = browser.driver().executeScript(NUMBERS);
        assertThat(found).isInstanceOf(List.class);
        List<Long> all = ((List<?>) found)
                .stream().map(each -> ((Number) each).longValue()).toList();
        return new Numbers(all.get(0), all.get(1), all.get(2), all.get(3), all.get(4), all.get(5));
    }

    /** Keys, for whatever has the focus. */
    JobPage keys(String keys) {
        new Actions(browser.driver()).sendKeys(keys).perform();
        return this;
    }

    /** Gives the row that is shown for review another category, by key. */
    Reviewed correct() {
        browser.find(By.cssSelector(".review-guess"));
        String row = reviewedRow();
        String text = browser.find(By.id("review-text")).getText();
        String guess = browser.all(By.cssSelector(".review-guess strong")).stream()
                .map(WebElement::getText)
                .findFirst()
                .orElse("");
        List<String> keyed = browser.all(By.cssSelector(".review-categories button > span")).stream()
                .map(WebElement::getText)
                .toList();
        int key = keyed.get(0).equals(guess) ? 1 : 0;
        keys(Integer.toString(key + 1));
        browser.await("next row", () -> !reviewedRow().equals(row));
        browser.await(
                "verdict saved",
                () -> browser.find(By.id("review-saved")).getText().contains("Saved"));
        return new Reviewed(row, text, guess, keyed.get(key));
    }

    String reviewedRow() {
        return browser.find(By.cssSelector("#review-card .review-source > span"))
                .getText();
    }

    JobPage download(String format) {
        browser.click(By.cssSelector("#download summary"));
        return press("download-" + format);
    }
}
