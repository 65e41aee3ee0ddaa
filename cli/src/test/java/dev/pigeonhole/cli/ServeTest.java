package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code serve}, as a process of its own. */
class ServeTest {
    private static final Pattern LINK = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+/)#token=([0-9a-f]{32})\\R");
    private static final String KEY = "sk-canary-of-serve-0123456789";

    @TempDir
    Path folder;

    private static Matcher awaitLink(CliProcess process) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        Matcher link = LINK.matcher(process.out());
        while (!link.matches()) {
            assertThat(process.isAlive() && System.nanoTime() < deadline)
                    .as("out: %s%nerr: %s", process.out(), process.err())
                    .isTrue();
            Thread.sleep(20);
            link = LINK.matcher(process.out());
        }
        return link;
    }

    private static HttpResponse<String> get(String url, String token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals")
    void printsTheLinkServesAndStopsByCtrlC() throws Exception {
        try (CliProcess process =
                CliProcess.start(folder, List.of(), Map.of("OPENAI_API_KEY", KEY), "serve", "--port", "0")) {
            Matcher link = awaitLink(process);
            assertThat(get(link.group(1), "").body()).contains("Pigeonhole");
            HttpResponse<String> meta = get(link.group(1) + "api/v1/meta", link.group(2));
            assertThat(meta.statusCode()).isEqualTo(200);
            assertThat(meta.body()).doesNotContain(KEY);
            assertThat(get(link.group(1) + "api/v1/meta", "wrong").statusCode()).isEqualTo(401);

            process.signal("INT");
            assertThat(process.exitCode()).as(process::err).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(process.err()).contains("stopping").doesNotContain("Exception", link.group(2));
            assertNowhere(KEY, link.group(2));
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals")
    void aJobOfThePageIsPausedByCtrlCAndGoesOnFromTheCommandLine() throws Exception {
        String job;
        try (CliProcess process = CliProcess.start(folder, "serve", "--port", "0")) {
            Matcher link = awaitLink(process);
            String api = link.group(1) + "api/v1/";
            String draft = id(post(api + "drafts", link.group(2), "{\"sample\":\"banking77\"}"));
            job = id(post(api + "drafts/" + draft + "/start", link.group(2), ""));
            process.signal("INT");
            assertThat(process.exitCode()).as(process::err).isEqualTo(ExitCode.INTERRUPTED);
        }
        try (CliProcess resume = CliProcess.start(folder, "resume", job)) {
            assertThat(resume.exitCode()).as(resume::err).isZero();
            assertThat(resume.err()).contains("3,080");
        }
    }

    private static String post(String url, String token, String body) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer.body();
    }

    private static String id(String json) {
        return String.valueOf(JsonText.object(json).get("id"));
    }

    /** In no file that is left behind, but for the standard output of the process, which is the link. */
    private void assertNowhere(String... secrets) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("out"))
                    .toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secrets);
            }
        }
    }

    @Test
    void aPortThatIsTakenIsAUsageError() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            new Cli(folder)
                    .job("serve", "--port", Integer.toString(taken.getLocalPort()))
                    .refused(ExitCode.USAGE, "port " + taken.getLocalPort(), "--port");
        }
        assertThat(folder.resolve("workspace")).doesNotExist();
        assertThat(folder.resolve("logs")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.168.0.1", "example.org"})
    void othersAreNotServedWithoutAToken(String host) {
        new Cli(folder)
                .job("serve", "--host", host, "--no-token", "--port", "0")
                .refused(ExitCode.USAGE, "without a token", host);
    }

    @Test
    void wrongFlagsAreRefused() {
        new Cli(folder).job("serve", "--port", "70000").refused(ExitCode.USAGE, "65535");
        new Cli(folder).job("serve", "--allow-host", "a/b").refused(ExitCode.USAGE, "a/b", "host name");
        new Cli(folder).job("serve", "--base-url", "ftp://x:secret@y").refused(ExitCode.USAGE, "base URL");
        assertThat(new Cli(folder)
                        .job("serve", "--base-url", "ftp://x:secret@y")
                        .err())
                .doesNotContain("secret");
    }

    @Test
    void theBrowserIsOpenedByAFileSoThatNobodySeesTheToken() {
        Path page = Path.of("open-1.html");
        assertThat(BrowserLink.command("Linux", page)).containsExactly("xdg-open", "open-1.html");
        assertThat(BrowserLink.command("Mac OS X", page)).containsExactly("open", "open-1.html");
        assertThat(BrowserLink.command("Windows 11", page)).first().isEqualTo("rundll32");
    }
}
