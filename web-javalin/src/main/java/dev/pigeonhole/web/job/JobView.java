package dev.pigeonhole.web.job;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.categorize.Agreement;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.PublishedFile;
import dev.pigeonhole.core.job.Progress;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.web.json.Dollars;
import dev.pigeonhole.workspace.Eta;
import dev.pigeonhole.workspace.Forecast;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.Providers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A job as {@code docs/api.md} shows it. Stateless. */
final class JobView {
    private JobView() {}

    static Map<String, @Nullable Object> of(Moment moment, long seq) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        names(moment, map);
        map.put("rows", rows(moment));
        map.put("percent", percent(moment));
        map.put("byCategory", counted(moment.figures().facets().byCategory()));
        map.put("calls", calls(moment));
        map.put("wait", moment.waitingFor().map(JobView::wait).orElse(null));
        map.put("batches", batches(moment));
        map.put("cost", cost(moment));
        map.put("eta", eta(moment));
        map.put("rate", rate(moment));
        map.put("cascade", cascade(moment));
        map.put("provider", moment.options().map(JobOptions::provider).orElse(""));
        map.put("model", model(moment));
        map.put("file", moment.file());
        map.put("draft", moment.job().plan().launch().get("draft"));
        map.put("output", output(moment));
        map.put("reviewed", moment.figures().reviewed());
        times(moment, map);
        map.put("seq", seq);
        return map;
    }

    private static void names(Moment moment, Map<String, @Nullable Object> map) {
        map.put("id", moment.job().id());
        map.put("title", moment.title());
        map.put("name", moment.job().plan().name());
        map.put("state", moment.status().text());
        map.put("reason", moment.reasonName().orElse(null));
        map.put("message", moment.message());
        map.put(
                "allowedActions",
                moment.allowed().actions().stream().map(Action::text).toList());
        map.put("elsewhere", moment.elsewhere());
    }

    private static Map<String, Object> rows(Moment moment) {
        Counts counts = moment.counts();
        Map<String, Object> rows = new LinkedHashMap<>();
        rows.put("total", moment.rows());
        rows.put("categorized", counts.categorized());
        rows.put("unmatched", counts.unmatched());
        rows.put("failed", counts.failed());
        rows.put("skipped", counts.skipped());
        rows.put("waiting", moment.waiting());
        return rows;
    }

    /** Rounded down, and 100 only when there is nothing left to do. */
    static int percent(Moment moment) {
        if (moment.status().isFinished()) {
            return 100;
        }
        return moment.rows() == 0 ? 0 : (int) Math.min(99, moment.counts().total() * 100 / moment.rows());
    }

    /** {@code [{"name": …, "rows": …}]}. */
    static List<Map<String, Object>> counted(Map<String, Long> rows) {
        List<Map<String, Object>> list = new ArrayList<>();
        rows.forEach((name, count) -> list.add(Map.of("name", name, "rows", count)));
        return list;
    }

    private static Map<String, Object> calls(Moment moment) {
        Optional<Progress> progress = moment.progress();
        long answered = moment.bill().answered();
        Map<String, Object> calls = new LinkedHashMap<>();
        calls.put(
                "done", answered > 0 ? answered : progress.map(Progress::calls).orElse(0L));
        calls.put("left", moment.options().map(o -> callsLeft(moment, o)).orElse(0L));
        calls.put("inFlight", progress.map(Progress::inFlight).orElse(0));
        calls.put("retrying", progress.map(Progress::waiting).orElse(0));
        calls.put("concurrency", progress.map(Progress::concurrency).orElse(0));
        return calls;
    }

    private static long callsLeft(Moment moment, JobOptions options) {
        return (moment.waiting() + options.subBatchSize() - 1) / options.subBatchSize();
    }

    private static Map<String, Object> wait(Waiting wait) {
        return Map.of(
                "cause",
                wait.cause().name(),
                "text",
                wait.cause().text(),
                "until",
                wait.until().toString());
    }

    private static Map<String, Object> batches(Moment moment) {
        long size = batchSize(moment);
        long total = (moment.rows() + size - 1) / size;
        return Map.of("done", Math.min(total, moment.batchesDone()), "total", total, "size", size);
    }

    /** Kept with the job whoever has begun it; without it, all rows are one batch. */
    private static long batchSize(Moment moment) {
        String size = moment.job().plan().settings().getOrDefault("batch-size", "");
        return size.matches("[1-9]\\d{0,8}") ? Long.parseLong(size) : Math.max(1, moment.rows());
    }

    private static Map<String, @Nullable Object> cost(Moment moment) {
        Bill bill = moment.bill();
        Optional<Forecast> forecast = Forecast.of(moment.job().plan().launch());
        boolean free = moment.options().isPresent() && forecast.isEmpty() && bill.sent() == 0;
        boolean known = bill.unpriced() == 0
                && (free
                        || bill.answered() > 0
                        || forecast.flatMap(Forecast::most).isPresent());
        Map<String, @Nullable Object> cost = new LinkedHashMap<>();
        cost.put("free", free);
        cost.put("spent", known ? Dollars.exact(bill.cost()) : null);
        cost.put("low", forecast.flatMap(Forecast::least).map(Dollars::exact).orElse(null));
        cost.put(
                "expected",
                forecast.flatMap(Forecast::expected).map(Dollars::exact).orElse(null));
        cost.put("high", forecast.flatMap(Forecast::most).map(Dollars::exact).orElse(null));
        cost.put(
                "differencePercent",
                forecast.filter(quote -> moment.status().isFinished())
                        .map(quote -> quote.difference(bill))
                        .filter(OptionalDouble::isPresent)
                        .map(part -> Math.round(1_000 * part.getAsDouble()) / 10.0)
                        .orElse(null));
        cost.put("cap", moment.cap().map(Dollars::exact).orElse(null));
        cost.put("priceKnown", known);
        cost.put("atRisk", Dollars.exact(bill.unanswered() == 0 ? Money.ZERO : bill.atRisk()));
        cost.put("inputTokens", bill.usage().input());
        cost.put("outputTokens", bill.usage().output());
        return cost;
    }

    private static Map<String, @Nullable Object> eta(Moment moment) {
        Eta.Left left = moment.left();
        if (left instanceof Eta.Left.Time time) {
            return eta("time", time.time().toSeconds(), moment);
        } else if (left instanceof Eta.Left.Silence silence) {
            return eta("silence", silence.since().toSeconds(), moment);
        }
        return eta(left instanceof Eta.Left.Calls ? "calls" : "none", null, moment);
    }

    private static Map<String, @Nullable Object> eta(String kind, @Nullable Long seconds, Moment moment) {
        Optional<Long> done = moment.progress().map(Progress::calls);
        long left = moment.options().map(options -> callsLeft(moment, options)).orElse(0L);
        Map<String, @Nullable Object> eta = new LinkedHashMap<>();
        eta.put("kind", kind);
        eta.put("seconds", seconds);
        eta.put("done", done.orElse(null));
        eta.put("total", done.map(calls -> calls + left).orElse(null));
        return eta;
    }

    private static Map<String, @Nullable Object> rate(Moment moment) {
        Map<String, @Nullable Object> rate = new LinkedHashMap<>();
        rate.put(
                "rowsPerSecond",
                moment.rate().isPresent() ? Math.round(moment.rate().getAsDouble() * 10) / 10.0 : null);
        return rate;
    }

    /** Known at the end only: what was answered without asking, and how often that is what asking would have brought. */
    private static @Nullable Map<String, Object> cascade(Moment moment) {
        Optional<Agreement> agreement =
                moment.status().isFinished() ? Providers.agreement(moment.job()) : Optional.empty();
        return agreement.map(JobView::figures).orElse(null);
    }

    private static Map<String, Object> figures(Agreement agreement) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("target", agreement.target());
        map.put("local", agreement.local());
        map.put("asked", agreement.asked());
        map.put("compared", agreement.compared());
        map.put("agreement", agreement.estimate());
        map.put("low", agreement.lowerBound());
        return map;
    }

    private static String model(Moment moment) {
        return moment.options()
                .map(options -> options.providerOptions().getOrDefault("model", ""))
                .orElse("");
    }

    private static Map<String, Object> output(Moment moment) {
        Optional<PublishedFile> published = moment.job().output();
        return Map.of(
                "published",
                published.isPresent(),
                "bytes",
                published.map(PublishedFile::bytes).orElse(0L),
                "unpublished",
                moment.figures().unpublished());
    }

    private static void times(Moment moment, Map<String, @Nullable Object> map) {
        map.put("createdAt", moment.job().created().toString());
        map.put(
                "startedAt",
                moment.job().holder().map(Holder::since).map(Object::toString).orElse(null));
        map.put("updatedAt", moment.updated().toString());
    }
}
