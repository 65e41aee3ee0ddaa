package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.categorize.Lane;
import dev.pigeonhole.core.categorize.LaneStatus;
import dev.pigeonhole.core.categorize.NotSentException;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import dev.pigeonhole.llm.BatchState.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchLaneTest {
    @TempDir
    Path folder;

    @Test
    void allRowsAreAnsweredInBatchesAtTheLowerPrice() throws IOException {
        LaneBench bench = new LaneBench(folder, 60);
        bench.run();
        bench.assertAllIsWell("");
        assertThat(bench.sync.calls()).isZero();
        assertThat(bench.provider.batches).hasSize(3);
        assertThat(bench.ledger.bill().cost()).isEqualTo(new Money(12 * LaneBench.HALF.picodollars()));
        assertThat(bench.provider.files()).as("files left at the provider").isZero();
        assertThat(bench.warnings).isEmpty();
        try (Stream<Path> files = Files.list(folder.resolve("lane"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "submission-00001.json", "submission-00002.json", "submission-00003.json");
        }
    }

    @Test
    void statusTellsHowItStandsAndWhenItEnds() {
        LaneBench bench = new LaneBench(folder, 60);
        bench.settings =
                LlmSettings.builder().batch(true).deadline(Duration.ofHours(6)).build();
        Lane lane = bench.begin().lane().orElseThrow();
        assertThat(lane.status()).isEqualTo(LaneStatus.NONE);
        bench.collect(lane);
        lane.await(Duration.ZERO);
        assertThat(lane.status())
                .isEqualTo(new LaneStatus(
                        3, 12, 0, 60, Optional.of(bench.clock.instant().plus(Duration.ofHours(6)))));
        assertThat(lane.isUnderWay(17)).isTrue();
        assertThat(lane.put(Question.first(bench.items.subList(16, 18)))).isFalse();
        bench.clock.passes(FakeBatches.TIME);
        assertThat(lane.await(Duration.ZERO)).isEqualTo(new Lane.Delivery.Arrived(1, 20));
        assertThat(lane.isUnderWay(17)).isFalse();
        assertThat(lane.takes(17)).isFalse();
        assertThat(lane.status().submissions()).isEqualTo(2);
    }

    @Test
    void runThatIsStoppedLeavesBatchesUnderWayAndTheNextOneWaitsForThem() {
        LaneBench bench = new LaneBench(folder, 60);
        Conversation first = bench.begin();
        Lane lane = first.lane().orElseThrow();
        bench.collect(lane);
        lane.await(Duration.ZERO);
        first.stop();
        assertThatThrownBy(() -> lane.await(Duration.ZERO)).isInstanceOf(NotSentException.class);
        assertThatThrownBy(() -> lane.put(Question.first(bench.items))).isInstanceOf(NotSentException.class);
        first.close();
        assertThat(bench.ledger.bill().unanswered()).isEqualTo(12);
        bench.run();
        bench.assertAllIsWell("");
        assertThat(bench.provider.batches).hasSize(3);
        assertThat(bench.sync.calls()).isZero();
    }

    @Test
    void withoutTheFolderNobodyGuessesWhatIsUnderWay() throws IOException {
        LaneBench bench = new LaneBench(folder, 60);
        Conversation first = bench.begin();
        bench.collect(first.lane().orElseThrow());
        first.lane().orElseThrow().await(Duration.ZERO);
        first.close();
        Path lane = folder.resolve("lane");
        Path aside = folder.resolve("aside");
        Files.move(lane, aside);
        for (boolean batch : new boolean[] {true, false}) {
            bench.settings = LlmSettings.builder().batch(batch).build();
            assertThatThrownBy(bench::begin)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("up to 12 requests")
                    .hasMessageContaining("may be paid twice");
        }
        assertThat(bench.provider.batches).hasSize(3);
        Files.move(aside, lane);
        bench.settings = LlmSettings.builder().batch(true).build();
        bench.run();
        bench.assertAllIsWell("");
        assertThat(bench.provider.batches).hasSize(3);
    }

    /** As from a copy of the job's folder, which the error about a damaged file advises. */
    @ParameterizedTest
    @ValueSource(strings = {"PREPARED", "UPLOADED"})
    void stateFileOlderThanItsBatchSubmitsNothingTwice(String stage) throws IOException {
        LaneBench bench = new LaneBench(folder, 60);
        Conversation first = bench.begin();
        bench.collect(first.lane().orElseThrow());
        first.lane().orElseThrow().await(Duration.ZERO);
        first.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                String state = Files.readString(file);
                assertThat(state).contains("\"CREATED\"");
                Files.writeString(
                        file, state.replace("CREATED", stage).replaceAll("\"batch\":\"[^\"]*\"", "\"batch\":\"\""));
            }
        }
        bench.run();
        bench.assertAllIsWell("");
        assertThat(bench.provider.batches).hasSize(3);
        assertThat(bench.sync.calls()).isZero();
    }

    @Test
    void questionsThatWerePutAndNotHandedOverCostNothing() {
        LaneBench bench = new LaneBench(folder, 35);
        bench.provider.mostRequests = 1_000;
        Conversation first = bench.begin();
        bench.collect(first.lane().orElseThrow());
        first.close();
        assertThat(bench.provider.batches).isEmpty();
        assertThat(bench.ledger.bill().unanswered()).isZero();
        bench.run();
        bench.assertAllIsWell("");
    }

    @Test
    void jobThatGoesOnWithoutBatchesEndsThemAndPaysForWhatIsDone() {
        LaneBench bench = new LaneBench(folder, 60);
        Conversation first = bench.begin();
        bench.collect(first.lane().orElseThrow());
        first.lane().orElseThrow().await(Duration.ZERO);
        first.close();
        bench.settings = LlmSettings.defaults();
        bench.run();
        bench.assertAllIsWell("");
        assertThat(bench.provider.batches).hasSize(3).allMatch(batch -> batch.cancelAsked);
        assertThat(bench.provider.answersBilled).isEqualTo(6);
        assertThat(bench.sync.calls()).isEqualTo(6);
        assertThat(bench.begin().lane()).isEmpty();
    }

    @Test
    void deadlineEndsBatchesAndTheRestIsAskedAtOnce() {
        LaneBench bench = new LaneBench(folder, 60);
        bench.settings = LlmSettings.builder()
                .batch(true)
                .deadline(Duration.ofMinutes(10))
                .build();
        bench.run();
        bench.assertAllIsWell("");
        assertThat(bench.provider.batches).allMatch(batch -> batch.status == Status.CANCELLED);
        assertThat(Duration.between(Instant.parse("2026-01-01T00:00:00Z"), bench.clock.instant()))
                .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
    }

    @Test
    void deadlineCountsFromTheFirstQuestionOfAnEarlierRun() {
        LaneBench bench = new LaneBench(folder, 60);
        bench.settings = LlmSettings.builder()
                .batch(true)
                .deadline(Duration.ofMinutes(10))
                .build();
        Conversation first = bench.begin();
        bench.collect(first.lane().orElseThrow());
        first.lane().orElseThrow().await(Duration.ZERO);
        first.close();
        bench.clock.passes(Duration.ofMinutes(10));
        assertThat(bench.begin().lane().orElseThrow().takes(1)).isFalse();
        bench.run();
        bench.assertAllIsWell("");
    }

    @Test
    void expiredRequestsArePutOnceMoreAndThenAskedAtOnce() {
        LaneBench bench = new LaneBench(folder, 60);
        bench.provider.ending = batch -> batch.part(Status.EXPIRED, 1);
        bench.run();
        bench.assertAllIsWell("");
        // Of 12 requests 3 are answered; of the 9 that come again 3 of 3 batches; the rest has had its two chances.
        assertThat(bench.provider.batches).hasSize(6);
        assertThat(bench.provider.answersBilled).isEqualTo(6);
        assertThat(bench.sync.calls()).isEqualTo(6);
    }

    @Test
    void requestsThatFailedOneByOneAreAskedAtOnce() {
        LaneBench bench = new LaneBench(folder, 20);
        bench.provider.ending = batch -> {
            batch.status = Status.COMPLETED;
            batch.counted = 4;
            batch.output = Optional.of(bench.provider.store(List.of(bench.provider.answer(batch.ids.get(2)))));
            List<BatchLine> failures = new ArrayList<>();
            for (int i : new int[] {0, 1, 3}) {
                failures.add(new BatchLine.Failed(batch.ids.get(i), false, "refused"));
            }
            batch.error = Optional.of(bench.provider.store(failures));
        };
        bench.run();
        bench.assertAllIsWell("");
        assertThat(bench.sync.calls()).isEqualTo(3);
        assertThat(bench.warnings).singleElement().asString().contains("of 4 requests 3 failed");
    }

    @Test
    void missingRequestsCostNothingIfTheProviderCountsThemAsNotAnswered() {
        LaneBench bench = new LaneBench(folder, 20);
        bench.provider.ending = batch -> {
            batch.status = Status.COMPLETED;
            batch.counted = 3;
            batch.output = Optional.of(bench.provider.store(
                    batch.ids.subList(0, 3).stream().map(bench.provider::answer).toList()));
        };
        bench.run();
        bench.assertAllIsWell("");
        assertThat(bench.sync.calls()).isEqualTo(1);
    }

    @Test
    void missingRequestsThatTheProviderCountsAsAnsweredMayBeBilled() {
        LaneBench bench = new LaneBench(folder, 20);
        bench.provider.ending = batch -> {
            batch.complete();
            batch.output = Optional.of(bench.provider.store(
                    batch.ids.subList(0, 3).stream().map(bench.provider::answer).toList()));
            bench.provider.answersBilled -= 3;
        };
        bench.run();
        assertThat(bench.outcomes).hasSize(20);
        assertThat(bench.ledger.bill().unanswered()).isEqualTo(1);
        assertThat(bench.ledger.bill().atRisk().picodollars()).isPositive();
        assertThat(bench.sync.calls()).isEqualTo(1);
    }

    @Test
    void linesThatAreStrangeOrSaidTwiceAreIgnored() {
        LaneBench bench = new LaneBench(folder, 20);
        bench.provider.ending = batch -> {
            batch.status = Status.COMPLETED;
            batch.counted = 4;
            List<BatchLine> lines = new ArrayList<>();
            batch.ids.forEach(id -> lines.add(0, bench.provider.answer(id)));
            lines.add(lines.get(1));
            lines.add(new BatchLine.Answered("job7-99", ScriptedChatModel.reply("{}")));
            lines.add(new BatchLine.Answered("another", ScriptedChatModel.reply("{}")));
            batch.output = Optional.of(bench.provider.store(lines));
        };
        bench.run();
        bench.assertAllIsWell("");
        assertThat(bench.sync.calls()).isZero();
        assertThat(bench.warnings).singleElement().asString().contains("and 3 were about other requests or said twice");
    }

    @Test
    void downloadThatBreaksOffIsMadeAgain() {
        LaneBench bench = new LaneBench(folder, 20);
        bench.provider.breaks.addAll(List.of(0, 2, 3));
        bench.run();
        bench.assertAllIsWell("");
        assertThat(bench.sync.calls()).isZero();
    }

    @Test
    void downloadThatAlwaysBreaksOffGivesWhatCame() {
        LaneBench bench = new LaneBench(folder, 20);
        for (int i = 0; i < 50; i++) {
            bench.provider.breaks.add(3);
        }
        bench.run();
        assertThat(bench.outcomes).hasSize(20);
        assertThat(bench.sync.calls()).isEqualTo(1);
        assertThat(bench.ledger.bill().unanswered()).isEqualTo(1);
    }

    @Test
    void batchThatTheProviderHasForgottenMayBeBilledAndIsAskedAtOnce() {
        LaneBench bench = new LaneBench(folder, 20);
        Conversation first = bench.begin();
        bench.collect(first.lane().orElseThrow());
        first.lane().orElseThrow().await(Duration.ZERO);
        first.close();
        bench.provider.forget(bench.provider.batches.get(0).id);
        bench.run();
        assertThat(bench.outcomes).hasSize(20);
        assertThat(bench.ledger.bill().unanswered()).isEqualTo(4);
        assertThat(bench.warnings).singleElement().asString().contains("may be billed");
        assertThat(bench.begin().lane().orElseThrow().isUnderWay(1)).isFalse();
        assertThat(bench.ledger.bill().unanswered()).isEqualTo(4);
    }

    @Test
    void refusedBatchPausesTheJobAndItsRowsAreFree() {
        LaneBench bench = new LaneBench(folder, 20);
        bench.provider.ending = batch -> {
            batch.status = Status.FAILED;
            batch.errors = List.of("model_not_found: no such model in batches");
        };
        assertThatThrownBy(bench::run).isInstanceOfSatisfying(JobPausedException.class, e -> {
            assertThat(e.reason()).isEqualTo(PauseReason.PROVIDER_UNAVAILABLE);
            assertThat(e).hasMessageContaining("no such model in batches").hasMessageContaining("lane=sync");
        });
        assertThat(bench.ledger.bill().unanswered()).isZero();
        bench.settings = LlmSettings.defaults();
        bench.run();
        bench.assertAllIsWell("");
        assertThat(bench.sync.calls()).isEqualTo(4);
    }

    @Test
    void tooManyTokensAtOnceMeansOneBatchAfterTheOther() {
        LaneBench bench = new LaneBench(folder, 60);
        bench.provider.ending = batch -> {
            boolean others = bench.provider.batches.stream()
                    .anyMatch(other -> other != batch && other.status == Status.UNDER_WAY);
            if (others && bench.provider.batches.indexOf(batch) < 3) {
                batch.status = Status.FAILED;
                batch.errors = List.of("token_limit_exceeded: Enqueued token limit reached");
            } else {
                batch.complete();
            }
        };
        bench.run();
        bench.assertAllIsWell("");
        assertThat(bench.sync.calls()).isZero();
        assertThat(bench.provider.batches).hasSize(5);
    }

    @Test
    void batchThatIsTooLargeForTheAccountIsMadeSmaller() {
        LaneBench bench = new LaneBench(folder, 300);
        bench.provider.mostRequests = 60;
        bench.provider.ending = batch -> {
            if (batch.ids.size() > 20) {
                batch.status = Status.FAILED;
                batch.errors = List.of("Enqueued token limit reached for this model");
            } else {
                batch.complete();
            }
        };
        bench.run();
        bench.assertAllIsWell("");
        assertThat(bench.sync.calls()).isZero();
    }

    /** Each of several that are too large halves what it was itself, not what the one before has halved already. */
    @Test
    void severalBatchesThatAreTooLargeAreHalvedFromTheirOwnSize() {
        LaneBench bench = new LaneBench(folder, 900);
        bench.provider.mostRequests = 60;
        bench.provider.ending = batch -> {
            if (batch.ids.size() > 30) {
                batch.status = Status.FAILED;
                batch.errors = List.of("Enqueued token limit reached for this model");
            } else {
                batch.complete();
            }
        };
        bench.run();
        bench.assertAllIsWell("");
        assertThat(bench.sync.calls()).isZero();
        assertThat(bench.provider.batches)
                .filteredOn(batch -> batch.status == Status.COMPLETED)
                .hasSize(6);
    }

    @Test
    void capHoldsWithWhatIsUnderWayAndIsUsedAgainWhenItComesFree() {
        LaneBench bench = new LaneBench(folder, 60);
        Money worst = worstOfOne();
        bench.cap = Optional.of(new Money(8 * worst.picodollars()));
        List<Integer> sizes = new ArrayList<>();
        bench.provider.ending = batch -> {
            sizes.add(batch.ids.size());
            assertThat(spentAndAtRisk(bench)).isLessThanOrEqualTo(bench.cap.get());
            batch.complete();
        };
        bench.run();
        bench.assertAllIsWell("");
        assertThat(bench.sync.calls()).isZero();
        assertThat(sizes).contains(4).hasSizeGreaterThanOrEqualTo(3);
        assertThat(bench.ledger.bill().cost()).isLessThanOrEqualTo(bench.cap.get());
    }

    @Test
    void capThatIsUsedUpPausesTheJob() {
        LaneBench bench = new LaneBench(folder, 60);
        bench.cap = Optional.of(new Money(worstOfOne().picodollars() * 7 / 2));
        assertThatThrownBy(bench::run)
                .isInstanceOfSatisfying(
                        JobPausedException.class, e -> assertThat(e.reason()).isEqualTo(PauseReason.BUDGET));
        assertThat(spentAndAtRisk(bench)).isLessThanOrEqualTo(bench.cap.get());
        assertThat(bench.outcomes).isNotEmpty();
        bench.cap = Optional.of(new Money(worstOfOne().picodollars() * 100));
        bench.run();
        bench.assertAllIsWell("");
    }

    @Test
    void whatIsUnderWaySinceAnEarlierRunCountsAgainstTheCap() {
        LaneBench bench = new LaneBench(folder, 60);
        bench.cap = Optional.of(new Money(4 * worstOfOne().picodollars()));
        Conversation first = bench.begin();
        bench.collect(first.lane().orElseThrow());
        first.lane().orElseThrow().await(Duration.ZERO);
        first.close();
        Conversation second = bench.begin();
        bench.collect(second.lane().orElseThrow());
        assertThat(bench.ledger.bill().sent()).isEqualTo(4);
        second.close();
        bench.cap = Optional.empty();
        bench.run();
        bench.assertAllIsWell("");
    }

    private static Money spentAndAtRisk(LaneBench bench) {
        return bench.ledger.bill().cost().plus(bench.ledger.bill().atRisk());
    }

    /** The worst case of a request with five rows. */
    private Money worstOfOne() {
        LaneBench other = new LaneBench(folder.resolve("other"), 5);
        Conversation conversation = other.begin();
        other.collect(conversation.lane().orElseThrow());
        conversation.lane().orElseThrow().await(Duration.ZERO);
        return other.ledger.bill().atRisk();
    }

    @Test
    void providerThatCannotBeReachedForAnHourEndsTheWaiting() {
        LaneBench bench = new LaneBench(folder, 60);
        bench.provider.mishaps = new Mishaps(Mishaps.Kind.UNREACHABLE_FOR_EVER, 1);
        Conversation conversation = bench.begin();
        Lane lane = conversation.lane().orElseThrow();
        bench.collect(lane);
        assertThatThrownBy(() -> lane.await(Duration.ofDays(1))).isInstanceOf(TransientCategorizerException.class);
        assertThat(Duration.between(Instant.parse("2026-01-01T00:00:00Z"), bench.clock.instant()))
                .isBetween(Duration.ofHours(1), Duration.ofMinutes(70));
        assertThat(conversation.warnings())
                .singleElement()
                .asString()
                .startsWith("nothing is heard of the provider's batches: ")
                .contains("tried again until 2026-01-01T01:00:0");
        conversation.close();
        bench.provider.mishaps.heal();
        bench.run();
        bench.assertAllIsWell("");
    }

    @Test
    void fileThatTheProviderHasLostMeanwhileIsUploadedAgain() {
        LaneBench bench = new LaneBench(folder, 20);
        bench.provider.mishaps = killedAt(bench, "create");
        bench.provider.mishaps.heal();
        bench.provider.loseUploads();
        bench.run();
        bench.assertAllIsWell("");
        assertThat(bench.sync.calls()).isZero();
    }

    /** The first run ends when this is done for the first time. */
    private Mishaps killedAt(LaneBench bench, String operation) {
        LaneBench rehearsal = new LaneBench(folder.resolve("rehearsal"), bench.items.size());
        rehearsal.run();
        int at = rehearsal.provider.mishaps.done.indexOf(operation) + 1;
        Mishaps mishaps = new Mishaps(Mishaps.Kind.KILLED_BEFORE, at);
        bench.provider.mishaps = mishaps;
        assertThatThrownBy(bench::run).isInstanceOf(Mishaps.Killed.class);
        return mishaps;
    }

    @Test
    void rowsOfAnUnusableAnswerAreAskedAtOnce() {
        LaneBench bench = new LaneBench(folder, 20, ScriptedChatModel.changing(words -> {
            words.remove("r02");
            return words;
        }));
        bench.run();
        bench.assertAllIsWell("");
        assertThat(bench.sync.seen()).allMatch(seen -> seen.count() <= 5);
        assertThat(bench.outcomes).hasSize(20);
    }

    @Test
    void laneNeedsAProviderWithBatches() {
        assertThatThrownBy(() -> LlmCategorizer.of(
                        ScriptedChatModel.honest(), Bench.TICKETS, LlmSettings.of(Map.of("lane", "batch"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("lane=sync");
    }
}
