package dev.pigeonhole.cli;

import dev.pigeonhole.core.categorize.LaneStatus;
import dev.pigeonhole.core.categorize.Shortlist;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.job.JobEvent;
import dev.pigeonhole.core.job.Progress;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.workspace.Forecast;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events as newline-delimited JSON on standard output; the last one is the summary. Described in {@code docs/formats.md}. */
final class JsonFace implements Face {
    private static final Duration LEAST_PAUSE = Duration.ofMillis(200);

    private final PrintWriter out;
    private final Json json = new Json();
    private Duration saidAt = LEAST_PAUSE.negated();
    private Optional<Forecast> quote = Optional.empty();

    JsonFace(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void on(JobEvent event) {
        if (event instanceof JobEvent.Started started) {
            quote = Forecast.of(started.job().plan().launch());
            print(event(
                    "started",
                    Map.of(),
                    "job",
                    started.job().id(),
                    "rows",
                    started.job().plan().profile().rows(),
                    "done",
                    started.done(),
                    "concurrency",
                    started.concurrency()));
        } else if (event instanceof JobEvent.Advanced advanced) {
            advanced(advanced.progress());
        } else if (event instanceof JobEvent.RowFailed failed) {
            print(event(
                    "failure",
                    Map.of(),
                    "row",
                    failed.row(),
                    "cause",
                    failed.cause().name(),
                    "attempts",
                    failed.attempts(),
                    "message",
                    failed.message()));
        } else if (event instanceof JobEvent.Retrying retrying) {
            print(event(
                    "waiting",
                    Map.of(),
                    "cause",
                    retrying.cause().name(),
                    "items",
                    retrying.items(),
                    "attempts",
                    retrying.attempts(),
                    "seconds",
                    retrying.delay().toMillis() / 1000.0,
                    "message",
                    retrying.message()));
        } else if (event instanceof JobEvent.Waiting waiting) {
            print(lane(waiting.status()));
        } else if (event instanceof JobEvent.BatchPublished batch) {
            print(event(
                    "batch",
                    counts(batch.batch().counts()),
                    "number",
                    batch.batch().number(),
                    "rows",
                    batch.batch().file().rows(),
                    "file",
                    batch.file().toString(),
                    "sha256",
                    batch.batch().file().sha256()));
        } else if (event instanceof JobEvent.Notice notice) {
            print(event("notice", Map.of(), "message", notice.message()));
        } else if (event instanceof JobEvent.Ended ended) {
            print(summary(ended.summary(), quote));
        }
    }

    private static Map<String, @Nullable Object> lane(LaneStatus status) {
        return event(
                "lane",
                Map.of(),
                "submissions",
                status.submissions(),
                "requests",
                status.questions(),
                "answered",
                status.answered(),
                "rows",
                status.rows(),
                "deadline",
                status.deadline().map(Instant::toString));
    }

    private void advanced(Progress progress) {
        if (progress.left() == 0 || progress.elapsed().minus(saidAt).compareTo(LEAST_PAUSE) >= 0) {
            saidAt = progress.elapsed();
            print(event(
                    "progress",
                    counts(progress.counts()),
                    "rows",
                    progress.rows(),
                    "done",
                    progress.done(),
                    "percent",
                    progress.percent(),
                    "batches",
                    progress.batches(),
                    "calls",
                    progress.calls(),
                    "in_flight",
                    progress.inFlight(),
                    "waiting",
                    progress.waiting(),
                    "bill",
                    BillText.json(progress.bill()),
                    "sentinels",
                    progress.sentinels().map(SentinelText::json),
                    "elapsed_s",
                    progress.elapsed().toMillis() / 1000.0));
        }
    }

    /** The last line of a command that ended by an error. */
    static Map<String, @Nullable Object> error(int exitCode, String message) {
        return event("error", Map.of(), "exit_code", exitCode, "message", message);
    }

    private static Map<String, @Nullable Object> summary(Summary summary, Optional<Forecast> quote) {
        Map<String, @Nullable Object> event = event(
                "summary",
                counts(summary.counts()),
                "job",
                summary.jobId(),
                "state",
                state(summary.state()),
                "reason",
                summary.reason().map(Enum::name).orElse(""),
                "message",
                summary.message(),
                "rows",
                summary.rows(),
                "left",
                summary.left());
        event.put("categories", summary.tally().byCategory());
        event.put("causes", summary.tally().byCause());
        event.put("batches", summary.batches());
        event.put("rows_before", summary.rowsBefore());
        event.put("calls", summary.calls());
        event.put("retries", summary.retries());
        event.put("bill", BillText.json(summary.bill()));
        boolean ended = summary.state().isFinished();
        event.put("quote", quote.map(said -> BillText.quote(said, summary.bill(), ended)));
        event.put("hints", summary.shortlist().map(JsonFace::hints));
        event.put("cascade", summary.agreement().map(agreement -> CascadeText.json(agreement, summary.bill())));
        event.put("sentinels", summary.sentinels().map(SentinelText::json));
        event.put("elapsed_s", summary.elapsed().toMillis() / 1000.0);
        event.put("output", path(summary.output()));
        event.put("errors", path(summary.errors()));
        event.put("directory", summary.directory().toString());
        return event;
    }

    private static Map<String, Object> hints(Shortlist shortlist) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("answers", shortlist.answers());
        map.put("among", shortlist.among());
        map.put("stopped", shortlist.stopped());
        return map;
    }

    /** The name that scripts see: {@code completed_with_failures}. */
    static String state(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> path(Optional<Path> path) {
        return path.map(Path::toString);
    }

    static Map<String, @Nullable Object> counts(Counts counts) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("categorized", counts.categorized());
        map.put("unmatched", counts.unmatched());
        map.put("failed", counts.failed());
        map.put("skipped", counts.skipped());
        return map;
    }

    private static Map<String, @Nullable Object> event(
            String type, Map<String, ? extends @Nullable Object> behind, Object... namesAndValues) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("type", type);
        event.put("v", 1);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            event.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        event.putAll(behind);
        return event;
    }

    private void print(Map<String, ? extends @Nullable Object> event) {
        out.println(json.line(event));
        out.flush();
    }
}
