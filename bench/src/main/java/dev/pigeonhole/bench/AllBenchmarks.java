package dev.pigeonhole.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * All sections, one after the other, and one table of it all: on standard output, and in a file that is complete up to the section
 * that runs. A section that fails or takes too long is told, and does not keep the others from running.
 *
 * @param folder for all that comes up
 * @param file that is written
 * @param sections to run
 * @param quick whether they run with sizes that only show that they do
 * @param most time a section may take
 */
record AllBenchmarks(Path folder, Path file, List<Section> sections, boolean quick, Duration most) {
    private static final List<String> FLAGS = List.of("-Xmx64m", "-XX:+UseSerialGC");

    AllBenchmarks {
        sections = List.copyOf(sections);
    }

    /** How a section went. */
    private record Done(Section section, String load, long millis, String trouble) {
        boolean isWell() {
            return trouble.isEmpty();
        }
    }

    /** Whether every section ran to its end. */
    boolean run() throws IOException, InterruptedException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), true)) {
            Instant begin = Instant.now();
            tell(out, "# Benchmarks of " + begin.truncatedTo(ChronoUnit.MINUTES));
            tell(
                    out,
                    "\n`bench/run all" + (quick ? " --quick`: small sizes, which say nothing about speed" : "`")
                            + "\n");
            for (String line : Machine.describe(folder)) {
                tell(out, "- " + line);
            }
            List<Done> all = new ArrayList<>();
            for (Section section : sections) {
                all.add(run(section, out));
            }
            summary(out, all, Duration.between(begin, Instant.now()));
            System.err.println("written to " + file);
            return all.stream().allMatch(Done::isWell);
        }
    }

    private Done run(Section section, PrintWriter out) throws IOException, InterruptedException {
        List<String> words = quick ? section.quick() : section.command();
        String load = Machine.load();
        tell(out, "\n## " + section.title() + "\n");
        tell(out, "`bench/run " + String.join(" ", words) + "`, load at its begin " + load);
        long begin = System.nanoTime();
        String trouble = run(words, out);
        long millis = (System.nanoTime() - begin) / 1_000_000;
        if (!trouble.isEmpty()) {
            tell(out, "\n**Failed**: " + trouble);
        }
        return new Done(section, load, millis, trouble);
    }

    /** What went wrong; empty if nothing did. */
    private String run(List<String> words, PrintWriter out) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory(folder, "section");
        Process process = start(words, scratch);
        Thread copy = new Thread(() -> copy(process, out), "copy");
        copy.start();
        boolean ended;
        try {
            ended = process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            endAll(process);
        }
        copy.join();
        if (!ended) {
            return "not done after " + most.toMinutes() + " minutes, and ended";
        }
        if (process.exitValue() != 0) {
            return "ended with " + process.exitValue() + "; what it said on standard error tells why";
        }
        Benchmarks.delete(scratch); // What a failure left goes with the whole folder.
        return "";
    }

    /** It and all that it started; their files can be removed afterwards. */
    private static void endAll(Process process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join());
    }

    private static Process start(List<String> words, Path scratch) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add("-Djava.io.tmpdir=" + scratch);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Benchmarks.class.getName()));
        command.addAll(words);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void copy(Process process, PrintWriter out) {
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            said.lines().forEach(line -> tell(out, line));
        } catch (IOException e) {
            tell(out, "the rest of what the section said was lost: " + e);
        }
    }

    private static void tell(PrintWriter out, String line) {
        System.out.println(line);
        out.println(line);
    }

    private static void summary(PrintWriter out, List<Done> all, Duration whole) {
        tell(out, "\n## Sections\n");
        tell(out, "| section | load at its begin | s | |");
        tell(out, "| --- | --- | --- | --- |");
        for (Done done : all) {
            tell(
                    out,
                    "| " + done.section().title() + " | " + done.load() + " | " + Report.seconds(done.millis()) + " | "
                            + (done.isWell() ? "ran" : "**failed**: " + done.trouble()) + " |");
        }
        tell(
                out,
                "\nAll together " + whole.toMinutes() + " minutes and " + whole.toSecondsPart() + " seconds; "
                        + all.stream().filter(done -> !done.isWell()).count() + " of " + all.size()
                        + " sections failed.");
    }
}
