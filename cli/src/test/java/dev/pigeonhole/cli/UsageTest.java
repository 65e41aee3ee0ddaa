package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    private static final List<String> COMMANDS = List.of(
            "run",
            "resume",
            "retry-failed",
            "rebuild",
            "status",
            "list",
            "estimate",
            "try",
            "check",
            "lint",
            "evaluate",
            "init",
            "train",
            "model",
            "serve");

    @TempDir
    Path folder;

    @Test
    void withoutArgumentsTheUsageIsShownAsAnError() {
        Cli.Result result = new Cli(folder).say().is(ExitCode.USAGE);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("Usage: pigeonhole").contains(COMMANDS);
    }

    @Test
    void helpIsData() {
        for (String[] args : List.of(new String[] {"--help"}, new String[] {"-h"}, new String[] {"help"})) {
            Cli.Result result = new Cli(folder).say(args).is(ExitCode.DONE);
            assertThat(result.err()).isEmpty();
            assertThat(result.out())
                    .contains("Usage: pigeonhole", "Examples:", "Exit codes: 0 all rows done")
                    .contains(COMMANDS)
                    .doesNotContain("\u001b");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "resume",
                "retry-failed",
                "rebuild",
                "status",
                "list",
                "estimate",
                "try",
                "check",
                "lint",
                "evaluate",
                "init",
                "train",
                "model",
                "serve"
            })
    void everyCommandHasHelp(String command) {
        Cli.Result result = new Cli(folder).say(command, "--help").is(ExitCode.DONE);
        assertThat(result.out()).contains("Usage: pigeonhole " + command).doesNotContain("${");
        assertThat(result.err()).isEmpty();
        assertThat(new Cli(folder).say("help", command).is(ExitCode.DONE).out()).isEqualTo(result.out());
    }

    @Test
    void helpFitsTheTerminal() {
        Cli.Result result = new Cli(folder).with("COLUMNS", "100").say("run", "--help");
        assertThat(result.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void theVersionIsData() {
        Cli.Result result = new Cli(folder).say("--version").is(ExitCode.DONE);
        assertThat(result.out()).startsWith("pigeonhole ").contains("Java " + Runtime.version());
        assertThat(result.err()).isEmpty();
    }

    @Test
    void theCompletionScriptKnowsTheCommandsAndTheirOptions() {
        Cli.Result result = new Cli(folder).say("generate-completion").is(ExitCode.DONE);
        assertThat(result.out())
                .startsWith("#!/usr/bin/env bash")
                .contains(COMMANDS)
                .contains("--categories", "--batch-size", "complete -F");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void theHintNamesTheProgramAsTheUserCallsIt() {
        new Cli(folder)
                .with("PIGEONHOLE_PROGRAM", "./pigeonhole")
                .say("run", "--nonsense")
                .refused(ExitCode.USAGE, "see: ./pigeonhole run --help");
    }
}
