package dev.pigeonhole.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.Decision;
import dev.pigeonhole.core.categorize.JobMemory;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.categorize.Pass;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.checkpoint.JobState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A categorizer that goes through the rows several times, and answers some of them without asking. */
class PassesTest {
    private static final String LOCAL = "local";

    @TempDir
    Path directory;

    private final PayingCategorizer paying = new PayingCategorizer();
    private final PassingCategorizer categorizer = new PassingCategorizer(paying);

    private JobHarness rows(int rows) {
        JobHarness harness = new JobHarness(directory);
        return harness.content(IntStream.rangeClosed(1, rows)
                .mapToObj(row -> row + "," + text(row) + "\n")
                .collect(Collectors.joining("", "id,text\n", "")));
    }

    private static String text(int row) {
        return "text " + row + " " + JobHarness.TAXONOMY.names().get(row % 3);
    }

    /** A pass that asks about some rows and leaves the others. */
    private static Pass draw(LongPredicate drawn) {
        return new Pass() {
            @Override
            public boolean isLast() {
                return false;
            }

            @Override
            public long next(long row) {
                return LongStream.iterate(row, i -> i + 1)
                        .limit(100_000)
                        .filter(drawn)
                        .findFirst()
                        .orElse(Long.MAX_VALUE);
            }

            @Override
            public Decision decide(Item item) {
                return Decision.ASK;
            }
        };
    }

    private static Pass last(LongPredicate asked, OptionalDouble confidence) {
        return new Pass() {
            @Override
            public boolean isLast() {
                return true;
            }

            @Override
            public Decision decide(Item item) {
                return asked.test(item.row())
                        ? Decision.ASK
                        : new Decision.Settle(new Outcome.Categorized("blue", confidence, LOCAL));
            }
        };
    }

    private List<Long> askedRows() {
        return paying.questions.stream()
                .flatMap(question -> question.items().stream().map(Item::row))
                .sorted()
                .toList();
    }

    @Test
    void rowsFromAnywhereShareACallAndEveryRowIsInTheOutputOnce() {
        JobHarness harness = rows(100);
        categorizer.passes = List.of(draw(row -> row % 10 == 0), last(row -> row % 2 == 0, OptionalDouble.of(0.5)));

        Summary summary = harness.run(categorizer);

        assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
        // 10 rows of 10 batches in calls of 3, then 4 rows of each batch.
        assertThat(paying.questions).hasSize(4 + 10 * 2);
        assertThat(paying.questions.subList(0, 4))
                .allMatch(question -> question.items().stream().allMatch(item -> item.row() % 10 == 0));
        assertThat(askedRows())
                .isEqualTo(LongStream.rangeClosed(1, 50).map(i -> 2 * i).boxed().toList());
        List<String> lines = harness.outputText().lines().skip(1).toList();
        assertThat(lines).hasSize(100);
        for (int row = 1; row <= 100; row++) {
            String name = JobHarness.TAXONOMY.names().get(row % 3);
            assertThat(lines.get(row - 1))
                    .isEqualTo(row + "," + text(row) + ","
                            + (row % 2 == 0 ? name + ",categorized,,paying" : "blue,categorized,0.5000,local"));
        }
        assertThat(summary.batches()).isEqualTo(10);
        assertThat(summary.calls()).isEqualTo(24);
        assertThat(lastProgress(harness).calls()).isEqualTo(24);
    }

    private static Progress lastProgress(JobHarness harness) {
        return harness.events.stream()
                .filter(JobEvent.Advanced.class::isInstance)
                .map(event -> ((JobEvent.Advanced) event).progress())
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    @Test
    void batchFilesAreWrittenInTheLastPassOnly() {
        JobHarness harness = rows(40);
        AtomicInteger published = new AtomicInteger(-1);
        categorizer.passes = List.of(draw(row -> true), last(row -> true, OptionalDouble.empty()));
        categorizer.beforePass = pass -> published.compareAndSet(-1, pass == 1 ? batches(harness) : -1);

        harness.run(categorizer);

        assertThat(published).hasValue(0);
        assertThat(batches(harness)).isEqualTo(4);
        assertThat(askedRows()).hasSize(40);
    }

    private static int batches(JobHarness harness) {
        return (int) harness.events.stream()
                .filter(JobEvent.BatchPublished.class::isInstance)
                .count();
    }

    @Test
    void onlyRowsThatAPassIsAboutAreShownToIt() {
        JobHarness harness = rows(12_000);
        List<Long> shown = new ArrayList<>();
        Pass far = draw(row -> row == 7 || row == 11_990);
        categorizer.passes = List.of(
                new Pass() {
                    @Override
                    public boolean isLast() {
                        return false;
                    }

                    @Override
                    public long next(long row) {
                        return far.next(row);
                    }

                    @Override
                    public Decision decide(Item item) {
                        shown.add(item.row());
                        return Decision.LEAVE;
                    }
                },
                last(row -> false, OptionalDouble.empty()));
        harness.settings = harness.settings.withBatchSize(5_000);

        Summary summary = harness.run(categorizer);

        assertThat(shown).containsExactly(7L, 11_990L);
        assertThat(paying.questions).isEmpty();
        assertThat(summary.counts().categorized()).isEqualTo(12_000);
    }

    @Test
    void aTextThatIsAskedAboutOrKnownIsNotDecidedAbout() {
        JobHarness harness = new JobHarness(directory);
        harness.content("id,text\n1,a red\n2,a red\n3,a red\n4,b green\n5,b green\n6,b green\n");
        harness.settings = harness.settings.withConcurrency(1);
        categorizer.passes = List.of(draw(row -> row == 3), last(row -> row == 5, OptionalDouble.of(0.25)));

        harness.run(categorizer);

        assertThat(harness.outputText().lines().skip(1))
                .containsExactly(
                        "1,a red,red,categorized,,cache",
                        "2,a red,red,categorized,,cache",
                        "3,a red,red,categorized,,paying",
                        "4,b green,blue,categorized,0.2500,local",
                        "5,b green,green,categorized,,paying",
                        "6,b green,green,categorized,,cache");
    }

    @Test
    void aLabelThatNobodyAllowedIsAFailureWhoeverGivesIt() {
        JobHarness harness = rows(1);
        categorizer.passes = List.of(new Pass() {
            @Override
            public boolean isLast() {
                return true;
            }

            @Override
            public Decision decide(Item item) {
                return new Decision.Settle(Outcome.categorized("violet", LOCAL));
            }
        });

        assertThat(harness.run(categorizer).state()).isEqualTo(JobState.COMPLETED_WITH_FAILURES);
    }

    @Test
    void theLastPassMustLeaveNoRow() {
        JobHarness harness = rows(5);
        categorizer.passes = List.of(new Pass() {
            @Override
            public boolean isLast() {
                return true;
            }

            @Override
            public Decision decide(Item item) {
                return item.row() == 4 ? Decision.LEAVE : Decision.ASK;
            }
        });

        assertThatThrownBy(() -> harness.run(categorizer))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("row 4");
    }

    @Test
    void outcomesThatWereTooBoldAreDecidedAnew() {
        JobHarness harness = rows(60);
        AtomicReference<JobMemory> memory = new AtomicReference<>();
        categorizer.passes = List.of(
                new Pass() {
                    @Override
                    public boolean isLast() {
                        return true;
                    }

                    @Override
                    public Decision decide(Item item) {
                        return new Decision.Settle(
                                new Outcome.Categorized("red", OptionalDouble.of(item.row() / 100.0), LOCAL));
                    }
                },
                last(row -> true, OptionalDouble.empty()));
        categorizer.whenBegun = memory::set;
        categorizer.beforePass = pass -> {
            if (pass == 1) {
                assertThat(memory.get().reopen(LOCAL, 0.31)).isEqualTo(30);
            }
        };

        Summary summary = harness.run(categorizer);

        assertThat(askedRows()).isEqualTo(LongStream.rangeClosed(1, 30).boxed().toList());
        assertThat(summary.counts().categorized()).isEqualTo(60);
        assertThat(batches(harness)).isEqualTo(6 + 3);
        assertThat(harness.outputText().lines().skip(31)).allMatch(line -> line.endsWith(",local"));
    }

    @Test
    void whatIsKnownOfRowsCanBeReadBetweenPasses() {
        JobHarness harness = new JobHarness(directory);
        harness.content("id,text\n1,a red\n2,\n3,c never\n4,d green\n5,e nothing\n6,f red\n");
        List<String> seen = new ArrayList<>();
        AtomicReference<JobMemory> memory = new AtomicReference<>();
        categorizer.whenBegun = memory::set;
        categorizer.passes = List.of(draw(row -> row < 6), last(row -> true, OptionalDouble.empty()));
        categorizer.beforePass = pass -> {
            if (pass == 1) {
                memory.get()
                        .forEachOutcome(
                                row -> row != 4,
                                (item, outcome) -> seen.add(item.row() + " " + item.text() + " "
                                        + outcome.getClass().getSimpleName()));
            }
        };

        harness.run(categorizer);

        assertThat(seen).containsExactly("1 a red Categorized", "3 c never Failed", "5 e nothing Unmatched");
        assertThat(memory.get().rows()).isEqualTo(6);
    }

    @Test
    void aJobThatIsAskedToWaitBetweenPassesGoesOnWithTheSamePass() {
        JobHarness harness = rows(30);
        categorizer.passes = List.of(draw(row -> row <= 6), last(row -> true, OptionalDouble.empty()));
        AtomicReference<Job> job = new AtomicReference<>();
        categorizer.beforePass = pass -> {
            if (pass == 1) {
                job.get().pause("enough for today");
            }
        };
        job.set(harness.job(categorizer));

        Summary paused = job.get().run();
        assertThat(paused.state()).isEqualTo(JobState.PAUSED);
        assertThat(paused.reason()).contains(PauseReason.USER);
        assertThat(paused.message()).isEqualTo("enough for today");
        assertThat(paused.counts().total()).isEqualTo(6);
        assertThat(paused.calls()).isEqualTo(2);

        categorizer.beforePass = pass -> {};
        assertThat(harness.run(categorizer).state()).isEqualTo(JobState.COMPLETED);
        assertThat(paying.rowsBilled()).isEqualTo(30);
    }

    @Test
    void aReasonToWaitThatIsFoundBetweenPassesIsKept() {
        JobHarness harness = rows(30);
        categorizer.passes = List.of(draw(row -> row <= 6), last(row -> true, OptionalDouble.empty()));
        categorizer.beforePass = pass -> {
            if (pass == 1) {
                throw new JobPausedException(PauseReason.QUOTA, "no money", null);
            }
        };

        Summary paused = harness.run(categorizer);

        assertThat(paused.state()).isEqualTo(JobState.PAUSED);
        assertThat(paused.reason()).contains(PauseReason.QUOTA);
        assertThat(paying.rowsBilled()).isEqualTo(6);
    }

    @Test
    void aPassThatFailsEndsTheJobAndKeepsWhatIsThere() {
        JobHarness harness = rows(30);
        categorizer.passes = List.of(draw(row -> row <= 6), last(row -> true, OptionalDouble.empty()));
        categorizer.beforePass = pass -> {
            if (pass == 1) {
                throw new IllegalStateException("cannot learn");
            }
        };
        assertThatThrownBy(() -> harness.run(categorizer)).hasMessage("cannot learn");

        categorizer.beforePass = pass -> {};
        assertThat(harness.run(categorizer).state()).isEqualTo(JobState.COMPLETED);
        assertThat(paying.rowsBilled()).isEqualTo(30);
    }

    @Test
    void answersPaidForInADrawAreUsedWhenTheRunIsKilledBeforeTheyAreRecorded() {
        JobHarness harness = rows(30);
        categorizer.passes = List.of(draw(row -> row % 5 == 0), last(row -> true, OptionalDouble.empty()));
        paying.whenPaid = question -> {
            throw new OutOfMemoryError("as good as killed");
        };
        assertThatThrownBy(() -> harness.run(categorizer)).isInstanceOf(OutOfMemoryError.class);
        long billed = paying.rowsBilled();

        paying.whenPaid = question -> {};
        Summary summary = harness.run(categorizer);

        assertThat(billed).isPositive();
        assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
        assertThat(paying.rowsBilled()).isEqualTo(30);
    }

    @Test
    void aRebuiltJobIsDecidedAboutAsBefore() {
        JobHarness harness = rows(60);
        categorizer.passes = List.of(draw(row -> row % 7 == 0), last(row -> row % 2 == 0, OptionalDouble.of(0.5)));
        harness.run(categorizer);
        String before = harness.outputText();
        List<Question> asked = List.copyOf(paying.questions);

        harness.run(categorizer, job -> job.rebuild(true));

        assertThat(harness.outputText()).isEqualTo(before);
        assertThat(paying.questions).isEqualTo(asked);
    }

    @Test
    void answersAreKnownUnderTheFingerprintOfWhoGaveThem() {
        paying.lasting = true;
        JobHarness harness = rows(20);
        harness.run(paying);
        categorizer.passes = List.of(last(row -> true, OptionalDouble.empty()));

        Summary summary = harness.run(categorizer, job -> job.existing(Existing.NEW));

        assertThat(summary.calls()).isZero();
        assertThat(Optional.of(paying.rowsBilled())).contains(20L);
    }
}
