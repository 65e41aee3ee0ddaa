package dev.pigeonhole.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of the command line, as a user starts it, and what it took. Immutable.
 *
 * @param exitCode of the command
 * @param cpuMillis of the whole process, its start included
 * @param wallMillis likewise
 * @param residentPeakKb as seen in samples; 0 where the system does not say
 */
record CliRun(int exitCode, long cpuMillis, long wallMillis, long residentPeakKb) {
    /** What the shell says last: the exit code, and the CPU of its children, user and system. */
    private static final Pattern LAST =
            Pattern.compile("exit (\\d+)\\s+\\S+ \\S+\\s+(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s\\s*$");

    /** By way of a shell, which knows what its children took. */
    static CliRun of(List<String> command) throws IOException, InterruptedException {
        List<String> shell = new ArrayList<>(List.of("sh", "-c", "\"$@\" > /dev/null; echo exit $?; times", "sh"));
        shell.addAll(command);
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(shell)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long peak = 0;
        String output;
        try (InputStream stdout = process.getInputStream()) {
            while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
                peak = Math.max(peak, residentPeakKb(process));
            }
            output = new String(stdout.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.descendants().forEach(ProcessHandle::destroy); // Ended already, unless waiting was interrupted.
            process.destroy();
        }
        long wall = (System.nanoTime() - begin) / 1_000_000;
        Matcher last = LAST.matcher(output);
        if (!last.find()) {
            throw new IOException("the command failed: " + command);
        }
        return new CliRun(
                Integer.parseInt(last.group(1)),
                millis(last.group(2), last.group(3)) + millis(last.group(4), last.group(5)),
                wall,
                peak);
    }

    private static long residentPeakKb(Process shell) throws IOException {
        Optional<ProcessHandle> child = shell.children().findFirst();
        return child.isEmpty() ? 0 : residentPeakKb(child.get());
    }

    /** 0 if it has ended, or where the system does not say. */
    static long residentPeakKb(ProcessHandle process) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (InputStream in = Files.newInputStream(status)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            if (process.isAlive()) {
                throw e;
            }
            return 0; // It ended in between.
        }
    }

    private static long millis(String minutes, String seconds) {
        return Long.parseLong(minutes) * 60_000 + Math.round(Double.parseDouble(seconds) * 1_000);
    }
}
