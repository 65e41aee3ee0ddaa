package dev.pigeonhole.browser;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.openqa.selenium.UnexpectedAlertBehaviour;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** How Chromium is started. Stateless. */
final class Chrome {
    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-default-apps",
            "--disable-sync",
            "--no-first-run",
            "--no-default-browser-check",
            "--window-size=1280,900",
            // Nothing leaves this machine: every other name leads nowhere.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost");

    /** A machine that builds is busy. */
    private static final Duration START = Duration.ofSeconds(60);

    private Chrome() {}

    static ChromeDriver start(BrowserFiles.Found files, Path profile) {
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(files.driver().toFile())
                .usingAnyFreePort()
                .withSilent(true)
                .withTimeout(START)
                .build();
        return new ChromeDriver(service, options(files.chromium(), profile));
    }

    private static ChromeOptions options(Path chromium, Path profile) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(flags(System.getProperty("user.name", "")));
        options.addArguments("--user-data-dir=" + profile);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        // A dialog stays, so that a test can see it.
        options.setUnhandledPromptBehaviour(UnexpectedAlertBehaviour.IGNORE);
        return options;
    }

    /** Chromium's sandbox does not work for root, who is the only user in many containers. */
    static List<String> flags(String user) {
        List<String> flags = new ArrayList<>(FLAGS);
        if (user.equals("root")) {
            flags.add("--no-sandbox");
        }
        return flags;
    }
}
