package dev.pigeonhole.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Another Java process with the classes of this one, and the figures that it tells. Immutable. */
record Child(Map<String, String> figures) {
    /** As the launcher starts Java, but for the archive of classes. */
    static final List<String> AS_SHIPPED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** Runs to the end; what it says on standard error is passed on. */
    static Child run(Class<?> main, List<String> flags, Object... arguments) throws IOException, InterruptedException {
        return run(List.of(), main, flags, arguments);
    }

    /** The same, started by another command that ends by becoming it. */
    static Child run(List<String> before, Class<?> main, List<String> flags, Object... arguments)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(before, main, flags, arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output;
        try (InputStream stdout = process.getInputStream()) {
            output = new String(stdout.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroy(); // Ended already, unless reading was interrupted.
        }
        if (process.waitFor() != 0) {
            throw new IOException(main.getSimpleName() + " ended with " + process.exitValue() + "\n" + output);
        }
        return new Child(output.lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    }

    /** One that the caller reads from, and ends. */
    static Process start(Class<?> main, List<String> flags, Object... arguments) throws IOException {
        return new ProcessBuilder(command(List.of(), main, flags, arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<String> command(List<String> before, Class<?> main, List<String> flags, Object... arguments) {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        // Nothing is logged here, and nobody wants to hear that.
        command.addAll(List.of("-Dslf4j.internal.verbosity=ERROR", "-cp", System.getProperty("java.class.path")));
        command.add(main.getName());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    /** Whether it ends with 0 within the time; what it says is of no interest. */
    static boolean endsWell(Class<?> main, Duration most, List<String> flags, Object... arguments)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(List.of(), main, flags, arguments))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(most.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    String text(String name) {
        String value = figures.get(name);
        if (value == null) {
            throw new IllegalStateException("no " + name + " in " + figures);
        }
        return value;
    }

    long number(String name) {
        return Long.parseLong(text(name));
    }

    /** Of the whole process, its start included. */
    long rowsPerCpuSecond() {
        return number("rows") * 1_000 / Math.max(1, number("cpu_ms"));
    }
}
