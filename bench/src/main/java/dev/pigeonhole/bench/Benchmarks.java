package dev.pigeonhole.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line of the benchmarks. The current folder is the checkout. */
final class Benchmarks {
    private static final String USAGE =
            "usage: bench/run all [--quick] [--out FILE] [--only WORD]... | engine [ROWS]..."
                    + " | memory [ROWS]... | overhead [ROWS] | store [COMMITS [ROWS]] | resume [ROWS] | start [RUNS] |"
                    + " local [ROWS] | help [FOLDER] | sklearn [DRAWS] | p15 [ROWS [RUNS]] | p16 [ROWS [RUNS]] | rows [ROWS] |"
                    + " web [ROWS] | llm [SCENARIO]... [--quick] | cascade [SEEDS [TARGET]...] | cascade --quick |"
                    + " batch [ROWS] | jmh [REGEX] [--quick]";

    private static final String QUICK = "--quick";
    private static final Path BANKING77 = Path.of("examples", "banking77");
    private static final Path RESULTS = Path.of("bench", "results");
    private static final Duration MOST_FOR_A_SECTION = Duration.ofMinutes(25);
    private static final List<Long> SIZES = List.of(10_000L, 100_000L, 1_000_000L, 10_000_000L);
    private static final int TURNS = 3;
    private static final int LOOKS = 64;
    private static final int HELP_DRAWS = 5;
    private static final int CASCADE_SEEDS = 20;
    private static final List<Double> CASCADE_TARGETS = List.of(0.95, 0.98);
    private static final Path JAR = Path.of("cli", "target", "pigeonhole-cli.jar");

    private Benchmarks() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        String name = args.length == 0 ? "" : args[0];
        List<String> arguments = new ArrayList<>(Arrays.stream(args).skip(1).toList());
        Path folder = Files.createTempDirectory("pigeonhole-bench");
        boolean well;
        try {
            well = name.equals("all") ? all(arguments, folder) : run(name, arguments, folder);
        } finally {
            delete(folder);
        }
        if (!well) {
            System.exit(1);
        }
    }

    private static boolean all(List<String> arguments, Path folder) throws IOException, InterruptedException {
        boolean quick = arguments.remove(QUICK);
        String name = "";
        List<String> only = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            switch (value.isEmpty() ? "" : arguments.get(i)) {
                case "--out" -> name = value;
                case "--only" -> only.add(value);
                default -> {
                    return usage();
                }
            }
        }
        List<Section> sections = Section.all().stream()
                .filter(section -> only.isEmpty() || only.stream().anyMatch(section.command()::contains))
                .toList();
        if (sections.isEmpty()) {
            System.err.println("no section has one of " + only + " in its command");
            return usage();
        }
        Path file = name.isEmpty() ? RESULTS.resolve(fileName(quick, only)) : Path.of(name);
        // The launcher builds what it needs before anything is measured.
        CliRun.of(List.of("./pigeonhole", "--version"));
        return new AllBenchmarks(folder, file, sections, quick, MOST_FOR_A_SECTION).run();
    }

    /** A part of the table does not take the place of the whole. */
    static String fileName(boolean quick, List<String> only) {
        return Stream.of(
                                Stream.of(LocalDate.now(ZoneOffset.UTC).toString()),
                                only.stream(),
                                quick ? Stream.of("quick") : Stream.<String>empty())
                        .flatMap(part -> part)
                        .map(word -> word.replaceAll("\\W+", "-"))
                        .collect(Collectors.joining("-"))
                + ".md";
    }

    private static boolean run(String name, List<String> arguments, Path folder)
            throws IOException, InterruptedException {
        boolean quick = arguments.remove(QUICK);
        switch (name) {
            case "llm" -> new LlmBenchmark(folder, commandLine(), arguments, quick).run();
            case "jmh" -> new JmhBenchmark(arguments.isEmpty() ? ".*" : arguments.get(0), quick).run();
            case "cascade" -> cascade(folder, arguments, quick).run();
            case "help" -> {
                Path data = arguments.isEmpty() ? BANKING77 : Path.of(arguments.get(0));
                new HelpBenchmark(data, BANKING77.resolve("categories.yaml"), HELP_DRAWS).run();
            }
            default -> {
                return measure(name, arguments.stream().map(Long::valueOf).toList(), folder);
            }
        }
        return true;
    }

    private static boolean measure(String name, List<Long> numbers, Path folder)
            throws IOException, InterruptedException {
        switch (name) {
            case "engine" -> {
                for (long rows : numbers.isEmpty() ? List.of(10_000L, 1_000_000L) : numbers) {
                    new EngineBenchmark(folder, rows, rows > 1_000_000 ? 1 : TURNS).run();
                }
            }
            case "memory" -> new MemoryBenchmark(folder, numbers.isEmpty() ? SIZES : numbers).run();
            case "overhead" -> new OverheadBenchmark(folder, first(numbers, 100_000)).run();
            case "store" ->
                new StoreBenchmark(
                                folder,
                                (int) first(numbers, 2_000),
                                first(numbers.stream().skip(1).toList(), 1_000_000))
                        .run();
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
                return usage();
            }
        }
        return true;
    }

    private static boolean usage() {
        System.err.println(USAGE);
        return false;
    }

    private static CascadeBenchmark cascade(Path folder, List<String> arguments, boolean quick) {
        int seeds = arguments.isEmpty() ? (quick ? 1 : CASCADE_SEEDS) : Integer.parseInt(arguments.get(0));
        List<Double> asked = arguments.stream().skip(1).map(Double::valueOf).toList();
        List<Double> targets = quick ? List.of(0.95) : CASCADE_TARGETS;
        return new CascadeBenchmark(folder, commandLine(), BANKING77, seeds, asked.isEmpty() ? targets : asked, quick);
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
