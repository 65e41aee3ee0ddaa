package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Oracle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hints for the language model by the local ranker, in whole jobs with 77 categories. */
class HintsRunTest {
    private static final Path EXAMPLE = Path.of("..", "examples", "banking77");
    private static final Path CATEGORIES = EXAMPLE.resolve("categories.yaml");
    private static final int ROWS = 260;

    @TempDir
    Path folder;

    private Cli cli;
    private Path input;

    /** The file is sorted by category, which would look like an attack to the check of answers. */
    @BeforeEach
    void files() throws Exception {
        cli = new Cli(folder);
        List<String> lines = new ArrayList<>(Files.readAllLines(EXAMPLE.resolve("test.csv")));
        String header = lines.remove(0);
        lines.removeIf(line -> line.chars().filter(c -> c == '"').count() % 2 != 0);
        Collections.shuffle(lines, new Random(7));
        input = cli.write(
                "rows.csv",
                Stream.concat(Stream.of(header), lines.subList(0, ROWS).stream())
                        .toArray(String[]::new));
    }

    private static FakeLlm truthful() throws Exception {
        return FakeLlm.builder()
                .oracle(Oracle.labelled(EXAMPLE.resolve("test.csv"), List.of("text"), "category"))
                .start();
    }

    private Cli.Result run(FakeLlm server, String... more) {
        return cli.run(
                input,
                CATEGORIES,
                Stream.concat(
                                Stream.of(
                                        "--text-column=text",
                                        "--model=gpt-5-nano",
                                        "--json",
                                        "--base-url=" + server.baseUrl()),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void manyCategoriesComeWithHintsAndTheSummarySaysHowWellTheyServed() throws Exception {
        try (FakeLlm server = truthful()) {
            Cli.Result result = run(server).is(ExitCode.DONE);
            Map<?, ?> hints = (Map<?, ?>) result.lastJson().get("hints");
            assertThat(((Number) hints.get("answers")).intValue()).isEqualTo(ROWS);
            assertThat(((Number) hints.get("among")).doubleValue() / ROWS).isGreaterThan(0.85);
            assertThat(hints.get("stopped")).isEqualTo(false);
            assertThat(result.err())
                    .containsPattern("hints     2\\d\\d of 260 answers in this run were among them \\((8|9)\\d%\\)");
            assertThat(server.stats().calls()).isEqualTo(ROWS / 20);
            assertThat(server.stats().itemsAsked())
                    .as("the server finds every record")
                    .isEqualTo(ROWS);
        }
    }

    @Test
    void hintsCostWhatTheEstimateSays() throws Exception {
        long[] sent = new long[2];
        long[] foretold = new long[2];
        for (String mode : List.of("off", "on")) {
            int at = mode.equals("on") ? 1 : 0;
            try (FakeLlm server = truthful()) {
                Cli.Result estimate = cli.job(
                                "estimate",
                                input.toString(),
                                "-c",
                                CATEGORIES.toString(),
                                "--text-column=text",
                                "--model=gpt-5-nano",
                                "--base-url=" + server.baseUrl(),
                                "--hints=" + mode,
                                "--json")
                        .is(ExitCode.DONE);
                foretold[at] = ((Number) estimate.lastJson().get("input_tokens")).longValue();
                assertThat(server.stats().calls()).isZero();
                Cli.Result result =
                        run(server, "--hints=" + mode, "--existing=new").is(ExitCode.DONE);
                Map<?, ?> bill = (Map<?, ?>) result.lastJson().get("bill");
                sent[at] = ((Number) bill.get("input_tokens")).longValue();
                assertThat(result.lastJson().get("hints") == null).isEqualTo(mode.equals("off"));
            }
            assertThat(foretold[at]).as(mode).isCloseTo(sent[at], Percentage.withPercentage(8));
        }
        assertThat(sent[1] - sent[0]).isBetween(ROWS * 15L, ROWS * 45L);
        assertThat(foretold[1] - foretold[0]).isCloseTo(sent[1] - sent[0], Percentage.withPercentage(15));
    }

    @Test
    void hintsThatMissTooOftenAreStoppedAndTheLogSaysSo() throws Exception {
        try (FakeLlm server = FakeLlm.builder().oracle(Oracle.byHash(7)).start()) {
            Cli.Result result = run(server, "-j", "2").is(ExitCode.DONE);
            List<Object> notices = result.json().stream()
                    .filter(line -> "notice".equals(line.get("type")))
                    .map(line -> line.get("message"))
                    .filter(message -> String.valueOf(message).contains("the shortlist misses too often"))
                    .toList();
            assertThat(notices).singleElement().asString().contains("no more are shown", "--hints off");
            assertThat(Files.readString(cli.logs().resolve("error.log")))
                    .containsPattern("WARN.*the shortlist misses too often");
            Map<?, ?> hints = (Map<?, ?>) result.lastJson().get("hints");
            assertThat(hints.get("stopped")).isEqualTo(true);
            assertThat(((Number) hints.get("answers")).intValue()).isBetween(190, 260);
        }
    }

    @Test
    void fiftyCategoriesComeWithout() throws Exception {
        Path fifty = cli.write(
                "fifty.txt", IntStream.range(10, 60).mapToObj(i -> "topic " + i).toArray(String[]::new));
        try (FakeLlm server = FakeLlm.builder().oracle(Oracle.byHash(7)).start()) {
            Cli.Result result = cli.run(
                            input,
                            fifty,
                            "--text-column=text",
                            "--model=gpt-5-nano",
                            "--json",
                            "--base-url=" + server.baseUrl())
                    .is(ExitCode.DONE);
            assertThat(result.lastJson()).containsEntry("hints", null);
            assertThat(result.err()).doesNotContain("hints");
        }
    }

    /** Answers to prompts with hints are not taken for answers to prompts without. */
    @Test
    void anotherSettingIsAnotherJobAndHasItsOwnAnswers() throws Exception {
        try (FakeLlm server = truthful()) {
            run(server, "--hints=off").is(ExitCode.DONE);
            run(server, "--hints=off", "--existing=new").is(ExitCode.DONE);
            assertThat(server.stats().calls()).as("known answers").isEqualTo(ROWS / 20);
            run(server, "--hints=on").refused(ExitCode.USAGE, "hints: new, was not there before");
            run(server, "--hints=on", "--existing=new").is(ExitCode.DONE);
            assertThat(server.stats().calls()).isEqualTo(2 * ROWS / 20);
        }
    }

    @Test
    void aWordThatIsNoSettingIsRefused() throws Exception {
        try (FakeLlm server = truthful()) {
            run(server, "--hints=always").refused(ExitCode.USAGE, "hints must be one of auto, on, off, was \"always\"");
            assertThat(cli.job("estimate", input.toString(), "-c", CATEGORIES.toString(), "--hints=on")
                            .err())
                    .contains("the provider local calls nobody, so it has no --hints");
        }
    }
}
