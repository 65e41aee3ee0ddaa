package dev.pigeonhole.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks for a browser and its driver. Both are given by path, since Selenium would download them otherwise. */
sealed interface BrowserFiles {
    String CHROMIUM = "pigeonhole.chromium";
    String DRIVER = "pigeonhole.chromedriver";

    /** They are here. */
    record Found(Path chromium, Path driver) implements BrowserFiles {}

    /**
     * They are not here.
     *
     * @param reason what is missing and what to do, in one line
     */
    record Missing(String reason) implements BrowserFiles {}

    /** The system properties decide, then the folders of PATH. */
    static BrowserFiles find() {
        String path = System.getenv().getOrDefault("PATH", "");
        List<Path> folders = Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path)
                .filter(Predicate.not(String::isBlank))
                .map(Path::of)
                .toList();
        return find(System.getProperties(), folders);
    }

    static BrowserFiles find(Properties properties, List<Path> folders) {
        Optional<Path> chromium =
                find(properties, CHROMIUM, folders, List.of("chromium", "chromium-browser", "google-chrome", "chrome"));
        Optional<Path> driver = find(properties, DRIVER, folders, List.of("chromedriver"));
        if (chromium.isPresent() && driver.isPresent()) {
            return new Found(chromium.get(), driver.get());
        }
        String what = chromium.isPresent() ? "no chromedriver" : driver.isPresent() ? "no Chromium" : "neither";
        return new Missing("expected Chromium and chromedriver on the PATH or named by -D" + CHROMIUM + " and -D"
                + DRIVER + ", found " + what + "; on Debian: apt-get install chromium chromium-driver");
    }

    private static Optional<Path> find(Properties properties, String property, List<Path> folders, List<String> names) {
        String named = properties.getProperty(property);
        Stream<Path> places = named != null
                ? Stream.of(Path.of(named))
                : names.stream()
                        .flatMap(name -> Stream.of(name, name + ".exe"))
                        .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)));
        return places.filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
