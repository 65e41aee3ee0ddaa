package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Fault;
import dev.pigeonhole.fakellm.FaultRule;
import dev.pigeonhole.fakellm.Latency;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves behind: who can read it, and where the texts of the rows are. With a umask that would show all to everybody. */
@EnabledOnOs(OS.LINUX)
class PrivateFilesTest {
    private static final String CANARY = "wombat7f3a91";

    @TempDir
    Path folder;

    private Path temporary;

    @BeforeEach
    void input() throws IOException {
        temporary = Files.createDirectory(folder.resolve("tmp"));
        List<String> rows = new ArrayList<>(List.of("id,text"));
        for (int row = 1; row <= 40; row++) {
            String kind = row % 10 == 3 ? "refused " : row % 10 == 6 ? "broken " : "";
            rows.add(row + "," + kind + Invoices.text(row) + " of " + CANARY + row);
        }
        Files.write(folder.resolve("input.csv"), rows);
        Files.writeString(folder.resolve("categories.txt"), "Billing\nLogin\n");
    }

    private static FakeLlm server() throws IOException {
        return FakeLlm.builder()
                .oracle(Invoices.oracle())
                .latency(Latency.fixed(Duration.ofMillis(300)))
                // The first rule that suits decides, and any sub-batch can come second or third.
                .faults(
                        FaultRule.onCall(Fault.ERROR_500, 2),
                        FaultRule.onCall(Fault.RESET, 3),
                        FaultRule.whereTextHolds(Fault.CONTENT_FILTER_400, "refused"),
                        FaultRule.whereTextHolds(Fault.INVALID_JSON, "broken"))
                .start();
    }

    /** The program in a process of its own, behind a shell that takes no permission away from anybody. */
    private CliProcess start(FakeLlm server) throws IOException {
        return CliProcess.start(
                folder,
                List.of("/bin/sh", "-c", "umask 000; exec \"$@\"", "sh"),
                Map.of("_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary),
                "run",
                "input.csv",
                "--categories=categories.txt",
                "--output=output.csv",
                "--model=gpt-5-nano",
                "--base-url=" + server.baseUrl(),
                "--sub-batch-size=2",
                "--batch-size=10",
                "--json");
    }

    @Test
    void everyFileIsItsOwnersAndTextsAreOnlyWhereTheyBelong() throws Exception {
        Set<Path> before = all();
        List<String> seen = new ArrayList<>();
        try (FakeLlm server = server();
                CliProcess process = start(server)) {
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (process.isAlive() && server.stats().calls() < 4 && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            seen.add(threads(process.pid()));
            assertThat(process.exitCode()).as(process::err).isEqualTo(ExitCode.SOME_ROWS_FAILED);
            seen.add(process.out());
            seen.add(process.err());
        }
        assertThat(seen.get(0)).contains("pigeonhole-");
        assertThat(seen.get(1)).contains("\"type\":\"summary\"");
        assertThat(seen).allSatisfy(said -> assertThat(said).doesNotContain(CANARY));

        Set<Path> made = new TreeSet<>(all());
        made.removeAll(before);
        made.removeIf(file -> file.getFileName().toString().matches("(out|err)\\d+\\.txt"));
        assertThat(modes(made)).isEqualTo(wanted(made));
        assertThat(made.stream().filter(PrivateFilesTest::holdsText).map(this::kind))
                .containsOnly("output.csv", "errors.csv", "batch");
        assertThat(made.stream().map(this::kind)).contains("output.csv", "errors.csv", "batch", "error.log");
        assertThat(Files.readString(folder.resolve("logs/error.log")))
                .contains("row failed", "call will be made again");
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(file -> !file.getFileName().toString().startsWith("hsperfdata")))
                    .as("left in the folder for temporary files")
                    .isEmpty();
        }
    }

    private String kind(Path file) {
        String name = file.getFileName().toString();
        return name.matches("batch-\\d+\\.csv") ? "batch" : name;
    }

    private Set<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new TreeSet<>(
                    files.filter(file -> !file.startsWith(temporary)).toList());
        }
    }

    private static Map<Path, String> modes(Set<Path> files) throws IOException {
        Map<Path, String> modes = new TreeMap<>();
        for (Path file : files) {
            modes.put(file, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        return modes;
    }

    /** As docs/operations.md has it: what holds texts, and the way there, is the owner's; the log holds none and is as the umask says. */
    private Map<Path, String> wanted(Set<Path> files) {
        Map<Path, String> modes = new TreeMap<>();
        for (Path file : files) {
            boolean open = file.startsWith(folder.resolve("logs"))
                    || (Files.isDirectory(file) && List.of("batches", "tmp").contains(kind(file)));
            String mode = open ? "rwxrwxrwx" : "rwx------";
            modes.put(file, Files.isDirectory(file) ? mode : mode.replace('x', '-'));
        }
        return modes;
    }

    private static boolean holdsText(Path file) {
        try {
            return Files.isRegularFile(file)
                    && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(CANARY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String threads(long pid) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(jcmd, Long.toString(pid), "Thread.print", "-l", "-e")
                .redirectErrorStream(true)
                .start();
        try (InputStream out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
