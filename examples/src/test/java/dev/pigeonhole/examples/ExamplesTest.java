package dev.pigeonhole.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.job.Summary;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
    private static final Path TICKETS = Path.of("tickets");

    @TempDir
    Path folder;

    @Test
    void quickStartWritesTheOutputAndASecondRunAsksNothing() {
        Summary first = QuickStart.run(TICKETS, folder);
        Summary second = QuickStart.run(TICKETS, folder);

        assertThat(first.state()).isEqualTo(JobState.COMPLETED);
        assertThat(first.counts().total()).isEqualTo(40);
        assertThat(folder.resolve("output.csv"))
                .content()
                .startsWith(
                        "ticket_id,subject,body,customer,category,category_status,category_confidence,category_source\n");
        assertThat(second.jobId()).isEqualTo(first.jobId());
        assertThat(second.calls()).isZero();
    }

    @Test
    void aPausedJobGoesOnWithTheRowsThatAreLeftAndEndsWithTheSameBytes() throws Exception {
        List<Summary> runs = ResumeAfterPause.run(TICKETS, folder);

        assertThat(runs.get(0).state()).isEqualTo(JobState.PAUSED);
        assertThat(runs.get(0).reason()).contains(PauseReason.QUOTA);
        assertThat(runs.get(0).left()).isPositive();
        assertThat(runs.get(1).state()).isEqualTo(JobState.COMPLETED);
        assertThat(runs.get(0).calls() + runs.get(1).calls()).isEqualTo(8);
        Path whole = Files.createDirectory(folder.resolve("whole"));
        QuickStart.run(TICKETS, whole);
        assertThat(folder.resolve("output.csv")).hasSameBinaryContentAs(whole.resolve("output.csv"));
    }

    @Test
    void anotherProviderIsAnotherName() {
        for (String provider : List.of("keywords", "local")) {
            Summary summary = OwnCategorizer.run(TICKETS, folder, provider);

            assertThat(summary.state()).as(provider).isEqualTo(JobState.COMPLETED);
            assertThat(summary.counts().categorized()).as(provider).isGreaterThan(20);
            assertThat(folder.resolve("output-" + provider + ".csv")).content().contains("," + provider + "\n");
        }
        assertThatThrownBy(() -> OwnCategorizer.run(TICKETS, folder, "psychic"))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void allCanBeStartedFromACommandLine() {
        for (String name : List.of("a", "b", "c")) {
            assertThat(folder.resolve(name).toFile().mkdir()).isTrue();
        }
        QuickStart.main(new String[] {TICKETS.toString(), folder.resolve("a").toString()});
        ResumeAfterPause.main(
                new String[] {TICKETS.toString(), folder.resolve("b").toString()});
        OwnCategorizer.main(
                new String[] {TICKETS.toString(), folder.resolve("c").toString(), "keywords"});

        assertThat(folder.resolve("a/output.csv")).exists();
        assertThat(folder.resolve("b/output.csv")).exists();
        assertThat(folder.resolve("c/output-keywords.csv")).exists();
    }

    @Test
    void thePageIsServedBesideYourOwnRoutesAndGuardsThemToo() throws Exception {
        try (PageInYourServer server = PageInYourServer.start(folder, 0)) {
            String[] link = server.link().split("#token=");
            assertThat(get(link[0] + "hello", "")).startsWith("200 Hello");
            assertThat(get(link[0] + "api/v1/jobs", "")).startsWith("401");
            assertThat(get(link[0] + "api/v1/jobs", link[1])).startsWith("200");
        }
    }

    private static String get(String url, String token) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }
}
