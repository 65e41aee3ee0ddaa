package dev.pigeonhole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the broken variants usable: {@code variants/run} takes long, so nobody runs it with every change. */
class VariantsTest {
    private final List<VariantPatch> variants = VariantPatch.all();

    @Test
    void theVariantsAreFound() {
        assertThat(variants).hasSizeGreaterThan(24);
    }

    @Test
    void eachSaysWhatItBreaksAndWhichTestsMustNotice() {
        Set<String> known = tests();
        for (VariantPatch variant : variants) {
            assertThat(variant.broken()).as(variant.name()).isNotBlank();
            assertThat(variant.promise()).as(variant.name()).matches("\\d+, .+");
            assertThat(known).as(variant.name()).containsAll(variant.tests());
        }
    }

    /** As they are named in the patches: {@code MODULE/CLASS}. */
    private static Set<String> tests() {
        return MarkdownFile.files("Test.java").stream()
                .map(MarkdownFile.ROOT::relativize)
                .map(path ->
                        path.getName(0) + "/" + path.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
    }

    @Test
    void eachStillFitsTheSources() {
        for (VariantPatch variant : variants) {
            assertThat(variant.hunks()).as(variant.name()).isNotEmpty();
            for (VariantPatch.Hunk hunk : variant.hunks()) {
                Path file = MarkdownFile.ROOT.resolve(hunk.file());
                assertThat(file).as(variant.name()).isRegularFile();
                assertThat(Collections.indexOfSubList(MarkdownFile.linesOf(file), hunk.before()))
                        .as(
                                "variant %s: these lines are no more in %s; make the patch anew",
                                variant.name(), hunk.file())
                        .isNotNegative();
            }
        }
    }

    @Test
    void eachChangesSomethingInSourcesOnly() {
        for (VariantPatch variant : variants) {
            assertThat(variant.hunks()).as(variant.name()).allSatisfy(hunk -> {
                assertThat(hunk.file()).contains("/src/main/java/");
                assertThat(hunk.after()).isNotEqualTo(hunk.before());
            });
        }
    }

    @Test
    void theScriptThatRunsThemIsThere() {
        assertThat(VariantPatch.FOLDER.resolve("run")).matches(Files::isExecutable);
    }
}
