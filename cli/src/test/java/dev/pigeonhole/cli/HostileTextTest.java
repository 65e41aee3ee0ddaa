package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing from a file, a folder's name or a provider reaches the terminal as something that it obeys. */
class HostileTextTest {
    private static final String ESCAPE = "\u001b]0;owned\u0007\u001b[31m";
    private static final String C1 = "\u009b31m";
    private static final String BIDI = "\u202e";

    @TempDir
    Path folder;

    private static void safe(Cli.Result result) {
        for (String said : List.of(result.out(), result.err())) {
            assertThat(said).doesNotContain("\u001b", "\u0007", "\u009b", "\u202e", "\u2028");
        }
    }

    @Test
    void columnNamesAndCells() throws Exception {
        Cli cli = new Cli(folder);
        String column = "bo" + ESCAPE + C1 + BIDI + "dy";
        Path input = cli.write("in.csv", "id," + column, "1,invoice " + ESCAPE + BIDI, "2,x,y" + ESCAPE, "3,b");
        Path categories = cli.write("c.txt", "Billing", "Login");
        String[] flags = {"--text-column", column, "--delimiter", "comma"};
        for (String style : List.of("plain", "none")) {
            Cli.Result run = cli.run(input, categories, "-t", column, "--delimiter", "comma", "--progress", style);
            run.is(ExitCode.SOME_ROWS_FAILED);
            safe(run);
        }
        safe(cli.run(input, categories, "-t", column, "--delimiter", "comma", "--existing", "new", "--json"));
        safe(cli.run(input, categories, "-t", "bdy", "--delimiter", "comma").is(ExitCode.USAGE));
        safe(cli.run(
                        input,
                        categories,
                        "--delimiter",
                        "comma",
                        "--output",
                        cli.path("o2").toString())
                .is(ExitCode.USAGE));
        safe(cli.say("check", input.toString(), flags[0], flags[1], flags[2], flags[3])
                .is(ExitCode.DONE));
        safe(cli.say("check", input.toString(), flags[0], flags[1], flags[2], flags[3], "--json")
                .is(ExitCode.DONE));
        safe(cli.say("estimate", input.toString(), flags[0], flags[1], flags[2], flags[3])
                .is(ExitCode.DONE));
    }

    @Test
    void categoryNames() throws Exception {
        Cli cli = new Cli(folder);
        Path input = cli.write("in.csv", "text", "one", "two");
        Path escapes = cli.write("c.yaml", "categories: [\"A\\e[31m\", \"B\"]");
        safe(cli.run(input, escapes).is(ExitCode.USAGE));
        Path keys = cli.write("k.yaml", "\"cat\\e[31m\\u202egories\": [A]");
        safe(cli.run(input, keys).is(ExitCode.USAGE));
        // Marks of direction are no control characters: such a name is legal, but not shown as it is.
        Path bidi = cli.write("b.txt", "A" + BIDI, "B");
        safe(cli.run(input, bidi, "-p", "failing").is(ExitCode.DONE));
        safe(cli.job("status"));
        safe(cli.job("status", "--json"));
        assertThat(cli.read("output.csv")).contains("A" + BIDI);
    }

    @Test
    void namesOfJobsAndFiles() throws Exception {
        Cli cli = new Cli(folder);
        Path input = cli.write("in" + ESCAPE.replace("/", "") + BIDI + ".csv", "text", "one", "bad");
        Path categories = cli.write("c.txt", "A", "B");
        safe(cli.run(input, categories, "--job", "may" + ESCAPE, "-p", "failing")
                .is(ExitCode.SOME_ROWS_FAILED));
        safe(cli.job("list").is(ExitCode.DONE));
        safe(cli.job("list", "--json").is(ExitCode.DONE));
        safe(cli.job("status").is(ExitCode.DONE));
        safe(cli.job("status", "nobody" + ESCAPE).is(ExitCode.USAGE));
        safe(cli.run(cli.path("none" + ESCAPE), categories).is(ExitCode.INPUT_UNREADABLE));
    }

    @Test
    void argumentsAndMessagesOfAProvider() throws Exception {
        Cli cli = new Cli(folder);
        Path input = cli.write("in.csv", "text", "one", "two");
        Path categories = cli.write("c.txt", "A", "B");
        safe(cli.say("run", input.toString(), "-c", "x", "--no" + ESCAPE).is(ExitCode.USAGE));
        safe(cli.say("rn" + ESCAPE).is(ExitCode.USAGE));
        safe(cli.run(input, categories, "--batch-size", ESCAPE).is(ExitCode.USAGE));
        safe(cli.run(input, categories, "-p", "lo" + ESCAPE).is(ExitCode.USAGE));
        safe(cli.run(
                        input,
                        categories,
                        "-p",
                        "failing",
                        "--option",
                        "after=0",
                        "--option",
                        "message=no" + ESCAPE + C1 + BIDI + "\nerror: forged")
                .is(ExitCode.STOPPED_BY_LIMIT));
        Cli.Result status = cli.job("status");
        safe(status);
        assertThat(status.out().lines().filter(line -> line.startsWith("error:")))
                .isEmpty();
    }
}
