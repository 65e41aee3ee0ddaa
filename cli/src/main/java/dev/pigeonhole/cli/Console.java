package dev.pigeonhole.cli;

import java.io.PrintWriter;
import java.util.Map;

/**
 * What a command may use of the world outside.
 *
 * @param out data, and nothing else
 * @param terminal everything else
 * @param environment environment variables
 * @param signals what asks a run to pause
 */
record Console(PrintWriter out, Terminal terminal, Map<String, String> environment, Signals signals) {
    /** What the user types to start this program; for hints. */
    String program() {
        return environment.getOrDefault("PIGEONHOLE_PROGRAM", "pigeonhole");
    }
}
