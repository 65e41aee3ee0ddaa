package dev.pigeonhole.cli;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.JobPlan;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.checkpoint.Tally;
import dev.pigeonhole.core.csv.CsvDialect;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.job.Progress;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.core.ledger.Bill;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Values of core, made without running a job. */
final class Samples {
    private Samples() {}

    /** All rows done so far are categorized; calls of 20 rows, one after the other, one second each. */
    static Progress progress(long rows, long calls) {
        return progress(rows, calls, 1, Duration.ofSeconds(calls));
    }

    static Progress progress(long rows, long calls, int concurrency, Duration elapsed) {
        long done = Math.min(rows, calls * 20);
        return new Progress(
                rows,
                new Counts(done, 0, 0, 0),
                0,
                calls,
                Duration.ofSeconds(1),
                Math.min(concurrency, 1),
                0,
                concurrency,
                0,
                Bill.NONE,
                elapsed,
                Duration.ZERO,
                Optional.empty());
    }

    static Progress silent(Progress like, Duration meanCall, int inFlight, Duration silence) {
        return new Progress(
                like.rows(),
                like.counts(),
                like.rowsBefore(),
                like.calls(),
                meanCall,
                inFlight,
                like.waiting(),
                like.concurrency(),
                like.batches(),
                like.bill(),
                like.elapsed(),
                silence,
                like.sentinels());
    }

    static JobRecord job(SortedMap<String, String> launch) {
        CsvProfile profile = new CsvProfile(
                100,
                "0".repeat(64),
                new CsvDialect(StandardCharsets.UTF_8, false, ',', "\n"),
                List.of("text"),
                "text",
                List.of(0),
                20_000,
                CsvProfile.Oddities.NONE,
                List.of());
        JobPlan plan = new JobPlan(
                "",
                Path.of("/data/in.csv"),
                Path.of("/data/out.csv"),
                new TreeMap<>(),
                launch,
                List.of("Billing"),
                profile);
        return new JobRecord(
                "job1",
                plan,
                Instant.EPOCH,
                Path.of("/data/jobs/job1"),
                JobState.RUNNING,
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty());
    }

    static Summary summary(JobState state, Optional<PauseReason> reason, String message, Tally tally) {
        return new Summary(
                "job1",
                state,
                reason,
                message,
                tally.counts().total(),
                tally,
                1,
                0,
                3,
                1,
                Bill.NONE,
                Duration.ofSeconds(200),
                Optional.of(Path.of("/data/out.csv")),
                Optional.of(Path.of("/data/jobs/job1/errors.csv")),
                Path.of("/data/jobs/job1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Tally tally(Map<String, Long> byCategory, Map<FailureCause, Long> byCause) {
        long categorized =
                byCategory.values().stream().mapToLong(Long::longValue).sum();
        long failed = byCause.values().stream().mapToLong(Long::longValue).sum();
        return new Tally(new Counts(categorized, 0, failed, 0), byCategory, byCause);
    }
}
