package dev.pigeonhole.web.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of the page as they lie among the resources. */
final class PageFiles {
    private final Path root;

    PageFiles() {
        URL index = Objects.requireNonNull(PageFiles.class.getResource("index.html"), "index.html");
        try {
            root = Objects.requireNonNull(Path.of(index.toURI()).getParent(), "parent");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Text by name, such as {@code pages/jobs.js}, in the order of names. */
    Map<String, String> withEnding(String ending) {
        try (Stream<Path> paths = Files.walk(root)) {
            Map<String, String> texts = new TreeMap<>();
            paths.filter(path -> path.toString().endsWith(ending))
                    .filter(Files::isRegularFile)
                    .forEach(path -> texts.put(root.relativize(path).toString().replace('\\', '/'), text(path)));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String name) {
        return text(root.resolve(name));
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
