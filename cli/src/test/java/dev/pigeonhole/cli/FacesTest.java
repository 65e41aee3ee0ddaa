package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.LaneStatus;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.checkpoint.Tally;
import dev.pigeonhole.core.job.JobEvent;
import dev.pigeonhole.core.job.Progress;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.core.ledger.TokenUsage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FacesTest {
    private static final String HOSTILE = "\u001b[2J\u009b31m\r\nforged\u202e line";

    private final StringWriter said = new StringWriter();
    private final PrintWriter err = new PrintWriter(said, true);

    private static Progress much(long waiting) {
        return new Progress(
                123_456_789,
                new Counts(70_000_000, 1_000_000, 12_345_678, 0),
                0,
                4_000_000,
                Duration.ofSeconds(9),
                50,
                (int) waiting,
                64,
                41_000,
                Bill.NONE,
                Duration.ofHours(30),
                Duration.ofSeconds(1),
                Optional.empty());
    }

    /** Half done, with a bill. */
    private static Progress paid(int waiting, long unpriced) {
        Progress half = Samples.progress(2_000, 50, 1, Duration.ofSeconds(100));
        return new Progress(
                half.rows(),
                half.counts(),
                0,
                half.calls(),
                half.meanCall(),
                1,
                waiting,
                1,
                0,
                new Bill(
                        50,
                        50,
                        0,
                        new TokenUsage(2_000_000, 0, 0, 100_000),
                        Money.dollars(new BigDecimal("1.42")),
                        Money.ZERO,
                        unpriced),
                half.elapsed(),
                Duration.ZERO,
                Optional.empty());
    }

    private static final Optional<Money> CAP = Optional.of(Money.dollars(new BigDecimal(5)));

    private static Progress at(int percent, double seconds) {
        return Samples.progress(2_000, percent, 1, Duration.ofMillis((long) (seconds * 1000)));
    }

    private static JobEvent retrying() {
        return new JobEvent.Retrying(20, 2, Duration.ofMillis(18_400), FailureCause.RATE_LIMIT, HOSTILE);
    }

    private static JobEvent underWay() {
        return new JobEvent.Waiting(
                new LaneStatus(2, 4_000, 1_500, 80_000, Optional.of(Instant.parse("2026-11-24T06:00:00Z"))));
    }

    @Test
    void howTheBatchLaneStandsIsSaidInEachFace() {
        StringWriter json = new StringWriter();
        new JsonFace(new PrintWriter(json, true)).on(underWay());
        assertThat(json.toString().strip())
                .isEqualTo("{\"type\":\"lane\",\"v\":1,\"submissions\":2,\"requests\":4000,\"answered\":1500,"
                        + "\"rows\":80000,\"deadline\":\"2026-11-24T06:00:00Z\"}");

        new PlainFace(err, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), 20, Optional.empty()).on(underWay());
        assertThat(said.toString())
                .contains("lane submissions=2 answered=1500/4000 rows=80000 deadline=2026-11-24T06:00:00Z");

        new TerminalFace(new Terminal(err, true, false, 200), 2_000, 20, Optional.empty()).on(underWay());
        assertThat(said.toString())
                .endsWith("batch lane: 80,000 rows under way, 1,500 of 4,000 requests answered;"
                        + " what is left at 2026-11-24 06:00 UTC is asked one by one");
    }

    @Nested
    class OnATerminal {
        private TerminalFace face(boolean color, int columns) {
            return new TerminalFace(new Terminal(err, true, color, columns), 2_000, 20, Optional.empty());
        }

        /** What stands in the line after each time it was cleared. */
        private List<String> drawn() {
            return Arrays.stream(said.toString().split("\r\u001b\\[2K"))
                    .filter(s -> !s.isEmpty())
                    .toList();
        }

        @ParameterizedTest
        @ValueSource(ints = {20, 40, 80, 200})
        void theLineIsNeverAsLongAsTheTerminalIsWide(int columns) {
            TerminalFace face = face(true, columns);
            face.on(new JobEvent.Started(Samples.job(new TreeMap<>()), 0, 64));
            face.on(retrying());
            face.on(new JobEvent.Advanced(much(14)));
            face.on(new JobEvent.Advanced(Samples.progress(2_000, 100)));
            assertThat(drawn())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line.length()).isLessThan(columns));
        }

        @Test
        void theLineSaysHowFarTheJobIs() {
            face(false, 200).on(retrying());
            TerminalFace face = face(false, 200);
            face.on(retrying());
            face.on(new JobEvent.Advanced(much(14)));
            assertThat(drawn().get(0))
                    .startsWith("  67% ■■■■■■■■■■■■■▣")
                    .contains("83,345,678/123,456,789 rows", "12,345,678 failed", "waiting 18.4 s (rate limit)");
        }

        @Test
        void theLineSaysWhatWasSpentAndThatCallsWait() {
            TerminalFace face = new TerminalFace(new Terminal(err, true, false, 200), 2_000, 20, CAP);
            face.on(new JobEvent.Advanced(paid(3, 0)));
            assertThat(drawn().get(0)).contains("  $1.42 of $5.00  ").endsWith("  3 calls wait for the limit");
        }

        @Test
        void anUnknownPriceIsNotZero() {
            TerminalFace face = new TerminalFace(new Terminal(err, true, false, 200), 2_000, 20, Optional.empty());
            face.on(new JobEvent.Advanced(paid(0, 1)));
            assertThat(drawn().get(0)).contains("  cost unknown  ").doesNotContain("$", "wait");
        }

        @Test
        void aNoticeStandsAboveTheLineWithoutAnythingThatATerminalObeys() {
            TerminalFace face = face(false, 40);
            face.on(new JobEvent.Advanced(Samples.progress(2_000, 100)));
            face.on(new JobEvent.Notice(HOSTILE));
            assertThat(drawn().get(1)).isEqualTo("note:  [2J 31m forged  line" + System.lineSeparator());
        }

        @Test
        void theLineIsClearedWhenTheRunEndsHoweverItEnds() {
            TerminalFace face = face(true, 40);
            face.on(new JobEvent.Advanced(Samples.progress(2_000, 100)));
            face.end();
            assertThat(said.toString()).endsWith("\r\u001b[2K");
        }

        @Test
        void withoutALineThereIsNothingToClear() {
            face(true, 40).end();
            assertThat(said.toString()).isEmpty();
        }
    }

    @Nested
    class InALog {
        private final PlainFace face = new PlainFace(
                err, Clock.fixed(Instant.parse("2026-05-04T10:12:30.5Z"), ZoneOffset.UTC), 20, Optional.empty());

        private List<String> lines() {
            return said.toString().lines().toList();
        }

        @Test
        void everyLineHasTimeLevelAndWhatHappened() {
            face.on(new JobEvent.Started(Samples.job(new TreeMap<>()), 40, 8));
            face.on(retrying());
            face.on(new JobEvent.Notice(HOSTILE));
            face.on(new JobEvent.Advanced(at(50, 100)));
            assertThat(lines())
                    .containsExactly(
                            "2026-05-04T10:12:30Z INFO started job=job1 rows=20000 done=40 concurrency=8",
                            "2026-05-04T10:12:30Z WARN waiting job=job1 cause=RATE_LIMIT attempts=2 seconds=18",
                            "2026-05-04T10:12:30Z WARN notice job=job1 message=\" [2J 31m forged  line\"",
                            "2026-05-04T10:12:30Z INFO progress job=job1 rows=1000/2000 pct=50 categorized=1000"
                                    + " unmatched=0 failed=0 skipped=0 batches=0 rows_per_s=10 left=\"2 min left\"");
        }

        @Test
        void aLineOfProgressSaysWhatWasSpentAndHowManyCallsWait() {
            new PlainFace(err, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), 20, CAP)
                    .on(new JobEvent.Advanced(paid(3, 0)));
            assertThat(lines().get(0)).contains(" spend=\"$1.42 of $5.00\" tokens=2100000 waiting=3 left=");
        }

        @Test
        void nothingInItIsAnEscapeSequence() {
            face.on(new JobEvent.Notice(HOSTILE));
            face.on(new JobEvent.Advanced(much(3)));
            face.on(retrying());
            assertThat(said.toString()).doesNotContain("\u001b", "\u009b", "\u202e", "\r\nforged");
        }

        @Test
        void thereIsALineForFivePercentButNotMoreThanOneASecond() {
            face.on(new JobEvent.Advanced(at(4, 10)));
            assertThat(lines()).isEmpty();
            face.on(new JobEvent.Advanced(at(5, 10)));
            face.on(new JobEvent.Advanced(at(9, 11)));
            assertThat(lines()).hasSize(1);
            face.on(new JobEvent.Advanced(at(10, 10.5)));
            assertThat(lines()).hasSize(1);
            face.on(new JobEvent.Advanced(at(12, 11)));
            face.on(new JobEvent.Advanced(at(14, 13)));
            assertThat(lines()).hasSize(2);
            face.on(new JobEvent.Advanced(at(15, 14)));
            assertThat(lines()).hasSize(3);
        }

        @Test
        void thereIsALineForThirtySecondsWithoutOne() {
            face.on(new JobEvent.Advanced(at(1, 29)));
            assertThat(lines()).isEmpty();
            face.on(new JobEvent.Advanced(at(1, 30)));
            face.on(new JobEvent.Advanced(at(1, 59)));
            assertThat(lines()).hasSize(1);
            face.on(new JobEvent.Advanced(at(1, 60)));
            assertThat(lines()).hasSize(2);
        }
    }

    @Nested
    class InJson {
        @Test
        void everyEventIsOneLineWhateverIsInIt() {
            JsonFace face = new JsonFace(err);
            face.on(new JobEvent.Started(Samples.job(new TreeMap<>()), 0, 8));
            face.on(new JobEvent.RowFailed(7, FailureCause.BAD_ANSWER, 2, HOSTILE));
            face.on(retrying());
            face.on(new JobEvent.Notice(HOSTILE));
            face.on(new JobEvent.Advanced(much(3)));
            face.on(new JobEvent.Ended(ended(JobState.COMPLETED, HOSTILE)));
            List<Map<String, Object>> events =
                    said.toString().lines().map(JsonText::object).toList();
            assertThat(events)
                    .extracting(event -> event.get("type"))
                    .containsExactly("started", "failure", "waiting", "notice", "progress", "summary");
            assertThat(events.get(1)).containsEntry("message", HOSTILE).containsEntry("row", 7L);
            assertThat(events.get(2)).containsEntry("seconds", 18.4);
            assertThat(said.toString()).doesNotContain("\u001b", "\u009b", "\u202e");
        }

        @Test
        void theBillIsExact() {
            new JsonFace(err).on(new JobEvent.Advanced(paid(0, 0)));
            assertThat(said.toString()).contains("\"cost_usd\":1.42,");
            assertThat(JsonText.object(said.toString().strip()))
                    .extractingByKey("bill")
                    .isEqualTo(JsonText.object("{\"sent\":50,\"answered\":50,\"unanswered\":0,\"unbilled\":0,"
                            + "\"input_tokens\":2000000,\"cached_input_tokens\":0,\"output_tokens\":100000,"
                            + "\"cost_usd\":1.42,\"at_risk_usd\":0,\"unpriced\":0}"));
        }

        @Test
        void progressIsSaidFiveTimesASecondAtMostAndAlwaysAtTheEnd() {
            JsonFace face = new JsonFace(err);
            for (int millis = 0; millis < 1_000; millis += 10) {
                face.on(new JobEvent.Advanced(at(1, millis / 1000.0)));
            }
            face.on(new JobEvent.Advanced(at(100, 0.991)));
            assertThat(said.toString().lines()).hasSize(6);
        }
    }

    @Nested
    class TheSummary {
        private static final SummaryText.Program PROGRAM = new SummaryText.Program("./ph", " --workspace w");

        private String text(JobState state, PauseReason reason, Tally tally) {
            return SummaryText.of(
                    Samples.summary(state, Optional.ofNullable(reason), "why", tally),
                    new Terminal(err, false, false, 40),
                    PROGRAM,
                    Optional.empty());
        }

        @Test
        void namesTheFourLargestCategories() {
            Map<String, Long> many = new LinkedHashMap<>();
            for (int i = 1; i <= 6; i++) {
                many.put("C" + i, i * 10L);
            }
            assertThat(text(JobState.COMPLETED, null, Samples.tally(many, Map.of())))
                    .contains("✔ Finished in 3 min 20 s")
                    .contains("top       C6 60 (29%) · C5 50 (24%) · C4 40 (19%) · C3 30 (14%) · 2 more")
                    .contains("calls     3 in this run, 1 made again")
                    .doesNotContain("next", "errors");
        }

        @Test
        void saysHowToGoOn() {
            Tally some = Samples.tally(Map.of("A", 1L), Map.of(FailureCause.TIMEOUT, 2L));
            assertThat(text(JobState.COMPLETED_WITH_FAILURES, null, some))
                    .contains("▲ Finished with 2 failed rows", "next      ./ph retry-failed job1 --workspace w");
            assertThat(text(JobState.PAUSED, PauseReason.QUOTA, some))
                    .contains("‖ Paused after 3 min 20 s (quota used up): why")
                    .contains("next      ./ph resume job1 --workspace w");
            assertThat(text(JobState.PAUSED, PauseReason.BUDGET, some))
                    .contains("next      ./ph resume job1 --max-cost … --workspace w");
            assertThat(text(JobState.FAILED, null, some)).contains("✘ Stopped", "./ph resume job1");
        }

        @Test
        void offersNoRetryThatCannotHelp() {
            Tally shape = Samples.tally(Map.of("A", 1L), Map.of(FailureCause.CSV_SHAPE, 2L));
            assertThat(text(JobState.COMPLETED_WITH_FAILURES, null, shape)).doesNotContain("retry-failed");
        }

        @Test
        void showsHostileNamesAsPlainText() {
            Tally hostile = Samples.tally(Map.of(HOSTILE, 1L), Map.of());
            String text = SummaryText.of(
                    Samples.summary(JobState.COMPLETED, Optional.empty(), HOSTILE, hostile),
                    new Terminal(err, false, false, 40),
                    PROGRAM,
                    Optional.empty());
            assertThat(text).doesNotContain("\u001b", "\u009b", "\u202e", "\nforged");
        }
    }

    private static Summary ended(JobState state, String message) {
        return Samples.summary(state, Optional.empty(), message, Samples.tally(Map.of("A", 5L), Map.of()));
    }
}
