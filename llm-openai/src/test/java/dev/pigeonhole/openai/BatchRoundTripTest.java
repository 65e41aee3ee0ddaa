package dev.pigeonhole.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.FaultRule;
import dev.pigeonhole.llm.BatchLine;
import dev.pigeonhole.llm.BatchModel;
import dev.pigeonhole.llm.BatchState;
import dev.pigeonhole.llm.BatchState.Status;
import dev.pigeonhole.llm.ChatFailedException;
import dev.pigeonhole.llm.ChatRefusedException;
import dev.pigeonhole.llm.ChatReply;
import dev.pigeonhole.llm.ChatRequest;
import dev.pigeonhole.llm.ReplyFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way of a batch, with a server that speaks the batch API and does all that the real one may do wrong. */
class BatchRoundTripTest {
    private static final int REQUESTS = 20;

    @TempDir
    private Path folder;

    private FakeLlm server;
    private OpenAiChatModel model;
    private BatchModel batches;

    @BeforeEach
    void start() throws IOException {
        server = FakeLlm.builder().key(Calls.KEY).start();
        model = Calls.model(server.baseUrl().toString());
        batches = model.batches().orElseThrow();
    }

    @AfterEach
    void close() throws IOException {
        model.close();
        server.close();
    }

    private static ChatRequest request(int number) {
        ReplyFormat schema = new ReplyFormat.JsonSchema(
                "labels",
                "{\"type\":\"object\",\"properties\":{\"r01\":{\"type\":\"string\",\"enum\":[\"Billing\",\"Login\"]}},"
                        + "\"required\":[\"r01\"],\"additionalProperties\":false}");
        return new ChatRequest(
                "You classify records. Answer in JSON.\nCATEGORIES (name | definition)\nBilling | money\nLogin | keys",
                "Classify the records.\n<records-k3Jd92Xa>\n{\"id\":\"r01\",\"text\":\"text number " + number
                        + "\"}\n</records-k3Jd92Xa>\nThat was data.",
                schema,
                200,
                Duration.ofSeconds(20),
                "");
    }

    private Path file(int requests) throws IOException {
        Path file = folder.resolve("batch.jsonl");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 1; i <= requests; i++) {
                out.write(batches.line("q" + i, request(i)));
                out.write('\n');
            }
        }
        return file;
    }

    private BatchState submitted() throws IOException {
        return batches.create(batches.upload(file(REQUESTS)), Map.of("job", "k3", "part", "1"));
    }

    /** What came of a batch, by its request; what cannot be told from another is left out. */
    private Map<String, BatchLine> lines(Optional<String> file, List<BatchLine> unreadable) {
        Map<String, BatchLine> all = new HashMap<>();
        file.ifPresent(id -> batches.read(id, line -> {
            if (line instanceof BatchLine.Answered answered) {
                all.put(answered.customId(), line);
            } else if (line instanceof BatchLine.Failed failed) {
                all.put(failed.customId(), line);
            } else {
                unreadable.add(line);
            }
        }));
        return all;
    }

    private Map<String, BatchLine> lines(Optional<String> file) {
        List<BatchLine> unreadable = new ArrayList<>();
        Map<String, BatchLine> all = lines(file, unreadable);
        assertThat(unreadable).isEmpty();
        return all;
    }

    @Test
    void answersOfABatchAreThoseOfCalls() throws IOException {
        BatchState made = submitted();
        BatchState over = batches.retrieve(made.id());
        assertThat(over.status()).isEqualTo(Status.COMPLETED);
        assertThat(over.requests()).isEqualTo(REQUESTS);
        assertThat(over.completed()).isEqualTo(REQUESTS);
        assertThat(over.errorFile()).isEmpty();
        Map<String, BatchLine> lines = lines(over.outputFile());
        assertThat(lines).hasSize(REQUESTS);
        for (int i = 1; i <= REQUESTS; i++) {
            ChatReply inBatch = ((BatchLine.Answered) lines.get("q" + i)).reply();
            ChatReply inCall = model.complete(request(i));
            assertThat(inBatch.text()).isEqualTo(inCall.text()).contains("r01");
            assertThat(inBatch.finish()).isEqualTo(ChatReply.Finish.STOP);
            assertThat(inBatch.usage().input())
                    .isEqualTo(inCall.usage().input())
                    .isPositive();
            assertThat(inBatch.usage().output())
                    .isEqualTo(inCall.usage().output())
                    .isPositive();
            assertThat(inBatch.requestId()).isNotEmpty();
        }
    }

    @Test
    void aBatchIsFoundByItsMetadataAndNoOther() throws IOException {
        BatchState made = submitted();
        assertThat(batches.find(Map.of("job", "k3", "part", "1")).orElseThrow().id())
                .isEqualTo(made.id());
        assertThat(batches.find(Map.of("job", "k3", "part", "2"))).isEmpty();
    }

    @Test
    void theListIsReadToItsEnd() throws IOException {
        String file = batches.upload(file(1));
        String first = batches.create(file, Map.of("part", "0")).id();
        for (int i = 1; i <= 205; i++) {
            batches.create(file, Map.of("part", String.valueOf(i)));
        }
        assertThat(batches.find(Map.of("part", "0")).orElseThrow().id()).isEqualTo(first);
        assertThat(batches.find(Map.of("part", "206"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"EXPIRES, EXPIRED, time was over", "CANCELLED, CANCELLED, was cancelled"})
    void whatIsNotBegunIsToldFromWhatFailed(String fault, Status status, String message) throws IOException {
        server.faults(FaultRule.parse(fault + ",part=0.25"));
        BatchState over = batches.retrieve(submitted().id());
        assertThat(over.status()).isEqualTo(status);
        assertThat(lines(over.outputFile())).hasSize(15);
        assertThat(lines(over.errorFile()).values())
                .hasSize(5)
                .allMatch(line -> line instanceof BatchLine.Failed failed
                        && failed.expired()
                        && failed.message().contains(message));
    }

    @ParameterizedTest
    @CsvSource({"FAILS_VALIDATION, invalid_json_line", "TOKEN_LIMIT, token_limit_exceeded"})
    void aBatchThatIsRefusedAsAWholeSaysWhy(String fault, String code) throws IOException {
        server.faults(FaultRule.parse(fault));
        BatchState over = batches.retrieve(submitted().id());
        assertThat(over.status()).isEqualTo(Status.FAILED);
        assertThat(over.outputFile()).isEmpty();
        assertThat(over.errors()).hasSize(1);
        assertThat(over.errors().get(0)).contains(code).doesNotContain("text number");
    }

    @Test
    void aBatchThatNeverEndsCanBeCancelled() throws IOException {
        server.faults(FaultRule.parse("NEVER_ENDS"));
        String id = submitted().id();
        server.advanceBatches(Duration.ofDays(3));
        assertThat(batches.retrieve(id).status()).isEqualTo(Status.UNDER_WAY);
        assertThat(batches.cancel(id).status()).isEqualTo(Status.UNDER_WAY);
        BatchState over = batches.retrieve(id);
        assertThat(over.status()).isEqualTo(Status.CANCELLED);
        assertThat(lines(over.errorFile())).hasSize(REQUESTS);
        assertThat(batches.cancel(id).status()).as("again").isEqualTo(Status.CANCELLED);
    }

    @Test
    void aBatchThatIsCompletedIsNotCancelled() throws IOException {
        String id = submitted().id();
        assertThat(batches.retrieve(id).status()).isEqualTo(Status.COMPLETED);
        assertThat(batches.cancel(id).status()).isEqualTo(Status.COMPLETED);
    }

    /** fault, lines with answers, lines of failed requests, lines that are none; as far as they have different ids */
    @ParameterizedTest
    @CsvSource({
        "LOST_LINES;records=3, 17, 0, 0",
        "STATUS_ZERO;records=3, 17, 3, 0",
        "ERROR_500;on=line;marker=number 7, 19, 1, 0",
        "CONTENT_FILTER_400;on=line;marker=number 7, 19, 1, 0",
        "RATE_LIMIT_429;on=line;marker=number 7, 19, 1, 0",
        "ERROR_500;on=line, 0, 20, 0",
        "TIMEOUT_408;on=line;calls=1-2, 18, 2, 0",
        "NULL_CONTENT;on=line, 20, 0, 0",
        "NO_CHOICES;on=line, 20, 0, 0",
        "NO_USAGE;on=line, 20, 0, 0",
        "DEEP_JSON;on=line, 20, 0, 0",
        "UNKNOWN_IDS;records=2, 20, 0, 0",
        "DOUBLED_LINES;records=2, 20, 0, 0",
        "IN_BOTH_FILES, 20, 1, 0",
        "BROKEN_LINES;records=2, 18, 0, 2",
        "EMPTY_FILE_ID, 20, 0, 0",
        "CHUNKED;on=download, 20, 0, 0",
        "BOM_BODY;on=download, 20, 0, 0",
        "BIG_BODY;on=download, 19, 0, 1",
        "SLOW_HEADERS;on=download;pause=1ms, 20, 0, 0"
    })
    void everyLineIsReadAsWhatItIs(String fault, int answered, int failed, int unreadable) throws IOException {
        server.faults(FaultRule.parse(fault.replace(';', ',')));
        BatchState over = batches.retrieve(submitted().id());
        assertThat(over.status()).isEqualTo(Status.COMPLETED);
        List<BatchLine> none = new ArrayList<>();
        List<BatchLine> lines = new ArrayList<>(lines(over.outputFile(), none).values());
        lines.addAll(lines(over.errorFile(), none).values());
        assertThat(lines.stream().filter(BatchLine.Answered.class::isInstance)).hasSize(answered);
        assertThat(lines.stream().filter(BatchLine.Failed.class::isInstance)).hasSize(failed);
        assertThat(none).hasSize(unreadable);
        assertThat(lines.toString()).doesNotContain("text number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESET", "LENGTH_TOO_LONG", "BROKEN_CHUNK", "EMPTY_REPLY", "ERROR_500", "BAD_GATEWAY_502"})
    void aDownloadThatGoesWrongMaySucceedLater(String fault) throws IOException {
        server.faults(FaultRule.parse(fault + ",on=download,times=1"));
        Optional<String> file = batches.retrieve(submitted().id()).outputFile();
        assertThatThrownBy(() -> lines(file, new ArrayList<>())).isInstanceOf(ChatFailedException.class);
        assertThat(lines(file)).hasSize(REQUESTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESET_BEFORE_ANSWER", "EMPTY_REPLY", "RESET", "CUT_BODY", "UNAVAILABLE_503,late"})
    void aCreationWhoseAnswerIsLostIsFoundAndNotMadeAgain(String fault) throws IOException {
        String file = batches.upload(file(REQUESTS));
        server.faults(FaultRule.parse(fault + ",on=create,times=1"));
        assertThatThrownBy(() -> batches.create(file, Map.of("part", "7")))
                .isInstanceOfSatisfying(
                        ChatFailedException.class,
                        failure -> assertThat(failure.kind().mayBeBilled()).isTrue());
        assertThat(batches.find(Map.of("part", "7"))).isPresent();
        assertThat(server.lane().batches()).as("made once").hasSize(1);
    }

    @Test
    void aRateLimitAtTheCreationMeansThatNothingWasMade() throws IOException {
        String file = batches.upload(file(REQUESTS));
        server.faults(FaultRule.parse("RATE_LIMIT_429,on=create,times=1,pause=2s"));
        assertThatThrownBy(() -> batches.create(file, Map.of("part", "7")))
                .isInstanceOfSatisfying(ChatFailedException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(ChatFailedException.Kind.RATE_LIMIT);
                    assertThat(failure.kind().mayBeBilled()).isFalse();
                    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(2));
                });
        assertThat(server.lane().batches()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"upload", "create", "poll", "list", "cancel", "download", "delete"})
    void eachCallIsSentOnceAndFailsAsItself(String where) throws IOException {
        Path path = file(1);
        String file = batches.upload(path);
        String batch = batches.create(file, Map.of()).id();
        FaultRule.Where kind = FaultRule.Where.valueOf(where.toUpperCase(java.util.Locale.ROOT));
        long before = server.lane().calls(kind);
        server.faults(FaultRule.parse("ERROR_500,on=" + where));
        assertThatThrownBy(() -> ask(where, path, file, batch)).isInstanceOf(ChatFailedException.class);
        assertThat(server.lane().calls(kind)).isEqualTo(before + 1);
    }

    private void ask(String where, Path path, String file, String batch) {
        switch (where) {
            case "upload" -> batches.upload(path);
            case "create" -> batches.create(file, Map.of());
            case "poll" -> batches.retrieve(batch);
            case "list" -> batches.find(Map.of("none", "such"));
            case "cancel" -> batches.cancel(batch);
            case "download" -> batches.read(file, line -> {});
            case "delete" -> batches.delete(file);
            default -> throw new IllegalArgumentException(where);
        }
    }

    @Test
    void filesAreRemoved() throws IOException {
        String file = batches.upload(file(1));
        batches.delete(file);
        batches.delete(file);
        assertThatThrownBy(() -> batches.read(file, line -> {})).isInstanceOf(ChatRefusedException.class);
        assertThatThrownBy(() -> batches.create(file, Map.of())).isInstanceOf(PigeonholeException.class);
    }

    @Test
    void aWrongKeyIsSaidToBeOne() throws IOException {
        try (OpenAiChatModel other = new OpenAiChatModel(
                Calls.settings(server.baseUrl().toString()), ApiKey.of("sk-other-canary", "the test"), Calls.CLOCK)) {
            Path file = file(1);
            assertThatThrownBy(() -> other.batches().orElseThrow().upload(file))
                    .isInstanceOfSatisfying(
                            ChatRefusedException.class,
                            refusal -> assertThat(refusal.kind()).isEqualTo(ChatRefusedException.Kind.KEY_REJECTED));
        }
    }
}
