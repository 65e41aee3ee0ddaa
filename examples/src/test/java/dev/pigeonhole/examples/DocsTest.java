package dev.pigeonhole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the documentation true, as far as a machine can tell. */
class DocsTest {
    private final List<MarkdownFile> pages = MarkdownFile.all();

    @Test
    void theReadmeAndThePagesAreFound() {
        assertThat(pages.stream().map(MarkdownFile::name)).contains("README.md", "docs/architecture.md");
    }

    @Test
    void everyJavaBlockIsAPieceOfACompiledExample() {
        List<List<String>> sources = MarkdownFile.files(".java").stream()
                .filter(path -> path.startsWith(MarkdownFile.ROOT.resolve("examples")))
                .map(MarkdownFile::linesOf)
                .toList();
        List<String> strangers = new ArrayList<>();
        int blocks = 0;
        for (MarkdownFile page : pages) {
            for (MarkdownFile.Block block : page.blocks()) {
                if (block.language().equals("java")) {
                    blocks++;
                    if (sources.stream().noneMatch(source -> contains(source, block.lines()))) {
                        strangers.add(page.name() + ": " + block.lines().get(0));
                    }
                }
            }
        }
        assertThat(blocks).isPositive();
        assertThat(strangers).isEmpty();
    }

    @Test
    void everyRelativeLinkLeadsSomewhere() {
        List<String> broken = new ArrayList<>();
        for (MarkdownFile page : pages) {
            for (String link : page.relativeLinks()) {
                if (!resolves(page, link)) {
                    broken.add(page.name() + ": " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyTestThatIsNamedIsThere() {
        Set<String> known = MarkdownFile.files(".java").stream()
                .map(path -> path.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        List<String> missing = new ArrayList<>();
        for (MarkdownFile page : pages) {
            page.testNames().stream()
                    .filter(name -> !known.contains(name))
                    .forEach(name -> missing.add(page.name() + ": " + name));
        }
        assertThat(missing).isEmpty();
    }

    private boolean resolves(MarkdownFile page, String link) {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target =
                file.isEmpty() ? page.path() : page.path().resolveSibling(file).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return hash < 0
                || pages.stream()
                        .filter(other -> other.path().equals(target))
                        .anyMatch(other -> other.anchors().contains(link.substring(hash + 1)));
    }

    /** Whether the block stands in the source, line by line, indented as a whole. */
    private static boolean contains(List<String> source, List<String> block) {
        for (int start = 0; start + block.size() <= source.size(); start++) {
            if (standsAt(source, start, block)) {
                return true;
            }
        }
        return false;
    }

    private static boolean standsAt(List<String> source, int start, List<String> block) {
        String first = source.get(start);
        if (!first.endsWith(block.get(0))) {
            return false;
        }
        String indent = first.substring(0, first.length() - block.get(0).length());
        if (!indent.isBlank()) {
            return false;
        }
        for (int i = 0; i < block.size(); i++) {
            String expected = block.get(i).isEmpty() ? "" : indent + block.get(i);
            if (!source.get(start + i).equals(expected)) {
                return false;
            }
        }
        return true;
    }
}
