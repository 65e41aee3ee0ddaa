package dev.pigeonhole.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a browser saves what it downloads. Not thread-safe. */
record Downloads(Browser browser, Path folder) {
    /** From now on the browser saves there, and asks nobody. */
    static Downloads to(Path folder, Browser browser) throws IOException {
        Files.createDirectories(folder);
        browser.driver()
                .executeCdpCommand(
                        "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", folder.toString()));
        return new Downloads(browser, folder);
    }

    /** Waits until the file is there as a whole; what is in it. */
    String take(String name) throws IOException {
        Path file = browser.await(
                "download of " + name,
                Waiting.LONG,
                () -> files().equals(List.of(name)) ? Optional.of(folder.resolve(name)) : Optional.empty());
        String text = Files.readString(file, StandardCharsets.UTF_8);
        Files.delete(file);
        return text;
    }

    /** While a file comes, it has another name. */
    private List<String> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
