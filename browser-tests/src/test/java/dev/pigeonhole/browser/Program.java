package dev.pigeonhole.browser;

import dev.pigeonhole.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program in a process of its own, with the class path of this test: a server, or a command. Not thread-safe. */
final class Program implements AutoCloseable {
    /** Of nobody; long enough to be taken for a key. */
    static final String KEY = "sk-of-the-browser-tests-0123456789";

    private static final Pattern LINK = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/#token=\\S+");

    private final Process process;
    private final Path out;
    private final Path err;

    private Program(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts it in a folder, with a key in its environment. */
    static Program start(Path folder, String... arguments) throws IOException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // What a killed process leaves behind goes with the test.
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OPENAI_") || name.startsWith("PIGEONHOLE_"));
        builder.environment().put("OPENAI_API_KEY", KEY);
        return new Program(builder.start(), out, err);
    }

    /** The link that a server prints once it listens. */
    URI link() {
        return Waiting.until("link of the server", Waiting.LONG, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the server ended: " + err());
            }
            Matcher link = LINK.matcher(read(out));
            return link.find() ? Optional.of(URI.create(link.group())) : Optional.empty();
        });
    }

    /** SIGKILL: no hook runs, nothing is flushed. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Waits for the end of a command; the exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(Duration.ofMinutes(2).toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running after two minutes; it says: " + err());
        }
        return process.exitValue();
    }

    String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
