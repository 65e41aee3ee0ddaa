package dev.pigeonhole.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/**
 * What a command may use of the world outside.
 *
 * @param out data, and nothing else
 * @param terminal everything else
 * @param environment environment variables
 * @param signals what asks a run to pause
 * @param in where answers to questions come from
 */
record Console(
        PrintWriter out, Terminal terminal, Map<String, String> environment, Signals signals, BufferedReader in) {
    /** What the user types to start this program; for hints. */
    String program() {
        return environment.getOrDefault("PIGEONHOLE_PROGRAM", "pigeonhole");
    }

    /**
     * Asks a person, who says yes or no. Nobody is asked if there is no terminal at both ends: then it is yes, because scripts say
     * what they want by flags.
     */
    boolean agrees(String question) {
        if (!isTerminal("PIGEONHOLE_STDIN_TTY") || !isTerminal("PIGEONHOLE_STDERR_TTY")) {
            return true;
        }
        terminal.err().print(question + " [y/N] ");
        terminal.err().flush();
        try {
            String answer = in.readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            throw new UncheckedIOException("standard input cannot be read", e);
        }
    }

    private boolean isTerminal(String variable) {
        return "1".equals(environment.get(variable));
    }
}
