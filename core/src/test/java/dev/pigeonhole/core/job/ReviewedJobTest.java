package dev.pigeonhole.core.job;

import static dev.pigeonhole.core.job.JobHarness.expectedOutput;
import static dev.pigeonhole.core.job.JobHarness.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.categorize.PermanentCategorizerException;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.JobRows;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.checkpoint.Verdict;
import dev.pigeonhole.core.combine.ErrorsFileWriter;
import dev.pigeonhole.core.testing.ScriptedCategorizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people say of the rows of a finished job gets into its output by running it again. */
class ReviewedJobTest {
    private static final int ROWS = 45;
    private static final Verdict BLUE = new Verdict.Category("blue");

    @TempDir
    Path directory;

    private static JobRows rows(JobHarness harness) {
        return harness.store.rows(harness.store.jobs().get(0).id());
    }

    /** The output with another answer in one row. */
    private static String with(String output, long row, String result) {
        return output.replaceFirst("(?m)^(" + row + ",(\"[^\"]*\"|[^,]*)),.*$", "$1," + result);
    }

    @Test
    void theNextRunPublishesWhatPeopleSaidAndNothingElse() {
        JobHarness harness = new JobHarness(directory).rows(ROWS);
        ScriptedCategorizer categorizer = script().build();
        harness.run(categorizer);
        rows(harness).review(1, BLUE);
        rows(harness).review(14, new Verdict.NoCategory());
        rows(harness).review(22, BLUE);
        rows(harness).review(3, new Verdict.Confirmed());

        Summary summary = harness.run(categorizer);

        String expected = with(expectedOutput(ROWS), 1, "blue,categorized,,human");
        expected = with(expected, 14, ",unmatched,,human");
        expected = with(expected, 22, "blue,categorized,,human");
        assertThat(harness.outputText()).isEqualTo(expected).isNotEqualTo(expectedOutput(ROWS));
        assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
        assertThat(summary.counts().total()).isEqualTo(ROWS);
        assertThat(harness.events).anySatisfy(e -> assertThat(e.toString()).contains("3 rows are as people said"));
        assertThat(categorizer.rowsAsked()).as("nobody is asked again").isEqualTo(41);
        assertThat(harness.run(categorizer).message()).isEqualTo("nothing left to do");
    }

    @Test
    void afterUndoingTheOriginalBytesComeBack() throws IOException {
        JobHarness harness = new JobHarness(directory).rows(ROWS);
        harness.run(script().build());
        byte[] original = Files.readAllBytes(harness.output);
        rows(harness).review(1, BLUE);
        rows(harness).review(44, BLUE);
        harness.run(script().build());
        assertThat(harness.output).binaryContent().isNotEqualTo(original);

        rows(harness).undo();
        rows(harness).undo();
        Summary summary = harness.run(script().build());

        assertThat(harness.output).binaryContent().isEqualTo(original);
        assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aJobWhoseOnlyFailureIsCorrectedIsCompleted() {
        JobHarness harness = new JobHarness(directory).rows(ROWS);
        harness.settings = harness.settings.withSubBatchSize(1);
        ScriptedCategorizer categorizer = script().failingRow(
                        20, () -> new PermanentCategorizerException(FailureCause.CONTENT_FILTER, "refused", null))
                .build();
        Summary failed = harness.run(categorizer);
        assertThat(failed.state()).isEqualTo(JobState.COMPLETED_WITH_FAILURES);
        Path errors = ErrorsFileWriter.file(failed.directory());
        assertThat(errors).content().contains("\n20,");
        rows(harness).review(20, BLUE);

        Summary summary = harness.run(categorizer);

        assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
        assertThat(summary.counts().failed()).isZero();
        assertThat(errors).content().hasLineCount(1);
        assertThat(harness.outputText()).isEqualTo(with(expectedOutput(ROWS), 20, "blue,categorized,,human"));
    }

    @Test
    void askingAgainLeavesWhatPeopleSaid() {
        JobHarness harness = new JobHarness(directory).rows(ROWS);
        harness.settings = harness.settings.withSubBatchSize(1);
        ScriptedCategorizer failing = script().failingRow(
                        20, () -> new PermanentCategorizerException(FailureCause.CONTENT_FILTER, "refused", null))
                .failingRow(21, () -> new PermanentCategorizerException(FailureCause.CONTENT_FILTER, "refused", null))
                .build();
        harness.run(failing);
        rows(harness).review(20, BLUE);
        rows(harness).review(1, BLUE);
        ScriptedCategorizer well = script().build();

        Summary summary = harness.run(well, job -> job.retryFailed(true));

        String expected = with(expectedOutput(ROWS), 1, "blue,categorized,,human");
        assertThat(harness.outputText()).isEqualTo(with(expected, 20, "blue,categorized,,human"));
        assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
        assertThat(well.rowsAsked()).isOne();
    }

    @Test
    void makingAnewFromStoredAnswersLeavesWhatPeopleSaid() {
        PayingCategorizer categorizer = new PayingCategorizer();
        JobHarness harness = new JobHarness(directory).content("id,text\n1,x red\n2,y green\n3,z red\n");
        harness.run(categorizer);
        String before = harness.outputText();
        rows(harness).review(2, BLUE);
        harness.run(categorizer);

        Summary summary = harness.run(categorizer, job -> job.rebuild(true));

        assertThat(harness.outputText()).isEqualTo(with(before, 2, "blue,categorized,,human"));
        assertThat(summary.counts()).isEqualTo(new Counts(3, 0, 0, 0));
        assertThat(categorizer.rowsBilled()).isEqualTo(3);
        rows(harness).undo();
        harness.run(categorizer);
        assertThat(harness.outputText()).isEqualTo(before);
    }

    @Test
    void whereverTheRunEndsSuddenlyTheNextOnePublishesWhatPeopleSaid() throws IOException {
        String expected = with(expectedOutput(ROWS), 17, "blue,categorized,,human");
        for (int n = 1; ; n++) {
            int failing = n;
            Path folder = Files.createDirectory(directory.resolve("n" + n));
            CheckpointStore store = CheckpointStore.inMemory(folder.resolve("workspace"));
            JobHarness well = new JobHarness(folder, store).rows(ROWS);
            ScriptedCategorizer categorizer = script().build();
            well.run(categorizer);
            rows(well).review(17, BLUE);
            AtomicInteger operations = new AtomicInteger();
            JobHarness faulty = new JobHarness(folder, new FaultyStore(store, operation -> {
                if (operations.incrementAndGet() >= failing) {
                    throw FaultyStore.fault(operation);
                }
            }));
            try {
                faulty.run(categorizer);
                assertThat(operations.get()).isLessThan(n);
                assertThat(n).isGreaterThan(5);
                return;
            } catch (StorageException e) {
                assertThat(well.outputText()).isIn(expectedOutput(ROWS), expected);
            }

            Summary summary = well.run(categorizer);

            assertThat(well.outputText()).as("n = %d", n).isEqualTo(expected);
            assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
            assertThat(categorizer.rowsAsked()).as("asked, n = %d", n).isEqualTo(41);
        }
    }
}
