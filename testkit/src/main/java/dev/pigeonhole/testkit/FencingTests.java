package dev.pigeonhole.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.checkpoint.StaleLeaseException;
import dev.pigeonhole.core.ledger.CallLedger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whoever lost the job to somebody else changes nothing more, even if the lock did not hold. */
interface FencingTests extends StoreUnderTest {
    @Test
    default void aStaleLeaseWritesNothing() {
        JobLease old = newJob();
        String id = old.job().id();
        old.record(List.of(SampleJobs.failed(1, FailureCause.TIMEOUT)));
        CallLedger ledger = old.ledger();
        ledger.begin(SampleCalls.intent(1));
        dropLock(id);
        try (JobLease next = store().acquire(id, SampleJobs.HOLDER)) {
            assertThat(next.epoch()).isGreaterThan(old.epoch());
            Runnable move = () -> {
                throw new AssertionError("must not run");
            };
            Map<String, Runnable> writes = Map.ofEntries(
                    entry("record", () -> old.record(List.of(SampleJobs.categorized(2)))),
                    entry("record nothing", () -> old.record(List.of())),
                    entry("begin a call", () -> ledger.begin(SampleCalls.intent(1))),
                    entry("answer a call", () -> ledger.answered(1, SampleCalls.answer("", 1))),
                    entry("free a call", () -> ledger.unbilled(1)),
                    entry("begin calls", () -> ledger.beginAll(List.of(SampleCalls.intent(1)))),
                    entry("end calls", () -> ledger.endAll(new TreeMap<>(Map.of(1L, Optional.empty())))),
                    entry("publish batch", () -> old.publishBatch(SampleJobs.batch(1, 1, 1), move)),
                    entry("publish output", () -> old.publishOutput(SampleJobs.output(), move)),
                    entry("reopen", old::reopenFailures),
                    entry("reopen unsure", () -> old.reopenUnsure("local", 1)),
                    entry("reopen all", old::reopenAnswered),
                    entry("state", () -> old.changeState(JobState.COMPLETED, null, "")));
            writes.forEach((name, write) -> assertThatThrownBy(write::run)
                    .as(name)
                    .isInstanceOf(StaleLeaseException.class)
                    .hasMessageContaining(id));

            assertThat(StoreUnderTest.outcomes(next, 1, 10))
                    .containsExactly(SampleJobs.failed(1, FailureCause.TIMEOUT));
            assertThat(next.ledger().bill().sent()).isOne();
            assertThat(next.ledger().bill().unanswered()).isOne();
            assertThat(next.batchStartingAt(1)).isEmpty();
            assertThat(next.job().output()).isEmpty();
            assertThat(next.job().state()).isEqualTo(JobState.RUNNING);
            next.record(List.of(SampleJobs.categorized(2)));
        }
    }

    private static Map.Entry<String, Runnable> entry(String name, Runnable write) {
        return Map.entry(name, write);
    }

    @Test
    default void closingAStaleLeaseLeavesTheJobWithItsNewHolder() {
        JobLease old = newJob();
        String id = old.job().id();
        dropLock(id);
        try (JobLease next = store().acquire(id, SampleJobs.HOLDER)) {
            old.close();
            next.record(List.of(SampleJobs.categorized(1)));

            assertThat(next.job().state()).isEqualTo(JobState.RUNNING);
            assertThat(next.counts().categorized()).isOne();
        }
    }
}
