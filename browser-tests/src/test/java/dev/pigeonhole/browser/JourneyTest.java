package dev.pigeonhole.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Fault;
import dev.pigeonhole.fakellm.FaultRule;
import dev.pigeonhole.fakellm.Latency;
import dev.pigeonhole.fakellm.Oracle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.Select;

/** From a file to its result, in a browser, over a server that is a process of its own, and may be killed. */
@BrowserTest
class JourneyTest {
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();
    private static final Path QUESTIONS = EXAMPLES.resolve("banking77/test.csv");
    private static final Path INTENTS = EXAMPLES.resolve("banking77/categories.yaml");
    private static final Path TICKETS = EXAMPLES.resolve("tickets/tickets.csv");
    private static final Path TOPICS = EXAMPLES.resolve("tickets/categories.yaml");
    private static final String MODEL = "gpt-5-nano";
    private static final int ROWS = 3_080;
    private static final int TRIED = 25;
    private static final int SUB_BATCH = 20;
    private static final int IN_FLIGHT = 4;

    /** A few questions have it; the server of the test forgets them at first. */
    private static final String FORGOTTEN = "reset my passcode";

    @TempDir
    private Path folder;

    @Test
    void aWholeFileIsSortedThoughTheServerIsKilledAndSomeRowsFail() throws Exception {
        HeldOracle oracle = new HeldOracle(Oracle.labelled(QUESTIONS, List.of("text"), "category"));
        String port = Integer.toString(freePort());
        try (FakeLlm llm = FakeLlm.builder()
                        .key(Program.KEY)
                        .oracle(oracle)
                        .latency(Latency.fixed(Duration.ofMillis(60)))
                        .start();
                Browser browser = Browser.start()) {
            Downloads downloads = Downloads.to(folder.resolve("downloads"), browser);
            try (Program server = serve(port, llm)) {
                DraftPage draft = signedIn(browser, server).upload(QUESTIONS);
                readsItInAnotherWayAndBack(draft);
                fillsIn(draft, llm);
                assertThat(llm.stats().calls()).as("an estimate calls nobody").isZero();
                assertThat(draft.trial()).startsWith(TRIED + " categorized").contains("cost $");
                assertThat(draft.trialRows()).isEqualTo(TRIED);

                oracle.hold(ROWS / 2);
                llm.faults(
                        FaultRule.whereTextHolds(Fault.MISSING_ID, FORGOTTEN),
                        FaultRule.withProbability(Fault.UNAVAILABLE_503, 0.1).withAtMost(2));
                watchesItGrow(browser, draft.start());
                assertThat(browser.consoleErrors()).isEmpty();
                server.kill();
                browser.await(
                        "connection lost",
                        () -> "lost".equals(browser.find(By.id("live")).getDomAttribute("data-mode")));
                assertKeptToItself(browser);
            }
            oracle.letGo();
            try (Program server = serve(port, llm)) {
                signInAgain(browser, server);
                JobPage job = resumesAndRetries(browser, llm);
                try (Program command = commandLine(llm)) {
                    JobPage.Reviewed reviewed = reviewsInSecondThoughts(browser, job);
                    job.tab("overview").awaitState("completed").download("csv");
                    seesHowRightItIs(browser, job);
                    assertSame(downloads.take("test-categorized.csv"), output(command), reviewed);
                }
                assertThat(browser.consoleErrors())
                        .as("of the time without a server")
                        .allMatch(error -> error.contains("net::ERR_") || error.contains("status of 401"));
                assertKeptToItself(browser);
            }
        }
    }

    private static void fillsIn(DraftPage draft, FakeLlm llm) {
        Select use = new Select(draft.browser().find(By.id("use-1")));
        assertThat(use.getFirstSelectedOption().getDomAttribute("value")).isEqualTo("text");
        draft.categories(INTENTS, 77).provider("openai").server(llm.baseUrl().toString());
        draft.write("model", MODEL).write("batch-size", "500").write("sub-batch-size", "" + SUB_BATCH);
        draft.write("concurrency", "" + IN_FLIGHT);
        draft.estimates("rows", "3,080").estimates("batches", "7").estimates("cost", "$");
    }

    private static JobPage resumesAndRetries(Browser browser, FakeLlm llm) throws IOException {
        JobPage job = new JobPage(browser).awaitState("interrupted");
        assertThat(job.banner()).contains("The server stopped", "safe");
        assertThat(job.numbers().total()).isEqualTo(ROWS);
        browser.screenshot("journey interrupted");
        job.press("banner-resume").awaitState("completed_with_failures");

        long failed = job.numbers().failed();
        assertThat(failed).isEqualTo(forgotten());
        job.tab("failures");
        assertThat(browser.find(By.cssSelector("#failures .failure")).getText()).contains(failed + " rows");
        browser.screenshot("journey failures");
        llm.faults();
        job.press("retry-these").awaitState("completed").tab("overview");
        assertThat(job.numbers().categorized()).isEqualTo(ROWS);
        browser.screenshot("journey completed");
        return job;
    }

    /** The file holds the right answers. One was corrected to a wrong one; of two texts with the same letters the model knows one. */
    private static void seesHowRightItIs(Browser browser, JobPage job) {
        job.tab("quality");
        new Select(browser.find(By.id("quality-column"))).selectByValue("category");
        assertThat(browser.find(By.cssSelector("#quality-accuracy strong")).getText())
                .contains("99.9%", "3,078 of 3,080");
        browser.screenshot("journey quality");
        browser.find(By.cssSelector("#quality-confused .quality-pairs a")).click();
        browser.find(By.cssSelector("#tab-rows[aria-current=page]"));
    }

    private static JobPage.Reviewed reviewsInSecondThoughts(Browser browser, JobPage job) {
        JobPage.Reviewed first = job.tab("review").correct();
        job.keys("u");
        browser.await("row back", () -> job.reviewedRow().equals(first.row()));
        JobPage.Reviewed second = job.correct();
        assertThat(second).isEqualTo(first);
        job.press("review-publish");
        browser.await(
                "review in the output",
                () -> browser.all(By.id("review-publish")).isEmpty());
        return second;
    }

    @Test
    void theSampleIsSortedOfflineAndOpensInASpreadsheet() throws Exception {
        String port = Integer.toString(freePort());
        try (Program server = Program.start(folder, "serve", "--port", port);
                Browser browser = Browser.start()) {
            Downloads downloads = Downloads.to(folder.resolve("downloads"), browser);
            signedIn(browser, server);
            browser.click(By.id("new-job"));
            DraftPage draft = new DraftPage(browser).sample("tickets").provider("local");
            draft.write("batch-size", "10").write("sub-batch-size", "5");
            draft.estimates("batches", "4");
            draft.estimates("cost", "nothing");
            assertThat(draft.trial()).contains("categorized");
            JobPage job = draft.start().awaitState("completed");
            assertThat(job.numbers().total()).isEqualTo(40);
            assertThat(job.numbers().waiting()).isZero();
            job.tab("review").correct();
            job.tab("overview").download("excel");
            String text = downloads.take("tickets-categorized-excel.csv");
            assertThat(text)
                    .startsWith("\uFEFFticket_id,subject,body,customer,category,")
                    .contains(",human");
            assertThat(text.lines().filter(line -> line.startsWith("T-"))).hasSize(40);
            assertThat(text).as("no cell begins as a formula").doesNotContain(",=", ",\"=");
            assertThat(browser.consoleErrors()).isEmpty();

            job.tab("rows");
            server.kill();
            try (Program again = Program.start(folder, "serve", "--port", port)) {
                signInAgain(browser, again);
                browser.find(By.cssSelector("#tab-rows[aria-current=page]"));
                job.awaitState("completed");
            }
            assertKeptToItself(browser);
        }
    }

    @Test
    void jobsGoOnWhetherBegunInThePageOrOnTheCommandLine() throws Exception {
        HeldOracle oracle = new HeldOracle(Oracle.byHash(7));
        oracle.hold(10);
        try (FakeLlm llm = FakeLlm.builder().key(Program.KEY).oracle(oracle).start();
                Program server = serve("0", llm);
                Browser browser = Browser.start()) {
            signedIn(browser, server);
            try (Program command = Program.start(
                    folder,
                    run(
                            TICKETS,
                            TOPICS,
                            llm,
                            "--text-column",
                            "subject",
                            "--text-column",
                            "body",
                            "--sub-batch-size",
                            "2",
                            "--concurrency",
                            "1"))) {
                browser.click(By.cssSelector("li.job .job-link"));
                JobPage job = new JobPage(browser);
                browser.await(
                        "progress of the command line", () -> job.numbers().categorized() > 0);
                assertThat(job.banner()).contains("Another process");
                assertThat(browser.all(By.id("pause"))).isEmpty();
                command.kill();
            }
            oracle.letGo();
            JobPage begun = new JobPage(browser).awaitState("interrupted");
            begun.press("banner-resume").awaitState("completed");
            assertThat(folder.resolve("output.csv")).content().hasLineCount(lines(TICKETS));

            oracle.hold(6);
            JobPage job = likeBefore(browser);
            browser.await("progress", () -> job.numbers().categorized() > 0);
            job.press("pause");
            oracle.letGo();
            job.awaitState("paused");
            try (Program command = Program.start(folder, "resume", job.id())) {
                assertThat(command.exitCode()).as(command::err).isZero();
            }
            job.awaitState("completed");
            assertThat(job.numbers()).isEqualTo(new JobPage.Numbers(39, 0, 0, 1, 0, 100));
            assertThat(browser.consoleErrors()).isEmpty();
            assertKeptToItself(browser);
        }
    }

    /** The same job once more, with answers of its own. */
    private static JobPage likeBefore(Browser browser) {
        browser.click(By.cssSelector("#more summary"));
        browser.click(By.id("again"));
        DraftPage draft = new DraftPage(browser);
        browser.await("draft of the job", () -> !draft.previewRows().isEmpty());
        browser.click(By.cssSelector("#more-settings summary"));
        browser.click(By.cssSelector("label:has(#fresh)"));
        draft.estimates("rows", "39");
        return draft.start();
    }

    private static void readsItInAnotherWayAndBack(DraftPage draft) {
        Browser browser = draft.browser();
        assertThat(draft.previewRows()).hasSize(20);
        assertThat(draft.previewColumns()).containsExactly("text", "category");
        assertThat(draft.facts()).contains("3,080 rows", "comma");
        draft.delimiter("tab");
        browser.await("read by tabs", () -> !draft.previewColumns().contains("category"));
        draft.delimiter("auto");
        browser.await("read as before", () -> draft.previewColumns().equals(List.of("text", "category")));
    }

    /** Half of the rows are answered; then the model makes everybody wait. */
    private static void watchesItGrow(Browser browser, JobPage job) {
        TreeSet<Long> seen = new TreeSet<>();
        browser.await("half of the rows", Waiting.LONG.multipliedBy(2), () -> {
            JobPage.Numbers now = job.numbers();
            assertThat(now.total()).as("%s", now).isEqualTo(ROWS);
            assertThat(seen.isEmpty() || now.percent() >= seen.last()).isTrue();
            seen.add(now.percent());
            return Optional.of(now).filter(numbers -> numbers.percent() > 40);
        });
        assertThat(seen).hasSizeGreaterThan(2);
        assertThat(job.state()).contains("running");
        browser.screenshot("journey running");
    }

    private static void assertKeptToItself(Browser browser) {
        assertThat(browser.outsideRequests()).isEmpty();
        assertThat(browser.cspViolations()).isEmpty();
        assertThat(browser.hasDialog()).isFalse();
    }

    private static DraftPage signedIn(Browser browser, Program server) {
        browser.open(server.link());
        browser.await("signed in", () -> !browser.driver().getCurrentUrl().contains("token"));
        return new DraftPage(browser);
    }

    /** The session ended with its server: the page asks for the new link by itself, and goes back to where it was. */
    private static void signInAgain(Browser browser, Program server) {
        String link = server.link().toString();
        browser.find(By.id("token")).sendKeys(link, Keys.ENTER);
    }

    private Program serve(String port, FakeLlm llm) throws IOException {
        return Program.start(
                folder, "serve", "--port", port, "--base-url", llm.baseUrl().toString());
    }

    private static String[] run(Path input, Path categories, FakeLlm llm, String... more) {
        List<String> words = new ArrayList<>(List.of("run", input.toString(), "--categories", categories.toString()));
        words.addAll(List.of(
                "--provider",
                "openai",
                "--model",
                MODEL,
                "--base-url",
                llm.baseUrl().toString()));
        words.addAll(List.of("--yes", "--quiet"));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    /** The same file on the command line, in a workspace that knows nothing. */
    private Program commandLine(FakeLlm llm) throws IOException {
        Path apart = Files.createDirectory(folder.resolve("apart"));
        String[] words = run(
                QUESTIONS,
                INTENTS,
                llm,
                "--text-column",
                "text",
                "--batch-size",
                "500",
                "--concurrency",
                "" + IN_FLIGHT);
        return Program.start(apart, words);
    }

    private String output(Program command) throws IOException, InterruptedException {
        assertThat(command.exitCode()).as(command::err).isZero();
        return Files.readString(folder.resolve("apart").resolve("output.csv"));
    }

    /** The rows of the trial have their answers from there, one is a person's; all else is the same byte for byte. */
    private static void assertSame(String actual, String expected, JobPage.Reviewed reviewed) {
        List<String> left = List.of(actual.split("\n", -1));
        List<String> right = List.of(expected.split("\n", -1));
        assertThat(left).hasSameSizeAs(right);
        int tried = 0;
        int corrected = 0;
        for (int at = 0; at < left.size(); at++) {
            String line = right.get(at);
            String human = line.replaceFirst(
                    reviewed.guess() + ",categorized,[^,]*,[^,\\r]*$", reviewed.chosen() + ",categorized,,human");
            if (line.contains(reviewed.text()) && left.get(at).equals(human)) {
                corrected++;
            } else if (left.get(at).equals(line.replaceFirst("," + MODEL + "$", ",cache"))
                    && !left.get(at).equals(line)) {
                tried++;
            } else {
                assertThat(left.get(at)).as("%s", reviewed).isEqualTo(line);
            }
        }
        assertThat(corrected).as("%s", reviewed).isEqualTo(1);
        assertThat(tried).isBetween(TRIED - 1, TRIED);
    }

    private static int forgotten() throws IOException {
        return (int) Files.readString(QUESTIONS)
                .lines()
                .filter(line -> line.contains(FORGOTTEN))
                .count();
    }

    private static int lines(Path csv) throws IOException {
        return (int) Files.readString(csv).lines().count();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
