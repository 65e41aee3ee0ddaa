package dev.pigeonhole.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The command line of the benchmarks. The current folder is the checkout. */
final class Benchmarks {
    private static final String USAGE =
            "usage: bench/run engine [ROWS]... | resume [ROWS] | start [RUNS] | local [ROWS] | help [FOLDER] | sklearn"
                    + " [DRAWS] | p15 [ROWS [RUNS]] | p16 [ROWS [RUNS]] | rows [ROWS] | web [ROWS] | llm [SCENARIO]..."
                    + " [--quick] | cascade [SEEDS [TARGET]...] | batch [ROWS]";

    private static final String QUICK = "--quick";
    private static final Path BANKING77 = Path.of("examples", "banking77");
    private static final int LOOKS = 64;
    private static final int HELP_DRAWS = 5;
    private static final int CASCADE_SEEDS = 20;
    private static final List<Double> CASCADE_TARGETS = List.of(0.95, 0.98);
    private static final Path JAR = Path.of("cli", "target", "pigeonhole-cli.jar");

    private Benchmarks() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> arguments = Arrays.stream(args).skip(1).toList();
        Path folder = Files.createTempDirectory("pigeonhole-bench");
        try {
            String name = args.length == 0 ? "" : args[0];
            if (name.equals("llm")) {
                List<String> names =
                        arguments.stream().filter(word -> !word.equals(QUICK)).toList();
                new LlmBenchmark(folder, commandLine(), names, arguments.contains(QUICK)).run();
            } else if (name.equals("help")) {
                Path data = arguments.isEmpty() ? BANKING77 : Path.of(arguments.get(0));
                new HelpBenchmark(data, BANKING77.resolve("categories.yaml"), HELP_DRAWS).run();
            } else if (name.equals("cascade")) {
                cascade(folder, arguments).run();
            } else {
                run(name, arguments.stream().map(Long::valueOf).toList(), folder);
            }
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
            case "batch" -> new BatchBenchmark(folder, first(numbers, 1_000_000)).run();
            case "sklearn" -> new SklearnBenchmark(folder, BANKING77, (int) first(numbers, 3)).run();
            case "start" -> new StartBenchmark(folder, (int) first(numbers, 9)).run();
            case "local" -> new LocalBenchmark(folder, first(numbers, 1_000_000)).run();
            case "p15" -> localPath(folder, numbers, 3).compare();
            case "p16" -> localPath(folder, numbers, 1).grow();
            case "rows" -> new RowsBenchmark(folder, first(numbers, 1_000_000)).run();
            case "web" -> new WebBenchmark(folder, BANKING77, first(numbers, 1_000_000), LOOKS).run();
            default -> {
                System.err.println(USAGE);
                System.exit(2);
            }
        }
    }

    private static CascadeBenchmark cascade(Path folder, List<String> arguments) {
        int seeds = arguments.isEmpty() ? CASCADE_SEEDS : Integer.parseInt(arguments.get(0));
        List<Double> targets = arguments.stream().skip(1).map(Double::valueOf).toList();
        return new CascadeBenchmark(
                folder, commandLine(), BANKING77, seeds, targets.isEmpty() ? CASCADE_TARGETS : targets);
    }

    /** As the launcher starts it, but for the archive of classes; PIGEONHOLE_CLASSPATH names jars of other providers. */
    private static List<String> commandLine() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Child.AS_SHIPPED);
        String more = System.getenv().getOrDefault("PIGEONHOLE_CLASSPATH", "");
        command.addAll(List.of("-cp", more.isEmpty() ? JAR.toString() : JAR + ":" + more, "dev.pigeonhole.cli.Main"));
        return command;
    }

    private static LocalPathBenchmark localPath(Path folder, List<Long> numbers, int runs) {
        int asked = numbers.size() > 1 ? numbers.get(1).intValue() : runs;
        return new LocalPathBenchmark(folder, first(numbers, 1_000_000), asked);
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
