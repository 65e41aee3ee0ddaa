package dev.pigeonhole.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Dockerfile and the unit for systemd name only what there is. Neither is built or started here. */
class PackagingTest {
    private static final Pattern INSTALLED = Pattern.compile("/opt/pigeonhole/([\\w./-]+)");
    private static final Pattern FLAG = Pattern.compile("--[a-z-]+");

    @TempDir
    static Path unpacked;

    private static Installation zip;

    @BeforeAll
    static void unpack() throws Exception {
        zip = Installation.unpack(unpacked);
    }

    private static String text(String name) throws IOException {
        return Files.readString(Installation.ROOT.resolve("packaging").resolve(name));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).toList();
    }

    private static String line(String text, String start) {
        return text.lines()
                .filter(line -> line.strip().startsWith(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line begins with " + start));
    }

    /** The words of the command by which a container is asked whether it is well. */
    static List<String> healthCheck() throws IOException {
        String json = line(text("Dockerfile"), "CMD [\"bash\"").strip().substring("CMD ".length());
        return new ObjectMapper().readValue(json, new TypeReference<List<String>>() {});
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "pigeonhole.service"})
    void whatIsNamedInOptIsInTheZip(String name) throws IOException {
        Matcher paths = INSTALLED.matcher(text(name));
        assertThat(paths.results().map(path -> path.group(1)).distinct().toList())
                .isNotEmpty()
                .allSatisfy(path -> assertThat(zip.home().resolve(path)).exists());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is one for sh")
    void theFlagsOfServeAreThere(@TempDir Path folder) throws Exception {
        String serve = line(text("Dockerfile"), "CMD [\"serve\"") + line(text("pigeonhole.service"), "ExecStart=");
        List<String> command = List.of(zip.launcher().toString(), "serve", "--help");
        try (Launched help = Launched.start(folder, Map.of("PIGEONHOLE_CACHE", ""), command)) {
            assertThat(help.exitCode()).isZero();
            assertThat(found(FLAG, serve))
                    .contains("--host", "--port")
                    .allSatisfy(flag -> assertThat(help.out()).contains(flag));
        }
    }

    @Test
    void whatTheDockerfileBuildsIsInTheCheckout() throws IOException {
        String dockerfile = text("Dockerfile");
        assertThat(dockerfile).contains("-pl dist -am", "USER 10001", "VOLUME /data", "\"0.0.0.0\"");
        assertThat(dockerfile).doesNotContain("--no-token", ":latest");
        assertThat(Files.readString(Installation.ROOT.resolve("pom.xml"))).contains("<module>dist</module>");
        assertThat(Installation.ROOT.resolve("mvnw")).isExecutable();
    }

    @Test
    void theUnitKnowsTheExitCodesAndWaitsLongerThanADrainTakes() throws IOException {
        String unit = text("pigeonhole.service");
        String operations = Files.readString(Installation.ROOT.resolve("docs/operations.md"));
        assertThat(Stream.of("SuccessExitStatus=", "RestartPreventExitStatus=")
                        .flatMap(key -> found(Pattern.compile("\\d+"), line(unit, key)).stream()))
                .containsExactly("130", "143", "2", "9")
                .allSatisfy(code -> assertThat(operations).contains("| " + code + " |"));
        assertThat(operations).contains("| SIGTERM, after 8 seconds |");
        assertThat(Integer.parseInt(line(unit, "TimeoutStopSec=").substring("TimeoutStopSec=".length())))
                .isGreaterThan(2 * 8);
        assertThat(unit).contains("NoNewPrivileges=yes", "ProtectSystem=strict", "DynamicUser=yes");
    }
}
