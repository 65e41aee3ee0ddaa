package dev.pigeonhole.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobLockedException;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.testkit.SampleJobs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one workspace, and processes that are killed. */
class ProcessTest {
    private static final int KILLS = Integer.getInteger("pigeonhole.kills", 10);

    @TempDir
    Path workspace;

    @Test
    void aJobHeldByAnotherProcessIsRefusedUntilThatProcessIsKilled() throws Exception {
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(workspace)) {
            String id = store.create(SampleJobs.plan("job")).id();
            try (ChildProcess child = ChildProcess.start(RecordingProcess.class, workspace.toString(), id)) {
                assertThat(child.readLine()).isEqualTo("held");

                assertThatThrownBy(() -> store.acquire(id, SampleJobs.HOLDER))
                        .isInstanceOf(JobLockedException.class)
                        .hasMessageContaining("process " + child.pid() + " on child");
                assertThat(store.find(id).orElseThrow().state()).isEqualTo(JobState.RUNNING);

                child.kill();
            }
            assertThat(store.find(id).orElseThrow().state()).isEqualTo(JobState.INTERRUPTED);
            try (JobLease lease = store.acquire(id, SampleJobs.HOLDER)) {
                assertThat(lease.epoch()).isEqualTo(2);
                assertThat(store.find(id).orElseThrow().state()).isEqualTo(JobState.RUNNING);
            }
        }
    }

    @Test
    void aJobHeldHereIsRefusedToAnotherProcess() throws Exception {
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(workspace);
                JobLease lease =
                        store.acquire(store.create(SampleJobs.plan("job")).id(), SampleJobs.HOLDER)) {
            // Looking at the lock from this process must not lose it, as it would with the locks of Java.
            assertThat(lease.job().state()).isEqualTo(JobState.RUNNING);
            String id = lease.job().id();
            try (ChildProcess child = ChildProcess.start(RecordingProcess.class, workspace.toString(), id)) {
                assertThat(child.readLine()).isEqualTo("locked");
            }
            lease.record(List.of(SampleJobs.categorized(1)));
        }
    }

    @Test
    void whatWasSaidToBeRecordedIsThereAfterAKill() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        TreeSet<Long> acknowledged = new TreeSet<>();
        String id = newJob();
        long next = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            String start = Long.toString(next);
            try (ChildProcess child = ChildProcess.start(RecordingProcess.class, workspace.toString(), id, start)) {
                assertThat(child.readLine()).isEqualTo("held");
                for (int lines = random.nextInt(60); lines > 0; lines--) {
                    acknowledged.add(Long.valueOf(String.valueOf(child.readLine())));
                }
                child.kill().forEach(line -> acknowledged.add(Long.valueOf(line)));
            }
            next = acknowledged.isEmpty() ? 0 : acknowledged.last() + 1;
            assertWhole(id, next, "seed " + seed + ", kill " + kill);
        }
    }

    @Test
    void everyCallAndAnswerThatWasSaidToBeEnteredIsThereAfterAKill() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Set<String> entered = new HashSet<>();
        String id = newJob();
        for (int kill = 0; kill < KILLS / 3; kill++) {
            try (ChildProcess child = ChildProcess.start(CallingProcess.class, workspace.toString(), id)) {
                for (int lines = random.nextInt(200); lines > 0; lines--) {
                    entered.add(String.valueOf(child.readLine()));
                }
                entered.addAll(child.kill());
            }
            assertEntered(id, entered, "seed " + seed + ", kill " + kill);
        }
    }

    private void assertEntered(String id, Set<String> entered, String when) {
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(workspace);
                JobLease lease = store.acquire(id, SampleJobs.HOLDER)) {
            Bill bill = lease.ledger().bill();
            Set<String> found = new HashSet<>();
            for (long call = 1; call <= bill.sent(); call++) {
                found.add("begun " + call);
            }
            lease.ledger().forEachUnsettled(call -> {
                assertThat(call.answer()).as(when).isEqualTo(CallingProcess.answer(call.number()));
                found.add("answered " + call.number());
            });
            assertThat(found).as(when).containsAll(entered);
            assertThat(bill.answered()).as(when).isEqualTo(found.size() - bill.sent());
        }
    }

    /** All that was acknowledged is there, and at most one group more: whole, and equal. */
    private void assertWhole(String id, long groups, String when) {
        List<RowOutcome> expected = new ArrayList<>();
        for (long group = 0; group <= groups; group++) {
            expected.addAll(RecordingProcess.group(group));
        }
        List<RowOutcome> found = new ArrayList<>();
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(workspace);
                JobLease lease = store.acquire(id, SampleJobs.HOLDER)) {
            lease.forEachOutcome(1, Long.MAX_VALUE, found::add);
            assertThat(lease.counts().total()).isEqualTo(found.size());
        }
        int size = (int) groups * RecordingProcess.GROUP;
        assertThat(found.size()).as(when).isIn(size, size + RecordingProcess.GROUP);
        assertThat(found).as(when).isEqualTo(expected.subList(0, found.size()));
    }

    private String newJob() {
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(workspace)) {
            return store.create(SampleJobs.plan("job")).id();
        }
    }
}
