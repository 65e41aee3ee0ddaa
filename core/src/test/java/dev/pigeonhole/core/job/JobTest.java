package dev.pigeonhole.core.job;

import static dev.pigeonhole.core.job.JobHarness.answer;
import static dev.pigeonhole.core.job.JobHarness.expectedOutput;
import static dev.pigeonhole.core.job.JobHarness.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.categorize.PermanentCategorizerException;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobLockedException;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.testing.ScriptedCategorizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobTest {
    @TempDir
    Path directory;

    private static TransientCategorizerException timeout() {
        return new TransientCategorizerException(FailureCause.TIMEOUT, "no answer", null, null);
    }

    @Nested
    class ARunToTheEnd {
        @Test
        void writesEveryRowOnceInInputOrderWithItsResult() {
            JobHarness harness = new JobHarness(directory).rows(95);

            Summary summary = harness.run(script().build());

            assertThat(harness.outputText()).isEqualTo(expectedOutput(95));
            assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
            assertThat(summary.counts()).isEqualTo(new Counts(80, 7, 0, 8));
            assertThat(summary.batches()).isEqualTo(10);
            assertThat(summary.output()).contains(harness.output);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 7, 10, 94, 95, 96, 5_000})
        void writesTheSameForEveryBatchSize(int size) {
            JobHarness harness = new JobHarness(directory).rows(95);
            harness.settings = harness.settings.withBatchSize(size);

            Summary summary = harness.run(script().build());

            assertThat(harness.outputText()).isEqualTo(expectedOutput(95));
            assertThat(summary.batches()).isEqualTo((95 + size - 1) / size);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 7, 20, 1_000})
        void writesTheSameForEverySubBatchSize(int size) {
            JobHarness harness = new JobHarness(directory).rows(95);
            harness.settings = harness.settings.withSubBatchSize(size).withBatchSize(50);
            ScriptedCategorizer categorizer = script().build();

            harness.run(categorizer);

            assertThat(harness.outputText()).isEqualTo(expectedOutput(95));
            assertThat(categorizer.rowsAsked()).isEqualTo(87);
        }

        @Test
        void asksAboutEveryRowWithTextOnceAndAboutNoOther() {
            JobHarness harness = new JobHarness(directory).rows(95);
            ScriptedCategorizer categorizer = script().build();

            harness.run(categorizer);

            for (long row = 1; row <= 95; row++) {
                assertThat(categorizer.timesAsked(row)).as("row %d", row).isEqualTo(row % 11 == 0 ? 0 : 1);
            }
        }

        @Test
        void ofAnInputWithoutRowsWritesTheHeader() {
            JobHarness harness = new JobHarness(directory).content("text\n");

            Summary summary = harness.run(script().build());

            assertThat(harness.outputText())
                    .isEqualTo("text,category,category_status,category_confidence,category_source\n");
            assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
        }

        @Test
        void givesAResultColumnThatTheInputHasAlreadyANumber() {
            JobHarness harness = new JobHarness(directory).content("text,category\nhello,old\n");

            harness.run(script().build());

            assertThat(harness.outputText())
                    .isEqualTo("text,category,category_2,category_status,category_confidence,category_source\n"
                            + "hello,old,green,categorized,0.0100,script\n");
            assertThat(harness.events)
                    .anySatisfy(e -> assertThat(e.toString()).contains("category already", "category_2"));
        }

        @Test
        void putsAByteOrderMarkInFrontOnlyIfAsked() {
            JobHarness harness = new JobHarness(directory).content("text\nhello\n");
            harness.settings = harness.settings.withOutputBom(true);

            harness.run(script().build());

            assertThat(harness.outputText()).startsWith("\ufefftext,");
        }

        @Test
        void setsLongRowsAsideAndAccountsForThem() {
            JobHarness harness = new JobHarness(directory).content("id,text\n1,a\n2,b,too,much\n3,c\n");

            Summary summary = harness.run(script().build());

            assertThat(summary.state()).isEqualTo(JobState.COMPLETED_WITH_FAILURES);
            assertThat(summary.counts()).isEqualTo(new Counts(2, 0, 1, 0));
            assertThat(harness.outputText()).contains("\n2,b,,failed,,\n");
            assertThat(JobHarness.read(summary.errors().orElseThrow()))
                    .isEqualTo(
                            "row,line,batch,sub_batch,cause,attempts,message,id,text,surplus\n"
                                    + "2,3,1,,CSV_SHAPE,0,the row does not have the 2 columns of the header,2,b,\"too,much\"\n");
        }

        @Test
        void tellsWhatHappensInOrderAndEndsWithTheSummary() {
            JobHarness harness = new JobHarness(directory).rows(25);

            Summary summary = harness.run(script().build());

            assertThat(harness.events.get(0)).isInstanceOf(JobEvent.Started.class);
            assertThat(harness.events)
                    .filteredOn(JobEvent.BatchPublished.class::isInstance)
                    .hasSize(3);
            assertThat(harness.events.get(harness.events.size() - 1)).isEqualTo(new JobEvent.Ended(summary));
        }

        @Test
        void showsProgressThatNeverGoesBack() {
            JobHarness harness = new JobHarness(directory).rows(200);

            harness.run(script().build());

            List<Long> done = harness.events.stream()
                    .filter(JobEvent.Advanced.class::isInstance)
                    .map(e -> ((JobEvent.Advanced) e).progress().done())
                    .toList();
            assertThat(done).isSorted().last().isEqualTo(200L);
        }

        @Test
        void countsTheSameForProgressForBatchesAndForTheSummary() {
            JobHarness harness = new JobHarness(directory).rows(95);

            Counts counts = harness.run(script().build()).counts();

            assertThat(counts.unmatched()).isPositive();
            assertThat(harness.events)
                    .filteredOn(JobEvent.Advanced.class::isInstance)
                    .last()
                    .satisfies(last -> assertThat(
                                    ((JobEvent.Advanced) last).progress().counts())
                            .isEqualTo(counts));
            assertThat(harness.events.stream()
                            .filter(JobEvent.BatchPublished.class::isInstance)
                            .map(event ->
                                    ((JobEvent.BatchPublished) event).batch().counts())
                            .reduce(Counts.NONE, Counts::plus))
                    .isEqualTo(counts);
        }
    }

    @Nested
    class CallsInFlight {
        @Test
        void areAsManyAsAllowedAndNotMore() {
            JobHarness harness = new JobHarness(directory).rows(95);
            CountDownLatch gate = new CountDownLatch(1);
            ScriptedCategorizer categorizer = script().waitingFor(gate).build();
            Job job = harness.job(categorizer);

            job.run(event -> {
                if (event instanceof JobEvent.Advanced advanced && categorizer.mostInFlight() == 4) {
                    gate.countDown();
                }
            });

            assertThat(categorizer.mostInFlight()).isEqualTo(4);
        }

        @Test
        void doNotWaitForASlowNeighbourOfTheBatchBefore() {
            JobHarness harness = new JobHarness(directory).rows(95);
            CountDownLatch restDone = new CountDownLatch(1);
            ScriptedCategorizer quick = script().build();
            ScriptedCategorizer held = script().waitingFor(restDone).build();
            Job job = harness.job(items -> items.get(0).row() == 1 ? held.categorize(items) : quick.categorize(items));

            Summary summary = job.run(event -> {
                // Row 1 is answered only after all batches but its own are finished.
                if (event instanceof JobEvent.Advanced advanced
                        && advanced.progress().batches() == 9) {
                    restDone.countDown();
                }
            });

            assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
            assertThat(harness.outputText()).isEqualTo(expectedOutput(95));
        }
    }

    @Nested
    class Failures {
        @Test
        void thatMayPassAreTriedAgain() {
            JobHarness harness = new JobHarness(directory).rows(30);
            ScriptedCategorizer categorizer =
                    script().failingCall(2, JobTest::timeout).build();

            Summary summary = harness.run(categorizer);

            assertThat(harness.outputText()).isEqualTo(expectedOutput(30));
            assertThat(summary.retries()).isEqualTo(1);
            assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
        }

        @Test
        void thatDoNotPassMarkTheRowsOfTheirSubBatchOnly() {
            JobHarness harness = new JobHarness(directory).rows(30);

            Summary summary =
                    harness.run(script().failingRow(5, JobTest::timeout).build());

            assertThat(summary.state()).isEqualTo(JobState.COMPLETED_WITH_FAILURES);
            assertThat(summary.tally().byCause()).isEqualTo(Map.of(FailureCause.TIMEOUT, 3L));
            assertThat(harness.events)
                    .filteredOn(JobEvent.RowFailed.class::isInstance)
                    .contains(new JobEvent.RowFailed(5, FailureCause.TIMEOUT, 3, "no answer"));
        }

        @Test
        void thatAreFinalAreNotTriedAgain() {
            JobHarness harness = new JobHarness(directory).rows(30);
            ScriptedCategorizer categorizer = script().failingRow(
                            5, () -> new PermanentCategorizerException(FailureCause.HTTP_4XX, "refused", null))
                    .build();

            Summary summary = harness.run(categorizer);

            assertThat(categorizer.timesAsked(5)).isEqualTo(1);
            assertThat(summary.tally().byCause()).isEqualTo(Map.of(FailureCause.HTTP_4XX, 3L));
        }

        @Test
        void ofTheCategorizerItselfTakeOnlyTheItemThatCausesThem() {
            JobHarness harness = new JobHarness(directory).rows(30);

            Summary summary = harness.run(script().failingRow(5, () -> new IllegalStateException("boom"))
                    .build());

            assertThat(summary.tally().byCause()).isEqualTo(Map.of(FailureCause.CATEGORIZER_ERROR, 1L));
            assertThat(JobHarness.read(summary.errors().orElseThrow()))
                    .contains("\n5,6,1,2,CATEGORIZER_ERROR,")
                    .contains("IllegalStateException at ")
                    .doesNotContain("boom");
        }

        @Test
        void neverLetALabelThroughThatIsNotInTheTaxonomy() {
            JobHarness harness = new JobHarness(directory).rows(30);

            Summary summary = harness.run(ScriptedCategorizer.answering(
                            item -> item.row() == 4 ? Outcome.categorized("Red", "script") : answer(item))
                    .build());

            assertThat(summary.tally().byCause()).isEqualTo(Map.of(FailureCause.UNKNOWN_CATEGORY, 1L));
            assertThat(harness.outputText())
                    .contains("\n4,\"text, 4\",,failed,,\n")
                    .doesNotContain("Red");
        }

        @Test
        void ofACategorizerThatForgetsItemsMarkTheSubBatch() {
            JobHarness harness = new JobHarness(directory).rows(3);

            Summary summary = harness.run(script().forgettingTheLast().build());

            assertThat(summary.tally().byCause()).isEqualTo(Map.of(FailureCause.WRONG_IDS, 3L));
        }

        @Test
        void doNotAllowNoMatchWhereTheTaxonomyDoesNot() {
            JobHarness harness = new JobHarness(directory).rows(30);
            Taxonomy strict = new Taxonomy("", JobHarness.TAXONOMY.categories(), false);

            Summary summary = harness.run(script().build(), builder -> builder.taxonomy(strict));

            assertThat(summary.counts().unmatched()).isZero();
            assertThat(summary.tally().byCause()).isEqualTo(Map.of(FailureCause.UNKNOWN_CATEGORY, 2L));
        }

        @Test
        void ofEveryCallPauseTheJobInsteadOfMarkingTheWholeFile() {
            JobHarness harness = new JobHarness(directory).rows(95);

            Summary summary = harness.run(items -> {
                throw timeout();
            });

            assertThat(summary.state()).isEqualTo(JobState.PAUSED);
            assertThat(summary.reason()).contains(PauseReason.PROVIDER_UNAVAILABLE);
            assertThat(summary.counts().failed()).isLessThanOrEqualTo(4 * 3);
        }

        @Test
        void canBeAskedAgainWithoutAskingTheOthers() {
            JobHarness harness = new JobHarness(directory).rows(40);
            Summary first = harness.run(script().failingRow(5, JobTest::timeout).build());
            ScriptedCategorizer second = script().build();

            Summary summary =
                    harness.run(second, builder -> builder.id(first.jobId()).retryFailed(true));

            assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
            assertThat(harness.outputText()).isEqualTo(expectedOutput(40));
            assertThat(second.rowsAsked()).isEqualTo(3);
            assertThat(JobHarness.read(summary.errors().orElseThrow()).lines()).hasSize(1);
        }

        @Test
        void ofTheShapeOfARowAreNotAskedAgain() {
            JobHarness harness = new JobHarness(directory).content("id,text\n1,a\n2,b,c\n3,d\n4,e\n");
            Summary first = harness.run(script().build());
            ScriptedCategorizer second = script().build();

            Summary summary =
                    harness.run(second, builder -> builder.id(first.jobId()).retryFailed(true));

            assertThat(summary.state()).isEqualTo(JobState.COMPLETED_WITH_FAILURES);
            assertThat(second.calls()).isZero();
        }
    }

    @Nested
    class APausedJob {
        @Test
        void goesOnWhereItStoppedAndEndsWithTheSameBytes() {
            JobHarness harness = new JobHarness(directory).rows(300);
            ScriptedCategorizer categorizer = script().build();
            Summary paused = harness.runUntil(categorizer, 60);

            assertThat(paused.state()).isEqualTo(JobState.PAUSED);
            assertThat(paused.reason()).contains(PauseReason.USER);
            assertThat(paused.left()).isPositive();
            assertThat(harness.output).doesNotExist();

            Summary summary = harness.run(categorizer);

            assertThat(summary.jobId()).isEqualTo(paused.jobId());
            assertThat(summary.rowsBefore()).isEqualTo(paused.counts().total());
            assertThat(harness.outputText()).isEqualTo(expectedOutput(300));
            for (long row = 1; row <= 300; row++) {
                assertThat(categorizer.timesAsked(row)).as("row %d", row).isEqualTo(row % 11 == 0 ? 0 : 1);
            }
        }

        @Test
        void thatCannotGoOnSaysWhyAndCanOnceTheCauseIsGone() {
            JobHarness harness = new JobHarness(directory).rows(50);

            Summary paused = harness.run(script().failingCall(
                            3, () -> new JobPausedException(PauseReason.KEY_REJECTED, "the key is wrong", null))
                    .build());

            assertThat(paused.state()).isEqualTo(JobState.PAUSED);
            assertThat(paused.reason()).contains(PauseReason.KEY_REJECTED);
            assertThat(paused.message()).isEqualTo("the key is wrong");
            assertThat(paused.counts().failed()).isZero();
            assertThat(harness.store.find(paused.jobId()).orElseThrow().reason())
                    .contains(PauseReason.KEY_REJECTED);

            harness.run(script().build());
            assertThat(harness.outputText()).isEqualTo(expectedOutput(50));
        }

        @Test
        void askedBeforeItRunsSendsNothing() {
            JobHarness harness = new JobHarness(directory).rows(50);
            ScriptedCategorizer categorizer = script().build();
            Job job = harness.job(categorizer);

            job.pause("early");
            Summary summary = job.run();

            assertThat(summary.state()).isEqualTo(JobState.PAUSED);
            assertThat(categorizer.calls()).isLessThanOrEqualTo(4);
        }

        @Test
        void byAnInterruptOfItsThreadKeepsTheFlagAndLosesNothing() {
            JobHarness harness = new JobHarness(directory).rows(300);
            Summary paused = harness.job(script().build()).run(event -> {
                if (event instanceof JobEvent.Started) {
                    Thread.currentThread().interrupt();
                }
            });

            assertThat(Thread.interrupted()).isTrue();
            assertThat(paused.state()).isEqualTo(JobState.PAUSED);
            harness.run(script().build());
            assertThat(harness.outputText()).isEqualTo(expectedOutput(300));
        }

        @Test
        void isRefusedWithAnotherInput() {
            JobHarness harness = new JobHarness(directory).rows(300);
            harness.runUntil(script().build(), 60);
            harness.content(JobHarness.read(harness.input).replace("text, 7\"", "text, 8\""));

            assertThatThrownBy(() -> harness.run(script().build()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("input.content: its content has changed")
                    .hasMessageContaining("--existing new");
        }

        @Test
        void isRefusedWithAnotherTaxonomyNamingTheCategory() {
            JobHarness harness = new JobHarness(directory).rows(300);
            harness.runUntil(script().build(), 60);

            assertThatThrownBy(() -> harness.run(
                            script().build(), builder -> builder.taxonomy(Taxonomy.of("red", "green", "black"))))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("category \"black\": new")
                    .hasMessageContaining("category \"blue\": missing");
        }

        @Test
        void isRefusedWithAnotherSettingNamingBothValuesAndStaysAsItWas() {
            JobHarness harness = new JobHarness(directory).rows(300);
            Summary paused = harness.runUntil(script().build(), 60);
            harness.settings = harness.settings.withBatchSize(20);

            assertThatThrownBy(() -> harness.run(script().build()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("batch-size: was \"10\", now \"20\"");
            assertThat(harness.store.find(paused.jobId()).orElseThrow().state()).isEqualTo(JobState.PAUSED);
        }

        @Test
        void isRefusedWithAnotherCategorizer() {
            JobHarness harness = new JobHarness(directory).rows(300);
            harness.runUntil(script().build(), 60);

            assertThatThrownBy(() -> harness.run(script().fingerprint(Map.of("categorizer", "another"))
                            .build()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("categorizer.categorizer: was \"scripted\", now \"another\"");
        }

        @Test
        void acceptsAnotherConcurrency() {
            JobHarness harness = new JobHarness(directory).rows(300);
            harness.runUntil(script().build(), 60);
            harness.settings = harness.settings.withConcurrency(9);

            assertThat(harness.run(script().build()).state()).isEqualTo(JobState.COMPLETED);
        }

        @Test
        void heldBySomebodyElseIsRefusedNamingThem() {
            JobHarness harness = new JobHarness(directory).rows(300);
            Summary paused = harness.runUntil(script().build(), 60);

            try (var lease = harness.store.acquire(paused.jobId(), new Holder(4711, "elsewhere", Instant.EPOCH))) {
                assertThat(lease.epoch()).isEqualTo(2);
                assertThatThrownBy(() -> harness.run(script().build()))
                        .isInstanceOf(JobLockedException.class)
                        .hasMessageContaining("4711")
                        .hasMessageContaining("elsewhere");
            }
        }
    }

    @Nested
    class AFinishedJob {
        @Test
        void hasNothingLeftToDo() {
            JobHarness harness = new JobHarness(directory).rows(50);
            Summary first = harness.run(script().build());
            ScriptedCategorizer second = script().build();

            Summary summary = harness.run(second);

            assertThat(summary.jobId()).isEqualTo(first.jobId());
            assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
            assertThat(summary.message()).isEqualTo("nothing left to do");
            assertThat(second.calls()).isZero();
        }

        @Test
        void writesADeletedOutputAgainWithoutACall() {
            JobHarness harness = new JobHarness(directory).rows(50);
            harness.run(script().build());
            JobHarness.delete(harness.output);
            ScriptedCategorizer second = script().build();

            harness.run(second);

            assertThat(harness.outputText()).isEqualTo(expectedOutput(50));
            assertThat(second.calls()).isZero();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "changed"})
        void makesDamagedBatchFilesAgainWithoutACall(String damage) {
            JobHarness harness = new JobHarness(directory).rows(50);
            Summary first = harness.run(script().build());
            JobHarness.delete(harness.output);
            Path batches = first.directory().resolve("batches");
            JobHarness.write(batches.resolve("batch-00002.csv"), damage);
            JobHarness.delete(batches.resolve("batch-00004.csv"));
            ScriptedCategorizer second = script().build();

            harness.run(second);

            assertThat(harness.outputText()).isEqualTo(expectedOutput(50));
            assertThat(second.calls()).isZero();
        }

        @Test
        void doesNotTouchAnOutputThatSomebodyChanged() {
            JobHarness harness = new JobHarness(directory).rows(50);
            Summary first = harness.run(script().build());
            JobHarness.write(harness.output, "my notes");

            assertThatThrownBy(() -> harness.run(script().build()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("was changed since");
            assertThat(harness.outputText()).isEqualTo("my notes");
            assertThat(harness.store.find(first.jobId()).orElseThrow().state()).isEqualTo(JobState.COMPLETED);
        }

        @Test
        void isLeftAloneByANewJobThatReplacesItsOutput() {
            JobHarness harness = new JobHarness(directory).rows(50);
            Summary first = harness.run(script().build());

            Summary second = harness.run(script().build(), builder -> builder.existing(Existing.NEW));

            assertThat(second.jobId()).isNotEqualTo(first.jobId());
            assertThat(harness.store.jobs()).hasSize(2);
        }

        @Test
        void isRefusedIfExistingJobsAreNotWanted() {
            JobHarness harness = new JobHarness(directory).rows(50);
            harness.run(script().build());

            assertThatThrownBy(() -> harness.run(script().build(), builder -> builder.existing(Existing.FAIL)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("is there already");
        }
    }

    @Nested
    class ARequestThatCannotBe {
        @Test
        void becauseTheOutputIsSomebodyElsesIsRefusedBeforeTheFirstCall() {
            JobHarness harness = new JobHarness(directory).rows(50);
            JobHarness.write(harness.output, "precious");
            ScriptedCategorizer categorizer = script().build();

            assertThatThrownBy(() -> harness.run(categorizer))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("exists");
            assertThat(harness.outputText()).isEqualTo("precious");
            assertThat(categorizer.calls()).isZero();
        }

        @Test
        void becauseTheOutputIsTheInputIsRefused() {
            JobHarness harness = new JobHarness(directory).rows(50);

            assertThatThrownBy(() -> harness.run(
                            script().build(),
                            builder -> builder.output(harness.input).existing(Existing.NEW)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("is the input");
        }

        @Test
        void becauseTheOutputIsALinkToTheInputIsRefused() throws Exception {
            JobHarness harness = new JobHarness(directory).rows(50);
            Path link = Files.createSymbolicLink(directory.resolve("link.csv"), harness.input);
            String before = JobHarness.read(harness.input);

            assertThatThrownBy(() -> harness.run(
                            script().build(), builder -> builder.output(link).existing(Existing.NEW)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("is the input");
            assertThat(JobHarness.read(harness.input)).isEqualTo(before);
        }

        @Test
        void becauseThereIsNoFolderForTheOutputIsRefused() {
            JobHarness harness = new JobHarness(directory).rows(50);
            Path mistyped = directory.resolve("mistyped").resolve("output.csv");

            assertThatThrownBy(() -> harness.run(script().build(), builder -> builder.output(mistyped)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("there is no folder");
            assertThat(mistyped.getParent()).doesNotExist();
        }

        @Test
        void becauseTheOutputIsAFolderIsRefused() {
            JobHarness harness = new JobHarness(directory).rows(50);

            assertThatThrownBy(() -> harness.run(script().build(), builder -> builder.output(directory)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("is a folder");
        }

        @Test
        void becauseTheOutputCannotBeWrittenIsRefused() {
            JobHarness harness = new JobHarness(directory).rows(50);
            Path below = harness.input.resolve("output.csv");

            assertThatThrownBy(() -> harness.run(script().build(), builder -> builder.output(below)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("cannot be written");
        }

        @Test
        void becauseTheInputIsMissingIsRefusedAndLeavesNoJob() {
            JobHarness harness = new JobHarness(directory);

            assertThatThrownBy(() -> harness.run(script().build())).isInstanceOf(InputException.class);
            assertThat(harness.store.jobs()).isEmpty();
        }

        @Test
        void becauseTheTextColumnIsMissingIsRefusedWithTheNearestName() {
            JobHarness harness = new JobHarness(directory).content("id,body\n1,a\n");

            assertThatThrownBy(() -> harness.run(
                            script().build(),
                            builder -> builder.input(CsvSource.of(harness.input).textColumns("boddy"))))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("did you mean \"body\"");
        }
    }

    @Test
    void anOutputWhoseNumbersDoNotAddUpIsNotPublished() {
        JobHarness harness = new JobHarness(directory).rows(50);

        assertThatThrownBy(
                        () -> harness.run(script().build(), builder -> builder.combiner((head, parts, target) -> 49)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("do not add up");
        assertThat(harness.output).doesNotExist();
        assertThat(harness.store.jobs().get(0).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void aListenerThatFailsEndsTheRunAndLosesNoAnswer() {
        JobHarness harness = new JobHarness(directory).rows(50);
        ScriptedCategorizer categorizer = script().taking(Duration.ofMillis(1)).build();

        assertThatThrownBy(() -> harness.job(categorizer).run(event -> {
                    if (event instanceof JobEvent.BatchPublished) {
                        throw new IllegalArgumentException("listener");
                    }
                }))
                .hasMessage("listener");

        harness.run(script().build());
        assertThat(harness.outputText()).isEqualTo(expectedOutput(50));
    }

    @Test
    void noTemporaryFileIsLeftBehind() throws Exception {
        JobHarness harness = new JobHarness(directory).rows(50);

        Summary summary = harness.run(script().build());

        try (var files = Files.list(summary.directory().resolve("tmp"))) {
            assertThat(files).isEmpty();
        }
        try (var files = Files.list(directory)) {
            assertThat(files).map(Path::getFileName).map(Path::toString).allMatch(name -> !name.startsWith("."));
        }
    }
}
