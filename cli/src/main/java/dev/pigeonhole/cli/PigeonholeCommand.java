package dev.pigeonhole.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.util.Map;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command above all others. */
@Command(
        name = "pigeonhole",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description = "Puts the rows of a CSV file into predefined categories; loses none, doubles none, pays for none"
                + " twice.",
        subcommands = {
            RunCommand.class,
            ResumeCommand.class,
            RetryFailedCommand.class,
            RebuildCommand.class,
            StatusCommand.class,
            ListCommand.class,
            EstimateCommand.class,
            TryCommand.class,
            CheckCommand.class,
            LintCommand.class,
            EvaluateCommand.class,
            InitCommand.class,
            TrainCommand.class,
            ModelCommand.class,
            ServeCommand.class,
            GenerateCompletion.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  pigeonhole run tickets.csv --categories categories.yaml --text-column body",
            "  pigeonhole try tickets.csv --categories categories.yaml --model gpt-5-nano -n 25",
            "  pigeonhole train labelled.csv --label-column category --out tickets.pgn",
            "  pigeonhole run tickets.csv --model tickets.pgn",
            "  pigeonhole resume",
            "  pigeonhole serve --open",
            "",
            "Exit codes: 0 all rows done, 1 unexpected, 2 usage or configuration, 3 some rows failed, 4 key or quota,",
            "5 stopped by a limit (resumable), 6 input unreadable, 7 quality gate not met, 9 job locked,",
            "130/143 interrupted (resumable)."
        })
final class PigeonholeCommand {
    private final Console console;

    PigeonholeCommand(Console console) {
        this.console = console;
    }

    Console console() {
        return console;
    }

    /** What stands in a field until picocli fills it. */
    static PigeonholeCommand unset() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return new PigeonholeCommand(new Console(
                nowhere,
                new Terminal(nowhere, false, false, 80),
                Map.of(),
                new Signals(),
                new BufferedReader(Reader.nullReader())));
    }
}
