package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.checkpoint.AnswerKey;
import dev.pigeonhole.core.checkpoint.FinishedBatch;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobRows;
import dev.pigeonhole.core.checkpoint.KnownAnswer;
import dev.pigeonhole.core.checkpoint.RowFilter;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.testkit.SampleCalls;
import dev.pigeonhole.testkit.SampleJobs;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that a workspace says, by every way of asking, each for itself; what it refuses to say is left out. */
final class Contents {
    private final Path workspace;
    private final Map<String, Object> answers = new TreeMap<>();

    private Contents(Path workspace) {
        this.workspace = workspace;
    }

    /** Without the look for damage before a job is held, which large databases do not get either. */
    static Map<String, Object> read(Path workspace, List<String> ids) {
        Contents contents = new Contents(workspace);
        contents.ask("open", () -> {
            try (JdbcCheckpointStore store =
                    JdbcCheckpointStore.open(unchecked(workspace), workspace.resolve("jobs"))) {
                contents.ask("jobs", () -> contents.inWorkspace(store.jobs()));
                ids.forEach(id -> contents.readJob(store, id));
                contents.readAnswers(store);
                return true;
            }
        });
        return contents.answers;
    }

    /** What the job's recording {@code number} tells all jobs. */
    static KnownAnswer answer(int number) {
        AnswerKey key = AnswerKey.of(new byte[0], "text " + number);
        return new KnownAnswer(key, Outcome.categorized("Other", "source " + number));
    }

    private static Engine unchecked(Path workspace) {
        return new SqliteEngine(workspace) {
            @Override
            public void check(Connection connection) {}
        };
    }

    /** An answer that is not found is only asked for again. */
    private void readAnswers(JdbcCheckpointStore store) {
        for (int i = 0; i < 10; i++) {
            AnswerKey key = answer(i).key();
            ask("known " + i, () -> store.known(List.of(key)).get(key));
        }
    }

    private void readJob(JdbcCheckpointStore store, String id) {
        ask("find " + id, () -> inWorkspace(store.find(id).stream().toList()));
        ask("tally " + id, () -> store.tally(id));
        ask("bill " + id, () -> store.bill(id));
        ask("rows " + id, () -> {
            readRows(store.rows(id), id);
            return true;
        });
        ask("acquire " + id, () -> {
            try (JobLease lease = store.acquire(id, SampleJobs.HOLDER)) {
                readLease(lease, id);
                return lease.epoch();
            }
        });
    }

    private void readRows(JobRows rows, String id) {
        ask("seen " + id, () -> this.<RowOutcome>list(rows::forEach));
        ask("facets " + id, () -> rows.facets(RowFilter.ALL));
        ask("reviews " + id, () -> rows.reviews(99));
        ask("reviewed " + id, rows::reviewed);
        ask("row 1 " + id, () -> rows.find(1));
        ask("row 701 " + id, () -> rows.find(701));
    }

    private void readLease(JobLease lease, String id) {
        ask("counts " + id, lease::counts);
        ask("recorded " + id, () -> lease.recorded(1, 3000));
        for (int row = 1; row < 1300; row += 100) {
            int first = row;
            ask("batch starting at " + row + " " + id, () -> lease.batchStartingAt(first));
            ask("recorded from " + row + " " + id, () -> lease.recorded(first, 7));
            ask(
                    "outcomes from " + row + " " + id,
                    () -> this.<RowOutcome>list(c -> lease.forEachOutcome(first, first + 99, c)));
        }
        ask("batches " + id, () -> this.<FinishedBatch>list(lease::forEachBatch));
        ask("failures " + id, () -> this.<RowOutcome>list(lease::forEachFailure));
        ask("calls " + id, () -> SampleCalls.answers(lease.ledger()));
        ask("unsettled " + id, () -> SampleCalls.unsettled(lease.ledger()));
    }

    private <T> List<T> list(Consumer<Consumer<T>> asking) {
        List<T> list = new ArrayList<>();
        asking.accept(list::add);
        return list;
    }

    private void ask(String what, Supplier<@Nullable Object> question) {
        try {
            Object answer = question.get();
            if (answer != null) {
                answers.put(what, answer);
            }
        } catch (StorageException e) {
            if (!e.getMessage().contains(workspace.toString())) {
                throw new AssertionError("the message does not say where: " + e.getMessage(), e);
            }
        }
    }

    /** Copies of a workspace differ in where they are. */
    private List<JobRecord> inWorkspace(List<JobRecord> jobs) {
        return jobs.stream()
                .map(job -> new JobRecord(
                        job.id(),
                        job.plan(),
                        job.created(),
                        workspace.relativize(job.directory()),
                        job.state(),
                        job.reason(),
                        job.message(),
                        job.holder(),
                        job.output()))
                .toList();
    }
}
