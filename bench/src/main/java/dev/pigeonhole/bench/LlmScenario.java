package dev.pigeonhole.bench;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * What the server is like, how the command is called, and what is wanted then. Immutable.
 *
 * @param name {@code P1} and so on
 * @param rows of the input, twenty to a call
 * @param server options of the fake server
 * @param product options of the command, besides provider, input and output
 * @param meanwhile what is done to the server while the command runs
 * @param goals what is made of the run
 */
record LlmScenario(
        String name,
        String what,
        long rows,
        List<String> server,
        List<String> product,
        Meanwhile meanwhile,
        Function<LlmRun, List<Goal>> goals) {
    private static final int ROWS_A_CALL = 20;

    /** Something that happens to the server. */
    @FunctionalInterface
    interface Meanwhile {
        Meanwhile NOTHING = server -> {};

        /** Runs in a thread of its own, which is interrupted when the command has ended. */
        void happen(FakeServer server) throws IOException, InterruptedException;
    }

    LlmScenario {
        server = List.copyOf(server);
        product = List.copyOf(product);
    }

    long calls() {
        return rows / ROWS_A_CALL;
    }

    LlmScenario withRows(long other) {
        return new LlmScenario(name, what, other, server, product, meanwhile, goals);
    }
}
