package dev.pigeonhole.core.job;

import static dev.pigeonhole.core.job.JobHarness.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.job.FaultyStore.Operation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is told of a row may rely on it: what is counted is durable. */
class CountingTest {
    private static final int ROWS = 200;

    @TempDir
    Path directory;

    /** What an event said, and what the store held at that moment. */
    private record Seen(long counted, long durable) {}

    private final List<Seen> seen = new ArrayList<>();

    private void look(CheckpointStore store, JobEvent event) {
        if (event instanceof JobEvent.Advanced advanced) {
            String job = store.jobs().get(0).id();
            seen.add(new Seen(
                    advanced.progress().counts().total(), store.counts(job).total()));
        }
    }

    @Test
    void progressCountsNoRowThatIsNotDurable() {
        JobHarness harness = new JobHarness(directory).rows(ROWS);

        harness.job(script().build()).run(event -> look(harness.store, event));

        assertThat(seen).isNotEmpty().allMatch(at -> at.counted() <= at.durable());
        assertThat(seen.get(seen.size() - 1)).isEqualTo(new Seen(ROWS, ROWS));
    }

    @Test
    void rowsThatCouldNotBeRecordedAreNotCounted() {
        CheckpointStore store = CheckpointStore.inMemory(directory.resolve("workspace"));
        AtomicInteger records = new AtomicInteger();
        JobHarness harness = new JobHarness(directory, new FaultyStore(store, operation -> {
                    if (operation == Operation.RECORD && records.incrementAndGet() > 2) {
                        throw FaultyStore.fault(operation);
                    }
                }))
                .rows(ROWS);

        assertThatThrownBy(() -> harness.job(script().build()).run(event -> look(store, event)))
                .isInstanceOf(StorageException.class);

        assertThat(seen).isNotEmpty().allMatch(at -> at.counted() <= at.durable());
    }
}
