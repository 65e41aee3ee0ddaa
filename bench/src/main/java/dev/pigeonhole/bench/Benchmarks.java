package dev.pigeonhole.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The command line of the benchmarks. The current folder is the checkout. */
final class Benchmarks {
    private static final String USAGE =
            "usage: bench/run engine [ROWS]... | resume [ROWS] | start [RUNS] | local [ROWS]";

    private Benchmarks() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        List<Long> numbers = Arrays.stream(args).skip(1).map(Long::valueOf).toList();
        Path folder = Files.createTempDirectory("pigeonhole-bench");
        try {
            run(args.length == 0 ? "" : args[0], numbers, folder);
        } finally {
            delete(folder);
        }
    }

    private static void run(String name, List<Long> numbers, Path folder) throws IOException, InterruptedException {
        switch (name) {
            case "engine" -> {
                for (long rows : numbers.isEmpty() ? List.of(10_000L, 1_000_000L) : numbers) {
                    new EngineBenchmark(folder, rows).run();
                }
            }
            case "resume" -> new ResumeBenchmark(folder, first(numbers, 1_000_000)).run();
            case "start" -> new StartBenchmark(folder, (int) first(numbers, 9)).run();
            case "local" -> new LocalBenchmark(folder, first(numbers, 1_000_000)).run();
            default -> {
                System.err.println(USAGE);
                System.exit(2);
            }
        }
    }

    private static long first(List<Long> numbers, long otherwise) {
        return numbers.isEmpty() ? otherwise : numbers.get(0);
    }

    /** Removes a folder and all in it. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
