package dev.pigeonhole.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The unpacked zip at work, as a user has it: no Maven, no checkout. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is one for sh")
class LauncherTest {
    private static final Pattern LINK = Pattern.compile("(http://127\\.0\\.0\\.1:(\\d+)/)#token=([0-9a-f]{32})\\R");
    private static final Map<String, String> NO_CACHE = Map.of("PIGEONHOLE_CACHE", "");

    @TempDir
    static Path unpacked;

    private static Installation zip;

    @TempDir
    Path folder;

    @BeforeAll
    static void unpack() throws Exception {
        zip = Installation.unpack(Files.createDirectory(unpacked.resolve("a folder (1)")));
    }

    private Launched start(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        return Launched.start(folder, environment, command);
    }

    private static String[] ticketsRun(String... more) {
        Path tickets = zip.home().resolve("examples/tickets");
        return Stream.concat(
                        Stream.of(
                                "run",
                                tickets.resolve("tickets.csv").toString(),
                                "--categories",
                                tickets.resolve("categories.yaml").toString(),
                                "--text-column=subject",
                                "--text-column=body"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    @Test
    void aJobRunsThroughALinkFromAnotherFolderAndTheSecondStartFindsTheArchiveOfTheFirst() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("ph"), zip.launcher());
        List<Path> archives;
        try (Launched first = start(link, Map.of(), ticketsRun())) {
            assertThat(first.exitCode()).as(first::err).isZero();
            assertThat(first.err()).contains("preparing faster starts", "40 = ");
            archives = Installation.list(zip.home().resolve("cache"));
            assertThat(archives)
                    .singleElement()
                    .satisfies(archive -> assertThat(Files.size(archive)).isPositive());
        }
        assertThat(folder.resolve("output.csv")).content().contains(",categorized,");
        try (Launched second = start(link, Map.of(), "status")) {
            assertThat(second.exitCode()).as(second::err).isZero();
            assertThat(second.err()).doesNotContain("preparing");
        }
        assertThat(Installation.list(zip.home().resolve("cache"))).isEqualTo(archives);
        Files.delete(link);
    }

    @Test
    void whereNothingMayBeWrittenItRunsWithoutAnArchive() throws Exception {
        Path file = Files.createFile(folder.resolve("a file"));
        Path categories = zip.home().resolve("examples/tickets/categories.yaml");
        Map<String, String> environment =
                Map.of("PIGEONHOLE_CACHE", file.resolve("cache").toString());
        try (Launched run = start(zip.launcher(), environment, "lint", categories.toString())) {
            assertThat(run.exitCode()).as(run::err).isZero();
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void theVersionIsToldAndTheJarCanBeStartedByItself() throws Exception {
        String jar = zip.home().resolve("pigeonhole.jar").toString();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try (Launched launcher = start(zip.launcher(), Map.of(), "--version");
                Launched bare = Launched.start(folder, Map.of(), List.of(java, "-jar", jar, "--version"))) {
            assertThat(launcher.exitCode()).as(launcher::err).isZero();
            assertThat(bare.exitCode()).as(bare::err).isZero();
            assertThat(launcher.out()).startsWith("pigeonhole 0.").isEqualTo(bare.out());
            assertThat(launcher.err()).isEmpty();
        }
    }

    @Test
    void thePageIsServedIsHealthyAndStopsBySigterm() throws Exception {
        try (Launched serve = start(zip.launcher(), NO_CACHE, "serve", "--port", "0")) {
            Matcher link = serve.await(LINK);
            assertThat(get(link.group(1), link.group(3)).body()).contains("Pigeonhole");
            assertThat(get(link.group(1) + "api/v1/jobs", link.group(3)).statusCode())
                    .isEqualTo(200);
            assertHealthCheck(link.group(2));

            serve.terminate();
            assertThat(serve.exitCode()).as(serve::err).isEqualTo(143);
        }
    }

    private static HttpResponse<String> get(String url, String token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** The command of the Dockerfile itself, asking another port. */
    private void assertHealthCheck(String port) throws Exception {
        List<String> command = PackagingTest.healthCheck().stream()
                .map(word -> word.replace("7070", port))
                .toList();
        try (Launched check = Launched.start(folder, Map.of(), command)) {
            assertThat(check.exitCode()).as(check::err).isZero();
        }
    }

    @Test
    void aLanguageModelIsAskedAsIsTheFakeServer() throws Exception {
        try (Launched server = start(zip.launcher(), Map.of(), "fake-llm")) {
            String url = server.await(Pattern.compile("^(http://\\S+)\\R")).group(1);
            try (Launched run =
                    start(zip.launcher(), NO_CACHE, ticketsRun("--model=gpt-5-nano", "--base-url=" + url))) {
                assertThat(run.exitCode()).as(run::err).isZero();
                assertThat(run.err()).contains("40 = ");
            }
        }
        assertThat(folder.resolve("output.csv")).content().contains(",gpt-5-nano");
    }

    @Test
    void aJavaThatIsTooOldIsNamedBeforeItFails() throws Exception {
        Path java = Files.createDirectories(folder.resolve("old java/bin")).resolve("java");
        Files.createFile(java, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(folder.resolve("old java/release"), "JAVA_VERSION=\"11.0.2\"\n");
        try (Launched run = start(
                zip.launcher(), Map.of("JAVA_HOME", folder.resolve("old java").toString()), "--version")) {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains(java + " is Java 11; install version 17 or newer");
        }
    }

    @Test
    void aFolderThatJavaCannotStartFromIsNamed() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("12:30/bin"));
        for (Path file : Installation.list(zip.launcher().getParent())) {
            Files.copy(file, bin.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
        try (Launched run = start(bin.resolve("pigeonhole"), Map.of(), "--version")) {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("there is a colon in ", "12:30/pigeonhole.jar", "put the folder elsewhere");
        }
    }

    @Test
    void twoFirstStartsAtTheSameTimeLeaveOneArchiveAndHaveNothingToAsk() throws Exception {
        Path categories = zip.home().resolve("examples/tickets/categories.yaml");
        Path cache = folder.resolve("cache");
        Map<String, String> environment = Map.of("PIGEONHOLE_CACHE", cache.toString());
        try (Launched one = start(zip.launcher(), environment, "lint", categories.toString());
                Launched other = start(zip.launcher(), environment, "lint", categories.toString())) {
            assertThat(one.exitCode()).as(one::err).isZero();
            assertThat(other.exitCode()).as(other::err).isZero();
        }
        assertThat(Installation.list(cache))
                .singleElement()
                .satisfies(archive -> assertThat(Files.size(archive)).isPositive());
    }
}
