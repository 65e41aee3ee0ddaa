package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Fault;
import dev.pigeonhole.fakellm.FaultRule;
import dev.pigeonhole.fakellm.Latency;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key is used and seen nowhere: in no file, no message, no thread dump, no process list; neither when it works nor when not. */
@EnabledOnOs(OS.LINUX)
class CanaryTest {
    private static final String CANARY = "sk-canary-7f3a91c05be24d68";

    @TempDir
    Path directory;

    private enum Place {
        ENVIRONMENT,
        FILE
    }

    @ParameterizedTest
    @EnumSource
    void theKeyIsSeenNowhere(Place place) throws Exception {
        Files.writeString(directory.resolve("categories.txt"), "A\nB\n");
        Files.writeString(directory.resolve("input.csv"), "text\none\ntwo\nthree\n");
        List<String> seen = new ArrayList<>();
        Path key = directory.resolve("key");
        try (FakeLlm server = FakeLlm.builder()
                .latency(Latency.fixed(Duration.ofSeconds(2)))
                .faults(FaultRule.always(Fault.UNAUTHORIZED_401).afterLatency())
                .start()) {
            List<String> arguments = new ArrayList<>(List.of(
                    "run",
                    "input.csv",
                    "--categories=categories.txt",
                    "--model=gpt-5-nano",
                    "--base-url=" + server.baseUrl(),
                    "--json"));
            if (place == Place.FILE) {
                Files.writeString(key, CANARY + "\n");
                Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
                arguments.add("--key-file=key");
            }
            Map<String, String> environment =
                    place == Place.ENVIRONMENT ? Map.of("OPENAI_API_KEY", CANARY) : Map.of("OPENAI_API_KEY", "");
            try (CliProcess process =
                    CliProcess.start(directory, List.of(), environment, arguments.toArray(String[]::new))) {
                while (process.isAlive() && server.stats().calls() == 0) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
                seen.add(Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")));
                seen.add(threads(process.pid()));
                assertThat(process.exitCode()).as(process::err).isEqualTo(ExitCode.KEY_OR_QUOTA);
                seen.add(process.out());
                seen.add(process.err());
            }
        }
        assertThat(seen.get(1)).contains("pigeonhole-");
        assertThat(seen).noneMatch(text -> text.contains(CANARY));
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> !file.equals(key)))
                    .hasSizeGreaterThan(4)
                    .noneMatch(CanaryTest::holdsTheKey);
        }
    }

    private static boolean holdsTheKey(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(CANARY);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String threads(long pid) throws Exception {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(jcmd, Long.toString(pid), "Thread.print", "-l")
                .redirectErrorStream(true)
                .start();
        try (InputStream out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
