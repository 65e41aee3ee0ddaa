package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Oracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Invoices and passwords in turn, each of which says whose it is; for tests that kill the program while it asks about them. */
final class Invoices {
    private Invoices() {}

    static String text(long row) {
        return (row % 2 == 0 ? "the invoice " : "my password ") + row;
    }

    static String category(long row) {
        return row % 2 == 0 ? "Billing" : "Login";
    }

    static Oracle oracle() {
        return Oracle.byKeywords(Map.of("invoice", "Billing", "password", "Login"));
    }

    /** The input and its categories. */
    static void write(Path directory, int rows) throws IOException {
        Files.writeString(directory.resolve("categories.txt"), "Billing\nLogin\n");
        Files.write(
                directory.resolve("input.csv"),
                Stream.concat(Stream.of("text"), IntStream.rangeClosed(1, rows).mapToObj(Invoices::text))
                        .toList());
    }

    static void requireRightOutput(Path output, int rows) throws IOException {
        List<String> lines = Files.readAllLines(output);
        assertThat(lines).hasSize(rows + 1);
        for (int row = 1; row <= rows; row++) {
            assertThat(lines.get(row)).startsWith(text(row) + "," + category(row) + ",categorized,");
        }
    }

    /** Kills the program at a random moment of its next calls. */
    static void killWithin(int calls, CliProcess process, FakeLlm server, Random random) throws Exception {
        long until = server.stats().calls() + 1 + random.nextInt(calls);
        while (server.stats().calls() < until) {
            assertThat(process.isAlive()).as(process::err).isTrue();
            TimeUnit.MILLISECONDS.sleep(1);
        }
        TimeUnit.MICROSECONDS.sleep(random.nextInt(30_000));
        process.kill();
    }
}
