package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.file.Disk;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.TokenUsage;
import dev.pigeonhole.llm.lane.CallRange;
import dev.pigeonhole.llm.lane.Intervals;
import dev.pigeonhole.llm.lane.LaneFolder;
import dev.pigeonhole.llm.lane.RequestFile;
import dev.pigeonhole.llm.lane.Submission;
import dev.pigeonhole.llm.money.Budget;
import dev.pigeonhole.llm.pace.RateLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanePiecesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"6h, 21600000", "90m, 5400000", "300ms, 300", "2d, 172800000", "45s, 45000"})
    void deadlineIsANumberAndAUnit(String text, long millis) {
        LlmSettings settings = LlmSettings.of(Map.of("lane", "batch", "deadline", text));
        assertThat(settings.batch()).isTrue();
        assertThat(settings.deadline()).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6", "h", "0h", "-1h", "6 h", "31d", "1.5h", "9999999s"})
    void otherDeadlinesAreRefusedWithWhatIsExpected(String text) {
        assertThatThrownBy(() -> LlmSettings.of(Map.of("deadline", text)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("such as 6h or 90m")
                .hasMessageContaining(text);
    }

    @Test
    void laneIsOneOfTwoWords() {
        assertThat(LlmSettings.defaults().batch()).isFalse();
        assertThatThrownBy(() -> LlmSettings.of(Map.of("lane", "fast")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("lane must be sync or batch, was \"fast\"");
    }

    @Test
    void looksBecomeRarerUpToSixtyTimesTheFirst() {
        Intervals intervals = Intervals.DEFAULT;
        assertThat(intervals.after(0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(intervals.after(3)).isEqualTo(Duration.ofSeconds(40));
        assertThat(intervals.after(20)).isEqualTo(Duration.ofMinutes(5));
        assertThat(intervals.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(5));
        assertThat(intervals.patience()).isEqualTo(Duration.ofHours(1));
    }

    private static Submission submission() {
        return new Submission(
                7,
                "a word",
                Submission.Stage.CREATED,
                "file-1",
                "batch-1",
                Instant.parse("2026-01-01T10:00:00Z"),
                List.of(new CallRange(3, 50), new CallRange(90, 2)),
                1_040,
                1,
                2_000);
    }

    @Test
    void stateIsReadAsItWasWritten() {
        LaneFolder lane = new LaneFolder(Disk.real(), folder.resolve("lane"));
        assertThat(lane.load()).isEmpty();
        lane.save(submission().at(Submission.Stage.PREPARED));
        lane.save(submission());
        assertThat(lane.load()).containsExactly(submission());
        assertThat(submission().requests()).isEqualTo(52);
        assertThat(submission().holds(52)).isTrue();
        assertThat(submission().holds(53)).isFalse();
        assertThat(submission().holds(91)).isTrue();
    }

    @Test
    void requestsWithoutAStateAreRemoved() throws Exception {
        LaneFolder lane = new LaneFolder(Disk.real(), folder);
        try (RequestFile file = lane.create(8)) {
            file.append("{}".getBytes(StandardCharsets.UTF_8));
            file.seal();
            assertThat(file.bytes()).isEqualTo(3);
        }
        Files.writeString(folder.resolve("submission-00009.tmp"), "{");
        Files.writeString(folder.resolve("notes.txt"), "mine");
        assertThat(lane.load()).isEmpty();
        assertThat(folder.toFile().list()).containsExactly("notes.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"version\":2}", "{\"version\":1,\"number\":1}", "null"})
    void damagedStateIsRefusedWithItsName(String text) throws Exception {
        Path file = folder.resolve("submission-00001.json");
        Files.writeString(file, text);
        assertThatThrownBy(() -> new LaneFolder(Disk.real(), folder).load())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("restore");
    }

    @Test
    void purseSharesTheCapAndNobodyWaitsForIt() {
        Budget budget = Budget.capped(new Money(100), Money.ZERO);
        Budget.Purse purse = budget.purse();
        assertThat(purse.offer(new Money(60))).isTrue();
        assertThat(purse.offer(new Money(41))).isFalse();
        assertThatThrownBy(() -> budget.reserve(new Money(41))).isInstanceOf(JobPausedException.class);
        purse.end(new Money(60), new Money(10));
        assertThat(budget.spent()).isEqualTo(new Money(10));
        assertThat(purse.offer(new Money(90))).isTrue();
        purse.adopt(new Money(500));
        assertThat(purse.offer(new Money(1))).isFalse();
        purse.end(new Money(590), Money.ZERO);
        budget.reserve(new Money(90)).settle(new Money(90));
        assertThat(budget.spent()).isEqualTo(new Money(100));
    }

    @ParameterizedTest
    @CsvSource({"1000, 100, 700000000", "0, 0, 5000", "900000000, 100, 5000"})
    void answerWithoutTokensOrWithTooManyCostsTheWorstCase(long input, long output, long cost) {
        LaneMoney money = new LaneMoney(
                Optional.of(LaneBench.PRICE.batch()), Budget.unlimited().purse());
        CallIntent intent = new CallIntent(List.of(1L), 0, "m", "keyed+batch", Optional.of(new Money(5_000)));
        ChatReply reply =
                new ChatReply("{}", ChatReply.Finish.STOP, new TokenUsage(input, 0, 0, output), "", RateLimits.UNKNOWN);
        assertThat(money.answer(reply, intent).cost()).contains(new Money(cost));
    }

    @Test
    void answerWithOneRareLabelIsDoubtedAndTheFirstOnesAreNot() {
        LabelShares shares = new LabelShares();
        Outcome often = new Outcome.Categorized("Billing", OptionalDouble.empty(), "m");
        Outcome rare = new Outcome.Categorized("Login", OptionalDouble.empty(), "m");
        assertThat(shares.doubts(Collections.nCopies(20, rare)))
                .as("nothing to compare with")
                .isFalse();
        for (int i = 0; i < 10; i++) {
            assertThat(shares.doubts(Collections.nCopies(20, often))).isFalse();
        }
        assertThat(shares.doubts(Collections.nCopies(20, rare))).isTrue();
        assertThat(shares.doubts(Collections.nCopies(9, rare)))
                .as("few records")
                .isFalse();
    }

    @Test
    void formatSaysHowAndWhichWay() {
        assertThat(CallFormat.mode("keyed+batch")).contains(ReplyMode.KEYED);
        assertThat(CallFormat.mode("keyed")).contains(ReplyMode.KEYED);
        assertThat(CallFormat.mode("xml+batch")).isEmpty();
        assertThat(CallFormat.isOfBatch(CallFormat.ofBatch(ReplyMode.LINES))).isTrue();
    }
}
