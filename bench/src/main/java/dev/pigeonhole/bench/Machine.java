package dev.pigeonhole.bench;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the figures of a run are of: the machine, the system, Java and the code. Stateless. */
final class Machine {
    private static final Path CPUS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /**
     * One line each.
     *
     * @param folder where the files of the benchmarks go
     */
    static List<String> describe(Path folder) throws IOException, InterruptedException {
        return List.of(
                Runtime.getRuntime().availableProcessors() + " cores, " + processor() + ", " + memory(),
                property("os.name") + " " + property("os.version") + " " + property("os.arch") + ", files on "
                        + Files.getFileStore(folder).type(),
                property("java.vm.name") + " " + property("java.vm.version") + ", " + property("java.vendor"),
                "commit " + commit());
    }

    /** Of the minute before; two on a machine with two cores is all that it can do. */
    static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? "not told by the system" : String.format(Locale.ROOT, "%.1f", load);
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    private static String processor() throws IOException {
        if (!Files.isReadable(CPUS)) {
            return "processor not told";
        }
        return Files.readAllLines(CPUS).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("processor not told");
    }

    private static String memory() {
        long bytes = ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getTotalMemorySize()
                : 0;
        return String.format(Locale.ROOT, "%.1f GB of memory", bytes / (double) (1L << 30));
    }

    private static String commit() throws IOException, InterruptedException {
        String commit = git("rev-parse", "--short", "HEAD");
        if (commit.isEmpty()) {
            return "unknown";
        }
        return commit + (git("status", "--porcelain", "--untracked-files=no").isEmpty() ? "" : " and local changes");
    }

    /** Empty where there is no Git, or no checkout. */
    private static String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return ""; // No such program.
        }
        try (InputStream out = process.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? said : "";
        }
    }
}
