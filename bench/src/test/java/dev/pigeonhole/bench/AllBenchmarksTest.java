package dev.pigeonhole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All benchmarks make one table, whatever becomes of one of them. Nothing here depends on time. */
class AllBenchmarksTest {
    @TempDir
    private Path folder;

    @Test
    void aSectionThatFailsIsToldAndTheOthersRun() throws IOException, InterruptedException {
        Section wrong = section("Wrong", "no-such-benchmark");
        Section store = section("Store", "store", "5", "100");

        assertThat(run(List.of(wrong, store), Duration.ofMinutes(4))).isFalse();

        assertThat(table())
                .containsSubsequence(
                        "# Benchmarks of",
                        "cores,",
                        "## Wrong",
                        "**Failed**: ended with 1",
                        "## Store",
                        "| commit |",
                        "rows recorded when the process was killed",
                        "1 of 2 sections failed");
    }

    @Test
    void aSectionThatTakesTooLongIsEnded() throws IOException, InterruptedException {
        assertThat(run(List.of(section("Long", "store", "5", "1000000000")), Duration.ofMillis(1)))
                .isFalse();

        assertThat(table()).contains("**Failed**: not done after 0 minutes, and ended");
    }

    @Test
    void noTwoSectionsAreTheSame() {
        assertThat(Section.all()).extracting(Section::title).doesNotHaveDuplicates();
        assertThat(Section.all()).extracting(Section::command).doesNotHaveDuplicates();
    }

    @Test
    void aPartOfTheTableHasAFileOfItsOwn() {
        assertThat(Benchmarks.fileName(false, List.of())).matches("\\d{4}-\\d\\d-\\d\\d\\.md");
        assertThat(Benchmarks.fileName(true, List.of("store", "P10"))).endsWith("-store-P10-quick.md");
    }

    private boolean run(List<Section> sections, Duration most) throws IOException, InterruptedException {
        return new AllBenchmarks(folder, folder.resolve("table.md"), sections, false, most).run();
    }

    private String table() throws IOException {
        return Files.readString(folder.resolve("table.md"));
    }

    private static Section section(String title, String... words) {
        return new Section(title, List.of(words), List.of(words));
    }
}
