package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.fakellm.BatchSettings;
import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Fault;
import dev.pigeonhole.fakellm.FaultRule;
import dev.pigeonhole.fakellm.Oracle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole jobs through the provider's batch API: what comes out, what it costs, and how each kind of trouble ends. */
class LaneRunTest {
    private static final int ROWS = 200;
    /** Of {@code gpt-5-nano}, for a million tokens. */
    private static final double INPUT_PRICE = 0.05;

    private static final double OUTPUT_PRICE = 0.40;

    @TempDir
    Path folder;

    private Cli cli;
    private Path input;
    private Path categories;

    @BeforeEach
    void files() throws Exception {
        cli = new Cli(folder);
        categories = cli.write("categories.txt", "Billing", "Login");
        input = cli.write(
                "tickets.csv",
                Stream.concat(
                                Stream.of("id,text"),
                                IntStream.rangeClosed(1, ROWS).mapToObj(i -> i + "," + text(i)))
                        .toArray(String[]::new));
    }

    private static String text(int row) {
        return (row % 2 == 0 ? "the invoice of order " : "my password number ") + row;
    }

    private static FakeLlm.Builder server() {
        return FakeLlm.builder().oracle(Oracle.byKeywords(Map.of("invoice", "Billing", "password", "Login")));
    }

    private Cli.Result run(FakeLlm server, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "--model", "gpt-5-nano", "--base-url", server.baseUrl().toString(), "--option", "lane-poll=20ms"));
        all.addAll(List.of(more));
        return cli.run(input, categories, all.toArray(String[]::new));
    }

    private void requireRightOutput() throws Exception {
        List<String> lines = Files.readAllLines(cli.path("output.csv"));
        assertThat(lines).hasSize(ROWS + 1);
        for (int row = 1; row <= ROWS; row++) {
            assertThat(lines.get(row))
                    .startsWith(
                            row + "," + text(row) + (row % 2 == 0 ? ",Billing,categorized," : ",Login,categorized,"));
        }
    }

    private Bill bill() {
        try (CheckpointStore store = Wiring.store(cli.workspace())) {
            return store.bill(store.jobs().get(0).id());
        }
    }

    @Test
    void everyRowIsAnsweredInABatchAndTheBillIsTheProviders() throws Exception {
        try (FakeLlm server = server().start()) {
            run(server, "--lane", "batch", "--deadline", "6h", "--max-cost", "1")
                    .is(ExitCode.DONE);
            requireRightOutput();
            assertThat(server.lane().batches()).hasSize(1);
            assertThat(server.lane().items()).isEqualTo(ROWS);
            assertThat(server.stats().calls()).as("calls beside the batch").isZero();
            assertThat(bill().cost().toDollars().doubleValue())
                    .isCloseTo(server.lane().cost(INPUT_PRICE, OUTPUT_PRICE), Percentage.withPercentage(0.1));
            assertThat(bill().unanswered()).isZero();
        }
    }

    @Test
    void deadlineEndsABatchThatTakesTooLong() throws Exception {
        try (FakeLlm server = server().batches(BatchSettings.USUAL.held()).start()) {
            run(server, "--lane", "batch", "--deadline", "300ms").is(ExitCode.DONE);
            requireRightOutput();
            assertThat(server.lane().batches()).allMatch(batch -> batch.status().equals("cancelled"));
            assertThat(bill().unanswered()).isZero();
        }
    }

    /** What comes of trouble with a batch; {@code paid} says whether requests of it may be billed that brought nothing. */
    @ParameterizedTest
    @CsvSource({
        "EXPIRES, 0.5, false",
        "EXPIRES, 1, false",
        "CANCELLED, 0.5, false",
        "LOST_LINES, 0.2, true",
        "STATUS_ZERO, 0.2, false",
        "UNKNOWN_IDS, 0.2, true",
        "DOUBLED_LINES, 0.5, false",
        "IN_BOTH_FILES, 0.5, false",
        "BROKEN_LINES, 0.2, true",
        "EMPTY_FILE_ID, 0.5, false"
    })
    void everyRowIsAccountedForWhateverBecomesOfABatch(Fault fault, double part, boolean paid) throws Exception {
        try (FakeLlm server =
                server().faults(FaultRule.always(fault).withPart(part)).start()) {
            run(server, "--lane", "batch", "--sub-batch-size", "10").is(ExitCode.DONE);
            requireRightOutput();
            assertThat(server.lane().submittedAgain()).isZero();
            assertThat(bill().unanswered() > 0).as("may be billed").isEqualTo(paid);
        }
    }

    @ParameterizedTest
    @CsvSource({"UPLOAD", "CREATE", "POLL", "LIST", "DOWNLOAD", "DELETE"})
    void answerThatIsLostOnTheWayCostsNothingTwice(FaultRule.Where where) throws Exception {
        try (FakeLlm server = server().faults(
                        FaultRule.onCall(Fault.EMPTY_REPLY, 1).on(where),
                        FaultRule.onCall(Fault.EMPTY_REPLY, 1).on(FaultRule.Where.CREATE),
                        FaultRule.always(Fault.LISTED_LATE).withRecords(2))
                .start()) {
            run(server, "--lane", "batch").is(ExitCode.DONE);
            requireRightOutput();
            assertThat(server.lane().submittedAgain()).isZero();
            assertThat(server.lane().items()).isEqualTo(ROWS);
            assertThat(server.stats().calls()).isZero();
            assertThat(bill().unanswered()).isZero();
        }
    }

    @Test
    void refusedBatchPausesTheJobAndTheRestCanBeAskedAtOnce() throws Exception {
        try (FakeLlm server =
                server().faults(FaultRule.always(Fault.FAILS_VALIDATION)).start()) {
            Cli.Result paused = run(server, "--lane", "batch");
            assertThat(paused.code()).as(paused.err()).isEqualTo(ExitCode.STOPPED_BY_LIMIT);
            assertThat(paused.err()).contains("as a whole").contains("--lane sync");
            run(server, "--lane", "sync").is(ExitCode.DONE);
            requireRightOutput();
        }
    }

    @Test
    void capHoldsInTheLane() throws Exception {
        try (FakeLlm server = server().start()) {
            Cli.Result paused = run(server, "--lane", "batch", "--max-cost", "0.0003");
            assertThat(paused.code()).as(paused.err()).isEqualTo(ExitCode.STOPPED_BY_LIMIT);
            assertThat(bill().cost().toDollars().doubleValue()).isLessThanOrEqualTo(0.0003);
            run(server, "--lane", "batch", "--max-cost", "1").is(ExitCode.DONE);
            requireRightOutput();
            assertThat(server.lane().submittedAgain()).isZero();
        }
    }

    @Test
    void pausedJobSaysWhatIsUnderWay() throws Exception {
        try (FakeLlm server = server().faults(
                        FaultRule.always(Fault.UNAUTHORIZED_401).on(FaultRule.Where.POLL))
                .start()) {
            Cli.Result paused = run(server, "--lane", "batch");
            assertThat(paused.code()).as(paused.err()).isEqualTo(ExitCode.KEY_OR_QUOTA);
            String note = "10 calls are under way in batches, or may have been billed without an answer, up to $";
            assertThat(paused.err()).contains(note);
            assertThat(cli.job("status").out()).contains(note).contains("the job waits for batches when it goes on");
        }
    }
}
