package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Taxonomy;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code init}: a category file from labelled rows. */
class InitTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(folder);
    }

    private Cli.Result init(Path input, String... more) {
        return cli.say(Stream.concat(
                        Stream.of(
                                "init",
                                input.toString(),
                                "--label-column",
                                "label",
                                "--out",
                                cli.path("categories.yaml").toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private Path labelled() throws Exception {
        return cli.write(
                "labelled.csv", "text,label", "my card is lost,cards", "refund please,money", "my refund,money", ",x");
    }

    @Test
    void theFileCanBeUsedForARun() throws Exception {
        Cli.Result result = init(labelled()).is(ExitCode.DONE);
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("rows        4 = 3 with text and label + 1 without text + 0 without label")
                .contains("labels      2 different ones")
                .contains("written     " + cli.path("categories.yaml"))
                .contains("next        fill in the descriptions, then pigeonhole run INPUT.csv --categories");
        Path categories = cli.path("categories.yaml");
        assertThat(Taxonomy.load(categories).names()).containsExactly("money", "cards");
        cli.run(cli.write("in.csv", "text", "refund"), categories).is(ExitCode.DONE);
    }

    @Test
    void aFileThatIsThereIsKeptUnlessForced() throws Exception {
        cli.write("categories.yaml", "- mine");
        init(labelled()).refused(ExitCode.USAGE, "is there already", "--force");
        assertThat(cli.read("categories.yaml")).isEqualTo("- mine\n");
        init(labelled(), "--force").is(ExitCode.DONE);
        assertThat(cli.read("categories.yaml")).contains("cards");
    }

    @Test
    void whatIsReadIsNeverWrittenOver() throws Exception {
        Path input = cli.write("labelled.yaml", "text,label", "a,B");
        cli.say("init", input.toString(), "--label-column", "label", "--out", input.toString(), "--force")
                .refused(ExitCode.USAGE, "is a file that is read here");
    }

    @Test
    void wrongFlagsAreRefused() throws Exception {
        init(labelled(), "--examples", "21").refused(ExitCode.USAGE, "--examples must be from 0 to 20");
        cli.say(
                        "init",
                        labelled().toString(),
                        "--label-column",
                        "label",
                        "--out",
                        cli.path("c.csv").toString())
                .refused(ExitCode.USAGE, "must end in .yaml");
        cli.say("init", labelled().toString(), "--label-column", "lable")
                .refused(ExitCode.USAGE, "no label column \"lable\"", "did you mean \"label\"?");
        cli.say("init", labelled().toString()).refused(ExitCode.USAGE, "--label-column");
        init(cli.path("nothing.csv")).refused(ExitCode.INPUT_UNREADABLE, "nothing.csv");
    }

    @Test
    void freeTextIsRefused() throws Exception {
        List<String> lines = Stream.concat(
                        Stream.of("text,label"), IntStream.range(0, 40).mapToObj(i -> "t" + i + ",a note no " + i))
                .toList();
        init(cli.write("notes.csv", lines.toArray(String[]::new)))
                .refused(ExitCode.USAGE, "40 different values in 40 rows", "looks like free text", "--label-column");
        assertThat(cli.path("categories.yaml")).doesNotExist();
    }

    @Test
    void contradictionsAreShown() throws Exception {
        assertThat(init(cli.write("c.csv", "text,label", "a,X", "a,Y", "a,X")).out())
                .contains("1 row repeats an earlier one")
                .contains("1 text has more than one label")
                .contains("row 1 is \"X\", row 2 is \"Y\": a");
    }
}
