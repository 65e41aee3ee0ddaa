package dev.pigeonhole.core.combine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.FinishedBatch;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.file.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchFileWriterTest {
    @TempDir
    Path directory;

    private CombineHarness harness;

    @BeforeEach
    void input() throws IOException {
        harness = new CombineHarness(directory, "text,id\na,1\n\"b\nc\",2\nd,3\ne,4\nf,5\n", ",", List.of("red"));
    }

    private void record(long... rows) {
        harness.lease.record(LongStream.of(rows)
                .mapToObj(row -> new RowOutcome(row, Outcome.categorized("red", "x"), 1, 1))
                .toList());
    }

    @Test
    void writesTheRowsOfTheBatchAndNoOthers() throws IOException {
        record(1, 2, 3, 4, 5);

        FinishedBatch batch = harness.batches().write(7, 2, 3);

        Path file = BatchFileWriter.file(harness.directory(), 7);
        assertThat(file).hasFileName("batch-00007.csv");
        assertThat(Files.readString(file)).isEqualTo("\"b\nc\",2,red,categorized,,x\nd,3,red,categorized,,x\n");
        assertThat(batch.counts()).isEqualTo(new Counts(2, 0, 0, 0));
        assertThat(batch.file().bytes()).isEqualTo(Files.size(file));
        assertThat(harness.lease.batchStartingAt(2)).contains(batch);
    }

    @Test
    void writesTheSameAgain() {
        record(1, 2, 3, 4, 5);

        FinishedBatch once = harness.batches().write(1, 1, 5);
        FinishedBatch again = harness.batches().write(1, 1, 5);

        assertThat(again).isEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4})
    void refusesABatchInWhichARowHasNoOutcome(long missing) {
        record(LongStream.rangeClosed(1, 5).filter(row -> row != missing).toArray());

        assertThatThrownBy(() -> harness.batches().write(1, 2, 4)).isInstanceOf(IllegalStateException.class);

        assertThat(BatchFileWriter.file(harness.directory(), 1)).doesNotExist();
        assertThat(harness.lease.batchStartingAt(2)).isEmpty();
        assertThat(harness.directory().resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void batchesThatArePublishedTogetherAreWhatEachWouldBeAlone() throws IOException {
        record(1, 2, 3, 4, 5);

        List<FinishedBatch> together =
                harness.batches().write(List.of(new BatchFileWriter.Rows(1, 1, 2), new BatchFileWriter.Rows(3, 5, 5)));

        assertThat(BatchFileWriter.file(harness.directory(), 1))
                .hasContent("a,1,red,categorized,,x\n\"b\nc\",2,red,categorized,,x\n");
        assertThat(BatchFileWriter.file(harness.directory(), 3)).hasContent("f,5,red,categorized,,x\n");
        assertThat(together)
                .containsExactly(
                        harness.batches().write(1, 1, 2), harness.batches().write(3, 5, 5));
        assertThat(harness.lease.batchStartingAt(5)).contains(together.get(1));
        assertThat(harness.directory().resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void ifOneOfThemCannotBeWrittenNoneIsPublished() {
        record(1, 2, 3, 5);

        assertThatThrownBy(() -> harness.batches()
                        .write(List.of(new BatchFileWriter.Rows(1, 1, 2), new BatchFileWriter.Rows(2, 3, 4))))
                .isInstanceOf(IllegalStateException.class);

        assertThat(BatchFileWriter.file(harness.directory(), 1)).doesNotExist();
        assertThat(BatchFileWriter.file(harness.directory(), 2)).doesNotExist();
        assertThat(harness.lease.batchStartingAt(1)).isEmpty();
        assertThat(harness.directory().resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void whatWasReadOfAChangedInputIsNotPublished() {
        record(1, 2, 3, 4, 5);
        InputException changed = new InputException("changed");
        BatchFileWriter batches =
                new BatchFileWriter(harness.lease, harness.source, harness.profile, Disk.real(), () -> {
                    throw changed;
                });

        assertThatThrownBy(() -> batches.write(1, 1, 5)).isSameAs(changed);

        assertThat(BatchFileWriter.file(harness.directory(), 1)).doesNotExist();
        assertThat(harness.lease.batchStartingAt(1)).isEmpty();
        assertThat(harness.directory().resolve("tmp")).isEmptyDirectory();
    }
}
