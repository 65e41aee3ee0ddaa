package dev.pigeonhole.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A deliberately broken variant of the program, as a patch with three lines in front. Immutable.
 *
 * @param broken what is broken
 * @param promise which promise that touches
 * @param tests those that must notice, as {@code MODULE/CLASS}
 * @param hunks what it changes
 */
record VariantPatch(String name, String broken, String promise, List<String> tests, List<Hunk> hunks) {
    static final Path FOLDER = MarkdownFile.ROOT.resolve("variants");

    /**
     * A piece of a file before and after.
     *
     * @param file relative to the checkout
     */
    record Hunk(String file, List<String> before, List<String> after) {}

    static List<VariantPatch> all() {
        return MarkdownFile.files(".patch").stream()
                .filter(path -> path.startsWith(FOLDER))
                .map(VariantPatch::read)
                .toList();
    }

    static VariantPatch read(Path path) {
        List<String> lines = MarkdownFile.linesOf(path);
        return new VariantPatch(
                path.getFileName().toString().replace(".patch", ""),
                field(lines, "Broken: "),
                field(lines, "Promise: "),
                Arrays.asList(field(lines, "Tests: ").split(" ")),
                hunks(lines));
    }

    private static String field(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .findFirst()
                .orElse("");
    }

    private static List<Hunk> hunks(List<String> lines) {
        List<Hunk> hunks = new ArrayList<>();
        String file = "";
        Hunk hunk = null;
        for (String line : lines) {
            if (line.startsWith("+++ b/")) {
                file = line.substring("+++ b/".length());
                hunk = null;
            } else if (line.startsWith("@@ ")) {
                hunk = new Hunk(file, new ArrayList<>(), new ArrayList<>());
                hunks.add(hunk);
            } else if (hunk != null && !line.startsWith("--- ")) {
                add(line, hunk);
            }
        }
        return hunks;
    }

    private static void add(String line, Hunk hunk) {
        char kind = line.isEmpty() ? ' ' : line.charAt(0);
        String text = line.isEmpty() ? "" : line.substring(1);
        if (kind != '+') {
            hunk.before().add(text);
        }
        if (kind != '-') {
            hunk.after().add(text);
        }
    }
}
