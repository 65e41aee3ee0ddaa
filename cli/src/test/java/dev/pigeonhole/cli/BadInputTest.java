package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of wrong input ends with one message that helps, before anything is sent or written. */
class BadInputTest {
    private static final int USAGE = ExitCode.USAGE;
    private static final int INPUT = ExitCode.INPUT_UNREADABLE;
    private static final String GOOD = "id,body\n1,hello\n";

    @TempDir
    Path folder;

    /**
     * One wrong file.
     *
     * @param what in words
     * @param name of the file
     * @param content null for no file, empty with a name that ends with "/" for a folder
     * @param flags behind the usual command
     * @param code exit code
     * @param says parts of the message
     */
    private record Case(String what, String name, byte[] content, List<String> flags, int code, String... says) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Case input(String what, String content, int code, String... says) {
        return new Case(what, "in.csv", content.getBytes(StandardCharsets.UTF_8), List.of(), code, says);
    }

    private static Case flags(String what, List<String> flags, int code, String... says) {
        return new Case(what, "in.csv", GOOD.getBytes(StandardCharsets.UTF_8), flags, code, says);
    }

    private static Case categories(String what, String name, String content, String... says) {
        return new Case(what, name, content.getBytes(StandardCharsets.UTF_8), List.of(), USAGE, says);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static Stream<Case> inputs() {
        return Stream.of(
                new Case("missing", "in.csv", null, List.of(), INPUT, "in.csv: no such file"),
                new Case("folder", "in.csv/", bytes(), List.of(), INPUT, "is a folder"),
                new Case(
                        "spreadsheet",
                        "in.xlsx",
                        bytes('P', 'K', 3, 4, 20, 0, 6, 0, 8, 0, 0, 0, 33, 0),
                        List.of(),
                        INPUT,
                        "XLSX",
                        "save the sheet as CSV"),
                new Case("gzip", "in.csv", bytes(0x1f, 0x8b, 8, 0, 0, 0, 0), List.of(), INPUT, "gzip", "unpack it"),
                new Case(
                        "binary",
                        "in.csv",
                        bytes(1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 19, 20, 21),
                        List.of(),
                        INPUT,
                        "binary file"),
                new Case(
                        "invalid UTF-8",
                        "in.csv",
                        bytes('i', 'd', ',', 'b', 'o', 'd', 'y', '\n', '1', ',', 'c', 'a', 'f', 0xe9, '\n'),
                        List.of(),
                        INPUT,
                        "not UTF-8",
                        "--encoding windows-1252",
                        "--on-bad-bytes replace"),
                new Case(
                        "UTF-16 without a mark",
                        "in.csv",
                        "id,body\n1,hello\n".getBytes(StandardCharsets.UTF_16LE),
                        List.of(),
                        INPUT,
                        "--encoding UTF-16LE"),
                input("empty", "", INPUT, "the input is empty"),
                input("unclosed quote", "id,body\n1,\"never closed\n2,x\n", INPUT, "line 2"),
                input(
                        "ambiguous column",
                        "body,text\na,b\n",
                        USAGE,
                        "which column",
                        "--text-column",
                        "\"body\", \"text\""),
                input("no usual column", "a,b\n1,2\n", USAGE, "which column", "--text-column"),
                flags(
                        "missing column",
                        List.of("-t", "boddy"),
                        USAGE,
                        "no text column \"boddy\"",
                        "did you mean \"body\"?",
                        "\"id\", \"body\""),
                flags("column number out of range", List.of("-t", "#3"), USAGE, "no text column \"#3\""),
                new Case(
                        "column that is there twice",
                        "in.csv",
                        "body,body\na,b\n".getBytes(StandardCharsets.UTF_8),
                        List.of("-t", "body"),
                        USAGE,
                        "2 columns have the name \"body\"",
                        "#1 or #2"),
                flags("unknown encoding", List.of("--encoding", "utf8x"), USAGE, "utf8x", "did you mean"),
                flags("impossible delimiter", List.of("--delimiter", "\""), USAGE, "cannot separate columns"),
                flags("wrong ragged policy", List.of("--ragged", "drop"), USAGE, "--ragged", "pad"),
                new Case(
                        "ragged rows that are to fail",
                        "in.csv",
                        "id,body\n1,a,b\n".getBytes(StandardCharsets.UTF_8),
                        List.of("--ragged", "fail", "--delimiter", "comma"),
                        INPUT,
                        "line 2"));
    }

    @ParameterizedTest
    @MethodSource
    void inputs(Case wrong) throws IOException {
        Cli cli = new Cli(folder);
        Path categories = Files.writeString(cli.path("categories.txt"), "Billing\nLogin\n");
        cli.run(file(cli, wrong), categories, wrong.flags().toArray(String[]::new))
                .refused(wrong.code(), wrong.says());
        assertNothingWasMade(cli);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void areRefusedByCheckInTheSameWay(Case wrong) throws IOException {
        Cli cli = new Cli(folder);
        List<String> args = new ArrayList<>(List.of("check", file(cli, wrong).toString()));
        args.addAll(wrong.flags());
        cli.say(args.toArray(String[]::new)).refused(wrong.code());
    }

    static Stream<Case> categoryFiles() {
        String many = IntStream.rangeClosed(1, 2001).mapToObj(i -> "c" + i).collect(Collectors.joining("\n"));
        return Stream.of(
                new Case("missing", "c.yaml", null, List.of(), USAGE, "c.yaml: no such file"),
                new Case("folder", "c.yaml/", bytes(), List.of(), USAGE, "this is a folder"),
                categories("empty YAML", "c.yaml", "", "the file is empty"),
                categories("empty text", "c.txt", "# only a remark\n\n", "the list of categories is empty"),
                categories("empty list", "c.yaml", "categories: []\n", "the list of categories is empty"),
                categories("no categories", "c.yaml", "task: x\n", "the list of categories is empty"),
                categories("the same name twice", "c.txt", "Login\nLogin\n", "\"Login\" appears twice"),
                categories(
                        "names that differ in case and space",
                        "c.txt",
                        "Log  in\nlog in\n",
                        "\"log in\" appears twice"),
                categories(
                        "unknown key",
                        "c.yaml",
                        "categories:\n  - name: A\n    desciption: x\n",
                        "line 3",
                        "unknown key \"desciption\"",
                        "did you mean \"description\"?"),
                categories(
                        "unknown key at the top",
                        "c.yaml",
                        "catgories: [A]\n",
                        "line 1",
                        "did you mean \"categories\"?"),
                categories("key twice", "c.yaml", "task: a\ntask: b\ncategories: [A]\n", "line 2", "appears twice"),
                categories("broken YAML", "c.yaml", "categories:\n  - {name: A\n  - B\n", "line 4"),
                categories("broken JSON", "c.json", "{\"categories\": [\"A\", }", "line 1"),
                categories("tab as indentation", "c.yaml", "categories:\n\t- A\n", "line 2"),
                categories("a text where a list belongs", "c.yaml", "categories: A\n", "line 1", "must be a list"),
                categories("another version", "c.yaml", "version: 2\ncategories: [A]\n", "version is 2"),
                categories("blank name", "c.yaml", "categories: ['A', ' ']\n", "line 1", "a category needs a name"),
                categories("name too long", "c.yaml", "categories: ['" + "x".repeat(201) + "']\n", "at most 200"),
                categories("control character", "c.yaml", "categories: [\"a\\e[31mb\"]\n", "control characters"),
                categories("control character in text", "c.txt", "a\u001b[31mb\n", "control characters"),
                categories("too many", "c.txt", many, "at most 2000 categories", "2001"),
                categories("too large", "c.yaml", "#" + "x".repeat(1 << 20), "larger than 1 MiB"),
                new Case("not UTF-8", "c.yaml", bytes('a', 0xe9, '\n'), List.of(), USAGE, "not UTF-8"));
    }

    @ParameterizedTest
    @MethodSource
    void categoryFiles(Case wrong) throws Exception {
        Cli cli = new Cli(folder);
        Path input = cli.write("in.csv", "text", "hello");
        Path categories = file(cli, wrong);
        String[] says = Stream.concat(Stream.of("category file " + categories), Stream.of(wrong.says()))
                .toArray(String[]::new);

        cli.run(input, categories).refused(wrong.code(), says);
        assertNothingWasMade(cli);

        cli.say("check", input.toString(), "--categories", categories.toString())
                .refused(wrong.code(), says);
    }

    private static Path file(Cli cli, Case wrong) throws IOException {
        Path file = cli.path(wrong.name());
        if (wrong.name().endsWith("/")) {
            Files.createDirectory(file);
        } else if (wrong.content() != null) {
            Files.write(file, wrong.content());
        }
        return file;
    }

    private static void assertNothingWasMade(Cli cli) {
        assertThat(cli.path("output.csv")).doesNotExist();
        assertThat(cli.workspace()).doesNotExist();
        assertThat(cli.logs()).doesNotExist();
    }

    static Stream<Case> settings() {
        return Stream.of(
                flags("batch size 0", List.of("--batch-size", "0"), USAGE, "batch size must be from 1"),
                flags("negative batch size", List.of("--batch-size", "-1"), USAGE, "batch size must be from 1", "-1"),
                flags("batch size of letters", List.of("--batch-size", "x"), USAGE, "'x' is not an int"),
                flags("batch size too large", List.of("--batch-size", "99999999999"), USAGE, "--batch-size"),
                flags("batch size missing", List.of("--batch-size"), USAGE, "--batch-size"),
                flags("sub-batch size 0", List.of("--sub-batch-size", "0"), USAGE, "sub-batch size must be from 1"),
                flags("sub-batch size 1001", List.of("--sub-batch-size", "1001"), USAGE, "from 1 to 1000"),
                flags("negative concurrency", List.of("-j", "-1"), USAGE, "concurrency must be from 0"),
                flags("concurrency 1025", List.of("-j", "1025"), USAGE, "concurrency must be from 0 to 1024"),
                flags(
                        "unknown provider",
                        List.of("-p", "lokal"),
                        USAGE,
                        "no provider \"lokal\"",
                        "did you mean \"local\"?"),
                flags("provider in capitals", List.of("-p", "LOCAL"), USAGE, "did you mean \"local\"?"),
                flags("wrong existing", List.of("--existing", "ask"), USAGE, "--existing", "RESUME"),
                flags("wrong progress", List.of("--progress", "fancy"), USAGE, "--progress", "PLAIN"),
                flags("an option without a value", List.of("--option", "min-confidence"), USAGE, "KEY=VALUE"),
                flags("an argument too many", List.of("other.csv"), USAGE, "unknown argument \"other.csv\""),
                flags("a misspelled option", List.of("--batchsize", "7"), USAGE, "did you mean \"--batch-size\"?"),
                flags("a misspelled option with a value", List.of("--ouptut=x"), USAGE, "did you mean \"--output\"?"),
                flags(
                        "an unknown option",
                        List.of("--modle", "gpt"),
                        USAGE,
                        "unknown option \"--modle\"",
                        "run --help"),
                flags("an unknown short option", List.of("-Z"), USAGE, "unknown option \"-Z\""));
    }

    @ParameterizedTest
    @MethodSource
    void settings(Case wrong) throws Exception {
        Cli cli = new Cli(folder);
        Path categories = cli.write("categories.txt", "Billing", "Login");
        cli.run(file(cli, wrong), categories, wrong.flags().toArray(String[]::new))
                .refused(wrong.code(), wrong.says());
        assertNothingWasMade(cli);
    }

    @Test
    void whatStandsBehindAnUnknownOptionIsNotRepeatedForItMayBeASecret() {
        Cli.Result result = new Cli(folder)
                .say("run", "in.csv", "-c", "c.txt", "--api-key=sk-canary")
                .refused(USAGE, "\"--api-key\"");
        assertThat(result.err()).doesNotContain("canary");
    }

    @Test
    void anUnknownOptionOfTheProviderIsRefusedWithASuggestion() throws Exception {
        Cli cli = new Cli(folder);
        cli.run(cli.write("in.csv", "text", "hello"), cli.write("c.txt", "A", "B"), "--option", "min-confidenze=0.5")
                .refused(USAGE, "no option \"min-confidenze\"", "did you mean \"min-confidence\"?");
        assertNothingWasMade(cli);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "-0.1", "much", "NaN"})
    void aWrongMinConfidenceIsRefused(String threshold) throws Exception {
        Cli cli = new Cli(folder);
        cli.run(cli.write("in.csv", "text", "hello"), cli.write("c.txt", "A", "B"), "--min-confidence", threshold)
                .refused(USAGE, "min-confidence must be a number from 0 to 1", threshold);
    }

    @Test
    void anOutputThatCannotBeWrittenIsRefused() throws Exception {
        Cli cli = new Cli(folder);
        Path input = cli.write("in.csv", "text", "hello");
        Path categories = cli.write("c.txt", "A", "B");
        cli.run(input, categories, "--output", input.resolve("output.csv").toString())
                .refused(USAGE, "cannot be written", "--output");
        cli.run(input, categories, "--output", input.toString()).refused(USAGE, "is the input");
        cli.run(input, categories, "--output", folder.resolve("./x/../in.csv").toString(), "--existing", "new")
                .refused(USAGE, "is the input");
        cli.run(input, categories, "--output", folder.toString()).refused(USAGE, "is a folder");
        cli.write("output.csv", "mine");
        cli.run(input, categories).refused(USAGE, "output.csv exists", "--existing new");
        assertThat(cli.read("output.csv")).isEqualTo("mine\n");
        assertThat(cli.read("in.csv")).isEqualTo("text\nhello\n");
        assertThat(cli.logs()).doesNotExist();
        assertThat(cli.workspace()).doesNotExist();
    }

    @Test
    void aWorkspaceThatIsAFileIsRefused() throws Exception {
        Cli cli = new Cli(folder);
        Path input = cli.write("in.csv", "text", "hello");
        Path categories = cli.write("c.txt", "A", "B");
        for (Path workspace : List.of(input, input.resolve("below"))) {
            cli.run(input, categories, "--workspace", workspace.toString())
                    .refused(USAGE, "the workspace", "is a file", "--workspace");
        }
        for (String command : List.of("status", "list", "resume", "retry-failed")) {
            cli.job(command, "--workspace", input.toString()).refused(USAGE, "is a file");
        }
        assertThat(cli.logs()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "list", "resume", "retry-failed"})
    void aWorkspaceThatIsMissingIsRefusedAndNotMade(String command) {
        Cli cli = new Cli(folder);
        cli.job(command).refused(USAGE, "there is no workspace", "--workspace");
        assertThat(cli.workspace()).doesNotExist();
        assertThat(cli.logs()).doesNotExist();
    }

    @Test
    void aWorkspaceOfSomethingElseIsNotTouched() throws Exception {
        Cli cli = new Cli(folder);
        Files.createDirectory(cli.workspace());
        Path database = Files.writeString(cli.workspace().resolve("pigeonhole.db"), "this is no database at all");
        Cli.Result result = cli.job("list");
        assertThat(result.code()).isNotZero();
        assertThat(result.err()).startsWith("error: ").doesNotContain("\tat ");
        assertThat(database).hasContent("this is no database at all");
    }

    @Test
    void whatIsNeededIsNamedWhenItIsMissing() throws Exception {
        Cli cli = new Cli(folder);
        cli.say("run").refused(USAGE, "INPUT.csv", "see: pigeonhole run --help");
        cli.job("run", cli.write("in.csv", "text", "hello").toString())
                .refused(USAGE, "no categories to choose from", "--categories", "--model FILE.pgn");
        assertNothingWasMade(cli);
        cli.say("estimate").refused(USAGE, "INPUT.csv");
    }

    @Test
    void estimateRefusesSizesThatARunWouldRefuse() throws Exception {
        Cli cli = new Cli(folder);
        String input = cli.write("in.csv", "text", "hello").toString();
        cli.say("estimate", input, "--batch-size", "0").refused(USAGE, "batch size must be from 1");
        cli.say("estimate", input, "--sub-batch-size", "-5").refused(USAGE, "sub-batch size must be from 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rnu", "runn", "urn"})
    void aMisspelledCommandIsRefusedWithASuggestion(String typed) {
        new Cli(folder)
                .say(typed, "in.csv")
                .refused(USAGE, "\"" + typed + "\"", "did you mean \"run\"?", "see: pigeonhole --help");
    }
}
