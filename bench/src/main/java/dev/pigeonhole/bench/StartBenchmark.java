package dev.pigeonhole.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a start of the command line takes: as the launcher does it, without its archive of classes, with Java's own defaults. */
record StartBenchmark(Path folder, int runs) {
    /** The last line of {@code times}: CPU of the children, user and system. */
    private static final Pattern CHILDREN = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s\\s*$");

    private static final Path JAR = Path.of("cli", "target", "pigeonhole-cli.jar");
    private static final Path CATEGORIES = Path.of("examples", "tickets", "categories.yaml");

    void run() throws IOException, InterruptedException {
        Path one = folder.resolve("one.csv");
        SampleTable.write(one, 1);
        Path twenty = folder.resolve("twenty.csv");
        SampleTable.write(twenty, 20);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> check = List.of("check", one.toString(), "--text-column", "text");
        List<String> run = List.of(
                "run",
                twenty.toString(),
                "--text-column=text",
                "--categories=" + CATEGORIES,
                "--output=" + folder.resolve("job").resolve("output.csv"),
                "--workspace=" + folder.resolve("job").resolve("workspace"),
                "--logs=" + folder.resolve("job").resolve("logs"),
                "--quiet");
        Report.head("medians of " + runs + " runs", "how", "check CPU s", "wall s", "run CPU s", "wall s");
        List<String> launcher = List.of("./pigeonhole");
        measure(launcher, check); // Builds, if need be.
        line("launcher: archive, C1, serial collector", launcher, check, run);
        line("no archive, C1, serial collector", jar(java, Child.AS_SHIPPED), check, run);
        line("Java's defaults", jar(java, List.of()), check, run);
    }

    private static List<String> jar(String java, List<String> flags) {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(flags);
        command.addAll(List.of("-jar", JAR.toString()));
        return command;
    }

    private void line(String how, List<String> command, List<String> check, List<String> run)
            throws IOException, InterruptedException {
        Median checks = medianOf(command, check);
        Median starts = medianOf(command, run);
        Report.line(
                how,
                Report.seconds(checks.cpuMillis),
                Report.seconds(checks.wallMillis),
                Report.seconds(starts.cpuMillis),
                Report.seconds(starts.wallMillis));
    }

    private record Median(long cpuMillis, long wallMillis) {}

    private Median medianOf(List<String> command, List<String> arguments) throws IOException, InterruptedException {
        List<Long> cpu = new ArrayList<>();
        List<Long> wall = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            Median once = measure(command, arguments);
            cpu.add(once.cpuMillis);
            wall.add(once.wallMillis);
        }
        return new Median(
                cpu.stream().sorted().toList().get(runs / 2),
                wall.stream().sorted().toList().get(runs / 2));
    }

    /** By way of a shell, which knows what its children took. */
    private Median measure(List<String> command, List<String> arguments) throws IOException, InterruptedException {
        Benchmarks.delete(folder.resolve("job"));
        Files.createDirectory(folder.resolve("job"));
        List<String> shell = new ArrayList<>(List.of("sh", "-c", "\"$@\" > /dev/null && times", "sh"));
        shell.addAll(command);
        shell.addAll(arguments);
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(shell)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output;
        try (InputStream stdout = process.getInputStream()) {
            output = new String(stdout.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroy(); // Ended already, unless reading was interrupted.
        }
        process.waitFor();
        long wall = (System.nanoTime() - begin) / 1_000_000;
        Matcher times = CHILDREN.matcher(output);
        if (!times.find()) {
            throw new IOException("the command failed: " + command);
        }
        return new Median(millis(times.group(1), times.group(2)) + millis(times.group(3), times.group(4)), wall);
    }

    private static long millis(String minutes, String seconds) {
        return Long.parseLong(minutes) * 60_000 + Math.round(Double.parseDouble(seconds) * 1_000);
    }
}
