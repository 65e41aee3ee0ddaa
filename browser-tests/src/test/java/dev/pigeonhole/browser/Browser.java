package dev.pigeonhole.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.NoAlertPresentException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * Chromium without a window, with a profile of its own, that reaches this machine's loopback only. Not thread-safe.
 *
 * <p>Everything that a page asked for or complained about is kept, also over several pages and tabs, until {@link #forget}.
 */
public final class Browser implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final ChromeDriver driver;
    private final Profile profile;
    private final BrowserLog log;

    private Browser(ChromeDriver driver, Profile profile) {
        this.driver = driver;
        this.profile = profile;
        this.log = new BrowserLog(driver.manage().logs());
    }

    /**
     * Starts it: light, 1280 × 900.
     *
     * @throws IllegalStateException there is no browser; {@link BrowserTest} keeps a test from getting here
     */
    public static Browser start() {
        BrowserFiles files = BrowserFiles.find();
        if (!(files instanceof BrowserFiles.Found found)) {
            throw new IllegalStateException(files.toString());
        }
        Profile profile = Profile.create();
        ChromeDriver driver;
        try {
            driver = Chrome.start(found, profile.folder());
        } catch (RuntimeException e) {
            profile.close();
            throw e;
        }
        return new Browser(driver, profile).desktop().light();
    }

    public ChromeDriver driver() {
        return driver;
    }

    public Browser open(URI page) {
        driver.get(page.toString());
        return this;
    }

    /** The one element; waits until it is there. */
    public WebElement find(By by) {
        return await("element " + by, () -> Optional.of(driver.findElement(by)));
    }

    /** Clicks the one element; waits until it is there and nothing, such as a message, lies over it. */
    public void click(By by) {
        await("click on " + by, () -> {
            WebElement element = driver.findElement(by);
            driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
            try {
                element.click();
                return true;
            } catch (ElementNotInteractableException e) {
                return false;
            }
        });
    }

    /** The elements that are there now. */
    public List<WebElement> all(By by) {
        return driver.findElements(by);
    }

    /**
     * Waits until this holds.
     *
     * @throws AssertionError it did not; with a screenshot, and what the page complained about
     */
    public void await(String what, BooleanSupplier condition) {
        await(what, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /**
     * Waits until there is something.
     *
     * @throws AssertionError there was nothing; with a screenshot, and what the page complained about
     */
    public <T> T await(String what, Supplier<Optional<T>> look) {
        return await(what, Waiting.LONG, look);
    }

    /** As {@link #await(String, Supplier)}, with another deadline. */
    public <T> T await(String what, Duration atMost, Supplier<Optional<T>> look) {
        try {
            return Waiting.until(what, atMost, look);
        } catch (AssertionError e) {
            Path picture = screenshot("failed " + what);
            throw new AssertionError(
                    e.getMessage() + "\nat " + driver.getCurrentUrl() + " " + picture + "\n" + consoleErrors(), e);
        }
    }

    public Browser light() {
        return media("prefers-color-scheme", "light");
    }

    public Browser dark() {
        return media("prefers-color-scheme", "dark");
    }

    /** Emulates a wish of the user, such as {@code forced-colors: active}; it replaces what was emulated before. */
    public Browser media(String feature, String value) {
        Object features = List.of(Map.of("name", feature, "value", value));
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", features));
        return this;
    }

    public Browser desktop() {
        return size(1280, 900);
    }

    public Browser phone() {
        return size(320, 800);
    }

    /** Makes the page so large, in CSS pixels; a window cannot be as narrow as a phone. */
    public Browser size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    /** The addresses of everything that was asked for, in order, whether it was let out or not. */
    public List<String> requests() {
        return log.requests();
    }

    /** Those of them that do not stay on this machine. Empty, or the page is not ours alone. */
    public List<String> outsideRequests() {
        return log.requests().stream().filter(BrowserLog::leavesThisMachine).toList();
    }

    /** What the pages complained about as errors, in order; violations of the security policy are among them. */
    public List<String> consoleErrors() {
        return log.errors().stream().filter(error -> !isNotReadyYet(error)).toList();
    }

    /** What takes a while is asked for again until it is there; the browser calls each such answer an error. */
    private static boolean isNotReadyYet(String error) {
        return error.contains("/quality") && error.contains("status of 503");
    }

    /** What the pages' security policy forbade. */
    public List<String> cspViolations() {
        return log.errors().stream().filter(BrowserLog::isViolation).toList();
    }

    /** Forgets what was asked for and complained about up to here. */
    public Browser forget() {
        log.forget();
        return this;
    }

    /** Whether a page shows a dialog of the browser; ours never do. */
    public boolean hasDialog() {
        try {
            driver.switchTo().alert();
            return true;
        } catch (NoAlertPresentException e) {
            return false;
        }
    }

    /** Keeps a picture of what is in sight, in {@code target/screenshots}. */
    public Path screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            String safe = name.replaceAll("[^A-Za-z0-9]+", "-");
            Path file = SCREENSHOTS.resolve(safe.substring(0, Math.min(80, safe.length())) + ".png");
            return Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (profile) {
            driver.quit();
        }
    }
}
