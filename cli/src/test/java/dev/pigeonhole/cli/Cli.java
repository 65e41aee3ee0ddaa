package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs command lines within this process, and keeps what they say. Fails if anything bypasses the two writers. */
final class Cli {
    /**
     * What came of a command line.
     *
     * @param code exit code
     * @param out standard output
     * @param err standard error
     */
    record Result(int code, String out, String err) {
        /** The lines of standard output as JSON objects. */
        List<Map<String, Object>> json() {
            return out.lines().map(JsonText::object).toList();
        }

        Map<String, Object> lastJson() {
            return json().get(json().size() - 1);
        }

        /** Expects one message, and no sign of a defect. */
        Result refused(int expected, String... says) {
            assertThat(says).allSatisfy(part -> assertThat(err).contains(part));
            assertThat(err).startsWith("error: ").doesNotContain("\tat ", "Exception", "unexpected");
            assertThat(err.lines().filter(line -> line.startsWith("error: "))).hasSize(1);
            // Nothing but, where JSON was asked for, the same message as a line of it.
            assertThat(json()).allSatisfy(line -> assertThat(line).containsEntry("type", "error"));
            assertThat(json()).hasSizeLessThanOrEqualTo(1);
            assertThat(code).as(err).isEqualTo(expected);
            return this;
        }

        Result is(int expected) {
            assertThat(code).as("out:%n%s%nerr:%n%s", out, err).isEqualTo(expected);
            return this;
        }
    }

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private String input = "";

    Cli(Path folder) {
        this.folder = folder;
    }

    Cli with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** A person sits at a terminal and will say this. */
    Cli answering(String line) {
        input = line + "\n";
        return with("PIGEONHOLE_STDIN_TTY", "1").with("PIGEONHOLE_STDERR_TTY", "1");
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    Path write(String name, String... lines) throws Exception {
        return Files.writeString(path(name), String.join("\n", lines) + "\n");
    }

    String read(String name) throws Exception {
        return Files.readString(path(name));
    }

    Path workspace() {
        return path("workspace");
    }

    Path logs() {
        return path("logs");
    }

    /** {@code run} of a file with the output {@code output.csv}; later arguments win. */
    Result run(Path input, Path categories, String... more) {
        List<String> args = new ArrayList<>(List.of("run", input.toString(), "--categories", categories.toString()));
        if (!List.of(more).contains("--output")) {
            args.addAll(List.of("--output", path("output.csv").toString()));
        }
        args.addAll(List.of(more));
        return job(args.toArray(String[]::new));
    }

    /** A command that touches jobs, with the workspace and logs of this test. */
    Result job(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        if (!all.contains("--workspace")) {
            all.addAll(List.of("--workspace", workspace().toString()));
        }
        if (!all.contains("--logs")) {
            all.addAll(List.of("--logs", logs().toString()));
        }
        return say(all.toArray(String[]::new));
    }

    /** Exactly this command line. */
    Result say(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        ByteArrayOutputStream stray = new ByteArrayOutputStream();
        PrintStream standardOut = System.out;
        PrintStream standardErr = System.err;
        PrintStream caught = new PrintStream(stray, true, StandardCharsets.UTF_8);
        int code;
        try {
            System.setOut(caught);
            System.setErr(caught);
            Terminal terminal = Terminal.of(new PrintWriter(err, true), environment);
            BufferedReader in = new BufferedReader(new StringReader(input));
            code = Main.run(new Console(new PrintWriter(out, true), terminal, environment, new Signals(), in), args);
        } finally {
            System.setOut(standardOut);
            System.setErr(standardErr);
        }
        assertThat(stray.toString(StandardCharsets.UTF_8))
                .as("written past the console")
                .isEmpty();
        return new Result(code, out.toString(), err.toString());
    }
}
