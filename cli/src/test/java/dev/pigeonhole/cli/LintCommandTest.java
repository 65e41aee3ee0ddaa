package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Taxonomy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LintCommandTest {
    private static final String TICKETS = "../examples/tickets/categories.yaml";

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void prepare() {
        cli = new Cli(folder);
    }

    private Cli.Result lint(Path categories, String... more) {
        return cli.say(Stream.concat(Stream.of("lint", categories.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    /** Rows of two categories that have the same words, and of one that has its own. */
    private Path confusing() throws Exception {
        List<String> lines = new ArrayList<>(List.of("text,label"));
        IntStream.range(0, 30).forEach(i -> {
            lines.add("the parcel " + i * 37 % 90 + " is late,Late parcel");
            lines.add("the parcel " + (i + 30) * 37 % 90 + " is late,Lost parcel");
            lines.add("password " + i + " forgotten again,Login");
        });
        return cli.write("sample.csv", lines.toArray(String[]::new));
    }

    private Path categories() throws Exception {
        return cli.write(
                "categories.yaml",
                "categories:",
                "  - {name: Late parcel, description: It comes too late, examples: [where is it]}",
                "  - {name: Lost parcel, description: It never comes, examples: [it is gone]}",
                "  - {name: Login, description: Getting in, examples: [cannot sign in]}");
    }

    @Test
    void nothingToSayIsSaid() {
        Cli.Result result = lint(Path.of(TICKETS), "--strict").is(ExitCode.DONE);

        assertThat(result.out().strip()).isEqualTo("6 categories: nothing found");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void notesComeTheWorstFirstWithTheWayOut() throws Exception {
        Cli.Result result =
                lint(cli.write("c.txt", "Payment", "Payments", "Login")).is(ExitCode.DONE);

        assertThat(result.out()).isEqualTo("""
                        Warnings: answers will be worse than they could be
                        - "Payment" and "Payments" are nearly the same name
                            -> merge them, or rename one so that nobody takes it for the other
                        - "Payment" is only a name
                            -> say in a sentence what belongs there, or give two or three examples
                        - "Payments" is only a name
                            -> say in a sentence what belongs there, or give two or three examples
                        - "Login" is only a name
                            -> say in a sentence what belongs there, or give two or three examples

                        3 categories: 4 warnings
                        """);
    }

    @Test
    void labelledRowsTellWhatIsConfused() throws Exception {
        Path sample = confusing();

        Cli.Result result = lint(categories(), "--sample", sample.toString(), "--label-column", "label", "--strict")
                .is(ExitCode.QUALITY);

        assertThat(result.out())
                .contains("\"Late parcel\" and \"Lost parcel\" are taken for each other in")
                .contains("of their 60 rows")
                .contains("-> merge them, or sharpen their descriptions")
                .containsPattern("Lo?[as]te? parcel: \"")
                .contains("3 categories, tried on 90 rows (the local classifier gets")
                .doesNotContain("\"Login\"");
        lint(categories(), "--sample", sample.toString(), "--label-column", "label")
                .is(ExitCode.DONE);
    }

    @Test
    void asJsonItIsOneLine() throws Exception {
        Map<String, Object> line = lint(
                        categories(),
                        "--sample",
                        confusing().toString(),
                        "--label-column",
                        "#2",
                        "--text-column",
                        "text",
                        "--json")
                .is(ExitCode.DONE)
                .lastJson();

        assertThat(line)
                .containsEntry("type", "lint")
                .containsOnlyKeys("type", "v", "categories", "rows", "judged", "right", "notes");
        assertThat(line.get("rows").toString()).isEqualTo("90");
        assertThat((List<?>) line.get("notes"))
                .isNotEmpty()
                .allSatisfy(note -> assertThat((Map<?, ?>) note)
                        .extracting(map -> List.copyOf(map.keySet()))
                        .isEqualTo(List.of("level", "kind", "category", "other", "detail", "hint", "examples")));
        assertThat(line.get("notes").toString()).contains("kind=confused", "level=warning");
    }

    @Test
    void rowsWithoutLabelsAreTriedToo() {
        Cli.Result result = lint(
                        Path.of(TICKETS), "--sample", "../examples/tickets/tickets.csv", "-t", "subject", "-t", "body")
                .is(ExitCode.DONE);

        assertThat(result.out()).contains("6 categories, tried on 39 rows: ");
    }

    @Test
    void theSubBatchSizeCounts() throws Exception {
        // The names alone: to learn from the examples takes a while.
        Path names = cli.write(
                "names.txt",
                Taxonomy.load(Path.of("../examples/banking77/categories.yaml"))
                        .names()
                        .toArray(String[]::new));

        assertThat(lint(names).is(ExitCode.DONE).out()).contains("a sub-batch size of 12");
        assertThat(lint(names, "--sub-batch-size", "12").is(ExitCode.DONE).out())
                .doesNotContain("sub-batch");
    }

    @Test
    void allThatIsWrongInTheFileIsToldAtOnce() throws Exception {
        Path file = cli.write("c.yaml", "categories:", "  - name: A", "  - name: a", "  - nme: B", "  - name: C");

        Cli.Result result = lint(file, "--json")
                .refused(
                        ExitCode.USAGE,
                        "2 things are wrong",
                        "line 3: category \"a\" appears twice",
                        "line 4: unknown key");

        assertThat(result.lastJson()).containsEntry("type", "error");
    }

    @Test
    void oneFaultIsToldAsEverywhere() throws Exception {
        lint(cli.write("c.txt", "A", "a")).refused(ExitCode.USAGE, "c.txt: line 2: category \"a\" appears twice");
        lint(cli.path("none.txt")).refused(ExitCode.USAGE, "none.txt: no such file");
    }

    @Test
    void aListOfWhichNoUseCanBeMadeIsAnError() throws Exception {
        Path file = cli.write(
                "c.yaml", "unmatched: {allow: false}", "categories: [{name: A, description: b, examples: [c]}]");

        assertThat(lint(file).is(ExitCode.USAGE).out()).contains("Errors: ", "1 category: 1 error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--label-column", "--text-column"})
    void columnsWithoutASampleAreRefused(String flag) {
        lint(Path.of(TICKETS), flag, "x").refused(ExitCode.USAGE, "--sample");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "1001"})
    void aSizeThatNoRunTakesIsRefused(String size) {
        lint(Path.of(TICKETS), "--sub-batch-size", size).refused(ExitCode.USAGE, "from 1 to 1000, found " + size);
    }

    @Test
    void theLabelsAreNeverTakenForTheText() throws Exception {
        Path sample = cli.write("two.csv", "what they say,label", "password forgotten,Login", "cannot sign in,Login");
        lint(Path.of(TICKETS), "--sample", sample.toString(), "--label-column", "label")
                .is(ExitCode.DONE);
    }

    @Test
    void aSampleThatCannotBeReadIsRefused() throws Exception {
        lint(Path.of(TICKETS), "--sample", cli.path("none.csv").toString())
                .refused(ExitCode.INPUT_UNREADABLE, "none.csv");
        lint(Path.of(TICKETS), "--sample", confusing().toString(), "--label-column", "lable")
                .refused(ExitCode.USAGE, "did you mean \"label\"?");
    }

    @Test
    void whatATerminalWouldObeyIsNotPrinted() throws Exception {
        Path sample = cli.write("s.csv", "text", "\u001b[31mred\u001b[0m \u202e xyz");

        Cli.Result result =
                lint(Path.of(TICKETS), "--sample", sample.toString()).is(ExitCode.DONE);

        assertThat(result.out()).contains("xyz").doesNotContain("\u001b", "\u202e");
    }
}
