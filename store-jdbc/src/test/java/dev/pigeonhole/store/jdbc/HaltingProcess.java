package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.PigeonholeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs a {@link WholeJob} and ends itself at once, without hooks, at a step of a given name; says
 * {@code done} if it never comes there, and otherwise why it ended.
 */
final class HaltingProcess {
    private HaltingProcess() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        Consumer<String> step = name -> {
            if (name.startsWith(arguments[1])) {
                System.out.println("killed " + name);
                System.out.flush();
                killItself();
            }
        };
        try {
            new WholeJob(folder).run(step, rows -> note(folder.resolve("asked.txt"), rows));
            System.out.println("done");
        } catch (PigeonholeException e) {
            System.out.println(e);
        }
    }

    private static void note(Path file, List<Long> rows) {
        try {
            Files.writeString(file, rows + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@link ProcessHandle} refuses to; no hook runs here either, and nothing is flushed. */
    private static void killItself() {
        Runtime.getRuntime().halt(137);
    }
}
