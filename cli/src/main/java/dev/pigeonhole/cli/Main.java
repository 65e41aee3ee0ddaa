package dev.pigeonhole.cli;

import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.Suggestion;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses, runs, exits. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        PrintWriter out = writer(FileDescriptor.out);
        PrintWriter err = writer(FileDescriptor.err);
        Map<String, String> environment = System.getenv();
        // The encoding does not matter: the only answers are y and n.
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Console console = new Console(out, Terminal.of(err, environment), environment, new Signals(), in);
        int code = runSafely(console, args);
        if (out.checkError() && code == ExitCode.DONE) {
            error(console, "standard output could not be written; the data there is not complete");
            code = ExitCode.UNEXPECTED;
        }
        err.flush();
        System.exit(code);
    }

    /** Like {@link #run}; what even the Java machine cannot cope with gets one line too. */
    private static int runSafely(Console console, String... args) {
        try {
            return run(console, args);
        } catch (RuntimeException | Error e) { // The former from picocli, which wraps even a lack of memory.
            error(
                    console,
                    "unexpected: " + e + System.lineSeparator()
                            + "  what is done of a job is kept; resume it once the cause is gone");
            return ExitCode.UNEXPECTED;
        }
    }

    /** Runs one command line; returns the exit code. */
    static int run(Console console, String... args) {
        CommandLine line = new CommandLine(new PigeonholeCommand(console))
                .setOut(console.out())
                .setErr(console.terminal().err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        console.terminal().color() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(Math.max(80, Math.min(110, console.terminal().columns())))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((e, unparsed) -> usage(console, e))
                .setExecutionExceptionHandler((e, command, parsed) -> failure(console, e, parsed));
        line.getSubcommands().values().stream()
                .filter(command -> !command.getCommandSpec().optionsMap().containsKey("--help"))
                .forEach(command -> command.getCommandSpec().mixinStandardHelpOptions(true));
        if (args.length == 0) {
            line.usage(console.terminal().err());
            return ExitCode.USAGE;
        }
        return line.execute(args);
    }

    /** A wrong command line: what is wrong, what was probably meant, where to read on. */
    private static int usage(Console console, ParameterException e) {
        // What stands for a setting may be a secret, and error output is kept in many places.
        StringBuilder text = new StringBuilder(
                String.valueOf(e.getMessage()).replaceFirst("(?s)(KEY=VALUE format) but was.*", "$1"));
        CommandLine command = e.getCommandLine();
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            text = new StringBuilder(unknown(unmatched.getUnmatched().get(0), command));
        } else if (e instanceof MissingParameterException
                && !command.getUnmatchedArguments().isEmpty()) {
            // A required option that is misspelled is both missing and unknown; the second says more.
            text = new StringBuilder(unknown(command.getUnmatchedArguments().get(0), command));
        }
        error(
                console,
                text + System.lineSeparator() + "  see: " + console.program() + " " + commandPath(command) + "--help");
        return ExitCode.USAGE;
    }

    private static String unknown(String typed, CommandLine command) {
        if (!typed.startsWith("-")) {
            return "unknown argument \"" + typed + "\""
                    + Suggestion.hint(typed, command.getSubcommands().keySet());
        }
        // What stands behind the name may be a secret too.
        String option = typed.replaceFirst("(?s)=.*", "");
        boolean isLong = option.startsWith("--"); // Every short option is near to every other.
        return "unknown option \"" + option + "\""
                + (isLong
                        ? Suggestion.hint(
                                option, command.getCommandSpec().optionsMap().keySet())
                        : "");
    }

    private static String commandPath(CommandLine command) {
        return command.getParent() == null ? "" : command.getCommandName() + " ";
    }

    private static int failure(Console console, Exception e, ParseResult parsed) {
        int code = ExitCode.of(e);
        String message = e instanceof PigeonholeException known
                ? known.getMessage()
                : "unexpected: " + e.getClass().getSimpleName() + ": " + e.getMessage() + System.lineSeparator()
                        + "  this is a defect; what is done of a job is kept, and its error.log has the details";
        if (wantsJson(parsed)) {
            console.out().println(new Json().line(JsonFace.error(code, message)));
            console.out().flush();
        }
        error(console, message);
        return code;
    }

    private static boolean wantsJson(ParseResult parsed) {
        ParseResult command = parsed;
        while (command.hasSubcommand()) {
            command = command.subcommand();
        }
        return command.hasMatchedOption("--json");
    }

    private static void error(Console console, String message) {
        console.terminal().err().println(console.terminal().red("error: ") + Plain.lines(message));
        console.terminal().err().flush();
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
