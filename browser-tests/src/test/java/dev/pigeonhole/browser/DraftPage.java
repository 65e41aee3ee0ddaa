package dev.pigeonhole.browser;

import java.nio.file.Path;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** The page of a new job, as a user goes through it. */
record DraftPage(Browser browser) {
    /** Chooses a file, here or on the list of jobs, and waits until its rows are shown. */
    DraftPage upload(Path csv) {
        browser.find(By.id("upload-input")).sendKeys(csv.toAbsolutePath().toString());
        browser.await("rows of the file", () -> !previewRows().isEmpty());
        return this;
    }

    DraftPage sample(String id) {
        browser.click(By.id("sample-" + id));
        browser.await("rows of the sample", () -> !previewRows().isEmpty());
        return this;
    }

    List<WebElement> previewRows() {
        return browser.all(By.cssSelector("#preview-table tbody tr"));
    }

    List<String> previewColumns() {
        return browser.all(By.cssSelector("#preview-table thead th[dir]")).stream()
                .map(WebElement::getText)
                .toList();
    }

    String facts() {
        return browser.find(By.id("file-facts")).getText();
    }

    /** Presses a chip, which reads the file anew at once. */
    DraftPage delimiter(String name) {
        if (browser.find(By.cssSelector("details.reading")).getDomAttribute("open") == null) {
            browser.click(By.id("show-reading"));
        }
        browser.click(By.cssSelector("label.chip:has(#reading-delimiter-" + name + ")"));
        return this;
    }

    DraftPage categories(Path file, int count) {
        browser.find(By.id("categories-input")).sendKeys(file.toAbsolutePath().toString());
        browser.await(
                "categories",
                () -> browser.find(By.id("category-count")).getText().startsWith(count + " "));
        return this;
    }

    DraftPage provider(String name) {
        browser.click(By.cssSelector("label.provider-card:has(#provider-" + name + ")"));
        return this;
    }

    DraftPage server(String baseUrl) {
        new Select(browser.find(By.id("base-url"))).selectByValue(baseUrl);
        return this;
    }

    /** Writes into a field in place of what is there. */
    DraftPage write(String id, String text) {
        browser.find(By.id(id)).sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
        return this;
    }

    /** Waits until the estimate says so; it comes anew when a change is saved. */
    DraftPage estimates(String fact, String begin) {
        browser.await(
                "estimate of " + fact,
                () -> browser.find(By.id("estimate-" + fact)).getText().startsWith(begin));
        return this;
    }

    /** Tries some rows; what it says when it is done. */
    String trial() {
        browser.await("trial possible", () -> browser.find(By.id("trial")).isEnabled());
        browser.click(By.id("trial"));
        return browser.find(By.id("trial-sum")).getText();
    }

    int trialRows() {
        return browser.all(By.cssSelector("#trial-table tbody tr")).size();
    }

    JobPage start() {
        browser.await("start possible", () -> browser.find(By.id("start-job")).isEnabled());
        browser.click(By.id("start-job"));
        browser.find(By.id("percent"));
        return new JobPage(browser);
    }
}
