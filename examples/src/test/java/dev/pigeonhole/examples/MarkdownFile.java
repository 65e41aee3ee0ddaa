package dev.pigeonhole.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation. Immutable. */
record MarkdownFile(Path path, List<String> lines) {
    /** The checkout: tests run in the folder of their module. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Set<String> NOT_OURS = Set.of(".git", "target", ".pigeonhole", "node_modules");
    private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*\\]\\(([^)\\s]+)\\)|(?:src|href)=\"([^\"]+)\"");
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|Tests|Contract))`");

    /** A fenced block: its language, and its lines without the indentation that they have in common. */
    record Block(String language, List<String> lines) {}

    /** All pages of the checkout. */
    static List<MarkdownFile> all() {
        return files(".md").stream()
                .map(path -> new MarkdownFile(path, linesOf(path)))
                .toList();
    }

    /** All files of the checkout whose names end so, what is built or not ours left out. */
    static List<Path> files(String end) {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(path -> path.toString().endsWith(end))
                    .filter(path -> {
                        for (Path part : ROOT.relativize(path)) {
                            if (NOT_OURS.contains(part.toString())) {
                                return false;
                            }
                        }
                        return true;
                    })
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> linesOf(Path path) {
        try {
            return Files.readAllLines(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return ROOT.relativize(path).toString();
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        List<String> inside = null;
        String language = "";
        for (String line : lines) {
            if (!line.startsWith("```")) {
                if (inside != null) {
                    inside.add(line);
                }
            } else if (inside == null) {
                inside = new ArrayList<>();
                language = line.substring(3).strip();
            } else {
                blocks.add(new Block(language, inside));
                inside = null;
            }
        }
        if (inside != null) {
            throw new IllegalStateException(name() + ": a block is not closed");
        }
        return blocks;
    }

    /** Targets of links that lead to a place in the checkout. */
    List<String> relativeLinks() {
        return matches(LINK)
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
    }

    /** Names of tests that the page mentions as code. */
    List<String> testNames() {
        return matches(NAME).map(match -> match.group(1)).distinct().toList();
    }

    /** What can stand behind {@code #} in a link to this page. */
    List<String> anchors() {
        return prose().stream()
                .filter(line -> line.matches("#{1,6} .*"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(title -> title.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    private Stream<MatchResult> matches(Pattern pattern) {
        return prose().stream().flatMap(line -> pattern.matcher(line).results());
    }

    private List<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean code = false;
        for (String line : lines) {
            boolean fence = line.startsWith("```");
            code ^= fence;
            if (!code && !fence) {
                prose.add(line);
            }
        }
        return prose;
    }
}
