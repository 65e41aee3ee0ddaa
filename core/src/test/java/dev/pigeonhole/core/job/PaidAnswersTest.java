package dev.pigeonhole.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.core.ledger.TokenUsage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A categorizer that is paid for each call: what is asked, what is asked again, what is never asked twice. */
class PaidAnswersTest {
    @TempDir
    Path directory;

    private final PayingCategorizer categorizer = new PayingCategorizer();

    private JobHarness harness(String folder, List<String> texts) {
        Path place = directory.resolve(folder);
        assertThat(place.toFile().mkdirs()).isTrue();
        return new JobHarness(place).content("id,text\n" + lines(texts));
    }

    private static String lines(List<String> texts) {
        return IntStream.range(0, texts.size())
                .mapToObj(i -> (i + 1) + "," + texts.get(i) + "\n")
                .collect(Collectors.joining());
    }

    private static List<String> results(JobHarness harness) {
        return harness.outputText()
                .lines()
                .skip(1)
                .map(line -> line.split(",", 3)[2])
                .toList();
    }

    private static JobHarness oneByOne(JobHarness harness) {
        harness.settings = harness.settings.withConcurrency(1);
        return harness;
    }

    @Test
    void identicalTextsAreAskedOnceAndGetTheSameCategory() {
        JobHarness harness =
                harness("a", List.of("x red", "y green", "x red", "x red", "y green", "z nothing", "z nothing"));

        Summary summary = harness.run(categorizer);

        assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
        assertThat(categorizer.rowsBilled()).isEqualTo(3);
        assertThat(results(harness))
                .containsExactly(
                        "red,categorized,,paying",
                        "green,categorized,,paying",
                        "red,categorized,,cache",
                        "red,categorized,,cache",
                        "green,categorized,,cache",
                        ",unmatched,,paying",
                        ",unmatched,,cache");
    }

    @Test
    void aTextThatFailsFailsForAllRowsThatWaitForIt() {
        JobHarness harness = harness("a", List.of("x never", "x never", "y red"));

        Summary summary = harness.run(categorizer);

        assertThat(summary.tally().byCause()).isEqualTo(Map.of(FailureCause.CONTENT_FILTER, 2L));
        assertThat(categorizer.timesBilled("x never")).isEqualTo(1);
    }

    @Test
    void aFailureIsNotRemembered() {
        JobHarness harness = oneByOne(harness("a", List.of("x never", "y red", "y green")));
        harness.run(categorizer);

        harness.run(categorizer, job -> job.retryFailed(true));

        assertThat(categorizer.timesBilled("x never")).isEqualTo(2);
        assertThat(categorizer.timesBilled("y red")).isEqualTo(1);
    }

    @Test
    void manyRowsOfOneTextNeedNoMoreRoomThanTheWindowHas() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            texts.add(i % 1_000 == 999 ? "number " + i + " green" : "always the same red");
        }
        JobHarness harness = harness("a", texts);
        harness.settings = harness.settings.withSubBatchSize(20).withBatchSize(2_000);

        Summary summary = harness.run(categorizer);

        assertThat(summary.counts().categorized()).isEqualTo(30_000);
        assertThat(categorizer.rowsBilled()).isEqualTo(31);
    }

    @Test
    void answersThatLastServeAnotherJobOnTheSameStore() {
        categorizer.lasting = true;
        JobHarness first = harness("a", List.of("x red", "y green"));
        first.run(categorizer);
        JobHarness second =
                new JobHarness(directory.resolve("a"), first.store).content("id,text\n1,y green\n2,z blue\n");

        second.run(categorizer, job -> job.output(directory.resolve("second.csv")));

        assertThat(categorizer.timesBilled("y green")).isEqualTo(1);
        assertThat(JobHarness.read(directory.resolve("second.csv"))).contains("1,y green,green,categorized,,cache\n");
    }

    @Test
    void answersOfAnotherFingerprintDoNot() {
        categorizer.lasting = true;
        JobHarness first = harness("a", List.of("x red", "y green"));
        first.run(categorizer);

        first.run(categorizer.version(2), job -> job.existing(Existing.NEW));

        assertThat(categorizer.timesBilled("x red")).isEqualTo(2);
    }

    @Test
    void answersThatDoNotLastServeTheirOwnJobOnly() {
        JobHarness first = harness("a", List.of("x red", "y green"));
        first.run(categorizer);

        first.run(categorizer, job -> job.existing(Existing.NEW));

        assertThat(categorizer.timesBilled("x red")).isEqualTo(2);
    }

    @Test
    void whatAnAnswerLeavesOutIsAskedAgainAndNothingElse() {
        JobHarness harness = harness("a", List.of("a red", "b odd", "c green", "d odd", "e red"));
        harness.settings = harness.settings.withSubBatchSize(5);

        Summary summary = harness.run(categorizer);

        assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
        assertThat(categorizer.questions).hasSize(2);
        Question again = categorizer.questions.get(1);
        assertThat(again.round()).isEqualTo(1);
        assertThat(again.items()).extracting(item -> item.row()).containsExactly(2L, 4L);
        assertThat(summary.bill())
                .isEqualTo(new Bill(2, 2, 0, new TokenUsage(20, 0, 0, 10), new Money(2_000), Money.ZERO, 0));
    }

    @Test
    void aPauseReachesThoseWhoWaitForTheirTurn() {
        categorizer.waitsForItsTurn = true;
        JobHarness harness = harness("a", List.of("a red", "b green", "c red", "d blue"));
        Job job = harness.job(categorizer);

        Summary summary = job.run(event -> {
            if (event instanceof JobEvent.Advanced && !categorizer.questions.isEmpty()) {
                job.pause("enough");
            }
        });

        assertThat(summary.state()).isEqualTo(JobState.PAUSED);
        assertThat(summary.bill().sent()).isZero();
    }

    /** As a kill would: the answer is in the ledger, and nobody has seen it. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatWasPaidForIsUsedAndNeverPaidAgain(long seed) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 60 + random.nextInt(60); i++) {
            texts.add("text " + random.nextInt(80)
                    + List.of(" red", " green", " odd", " nothing").get(random.nextInt(4)));
        }
        JobHarness harness = harness("s" + seed, texts);
        harness.settings = harness.settings.withConcurrency(1 + random.nextInt(4));
        AtomicInteger deadly = new AtomicInteger();
        categorizer.whenPaid = question -> {
            if (deadly.decrementAndGet() == 0) {
                throw new ThreadDeath();
            }
        };
        for (int run = 0; run < 100; run++) {
            deadly.set(run == 99 ? 0 : 1 + random.nextInt(9));
            if (ended(harness)) {
                break;
            }
        }

        assertThat(results(harness)).hasSameSizeAs(texts);
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            String word = text.substring(text.lastIndexOf(' ') + 1);
            String expected =
                    word.equals("nothing") ? ",unmatched," : (word.equals("odd") ? "blue" : word) + ",categorized,";
            assertThat(results(harness).get(i)).startsWith(expected);
            assertThat(categorizer.timesBilled(text))
                    .as("%s, seed %d", text, seed)
                    .isLessThanOrEqualTo(word.equals("odd") ? 2 + 100 : 1);
        }
        assertThat(harness.store.jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.state()).isEqualTo(JobState.COMPLETED));
    }

    @SuppressWarnings("removal") // Only as an error that no code of ours makes.
    private boolean ended(JobHarness harness) {
        try {
            return harness.run(categorizer).state() == JobState.COMPLETED;
        } catch (ThreadDeath e) {
            return false;
        }
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 25), LongStream.of(System.nanoTime()));
    }

    @Test
    void aFinishedJobIsMadeAnewFromItsStoredAnswers() {
        JobHarness harness = harness("a", List.of("x red", "y odd", "x red", "n nothing", "z never"));
        harness.run(categorizer);
        String before = harness.outputText();
        long calls = categorizer.questions.size();
        JobHarness.delete(harness.output);

        Summary summary = harness.run(categorizer, job -> job.rebuild(true));

        assertThat(harness.outputText()).isEqualTo(before);
        assertThat(categorizer.questions).hasSize((int) calls);
        assertThat(summary.calls()).isZero();
        assertThat(summary.tally().byCause()).isEqualTo(Map.of(FailureCause.CONTENT_FILTER, 1L));
    }

    @Test
    void whatWasAskedAgainAfterAFailureIsMadeAnewAsItWasAnsweredLast() {
        JobHarness harness = harness("a", List.of("x never", "y red"));
        harness.run(categorizer);
        categorizer.answersNever("green");
        harness.run(categorizer, job -> job.retryFailed(true));
        String before = harness.outputText();

        Summary summary = harness.run(categorizer, job -> job.rebuild(true));

        assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
        assertThat(harness.outputText()).isEqualTo(before).contains("x never,green,categorized");
    }

    @Test
    void onlyAFinishedJobIsMadeAnew() {
        JobHarness harness = harness("a", List.of("x red", "y odd"));
        Job job = harness.job(categorizer);
        job.pause("before it begins");
        job.run();

        assertThatThrownBy(() -> harness.run(categorizer, builder -> builder.rebuild(true)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("is not finished; resume it");
    }

    @Test
    void aJobWithoutStoredAnswersIsNotMadeAnew() {
        JobHarness harness = new JobHarness(directory).rows(5);
        harness.run(JobHarness.script().build());

        assertThatThrownBy(() -> harness.run(JobHarness.script().build(), builder -> builder.rebuild(true)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has no stored answers");
    }
}
