package dev.pigeonhole.cli;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.quality.PairedDifference;
import dev.pigeonhole.quality.Proportion;
import dev.pigeonhole.quality.SizeSweep;
import dev.pigeonhole.quality.SizeSweep.Size;
import dev.pigeonhole.quality.SizeSweep.Verdict;
import dev.pigeonhole.workspace.Forecast;
import dev.pigeonhole.workspace.SweepSample;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a sweep has shown, for a script: {@code docs/formats.md}, "Sweep". Immutable. */
final class SweepJson {
    private static final double UNIT = 1e6;

    private final SweepReport report;

    SweepJson(SweepReport report) {
        this.report = report;
    }

    Map<String, @Nullable Object> object() {
        SizeSweep sweep = report.sweep();
        Optional<SweepSample> sample = report.sample();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", "sweep");
        map.put("v", 1);
        map.put("measure", sample.map(s -> sweep.measure().name().toLowerCase(Locale.ROOT)));
        map.put("judged_by", report.judgedBy().isEmpty() ? null : report.judgedBy());
        map.put("rows", sample.map(s -> s.rows().size()).orElse(0));
        map.put("without_label", sample.map(SweepSample::withoutLabel).orElse(0L));
        map.put("unknown_label", sample.map(SweepSample::unknownLabel).orElse(0L));
        map.put("tolerance", sweep.tolerance());
        map.put("complete", report.isComplete());
        map.put("message", sample.isEmpty() ? SweepReport.NEEDLESS : report.isComplete() ? "" : report.stopped());
        map.put("sizes", sweep.sizes().stream().map(this::size).toList());
        map.put(
                "first",
                report.asked().stream()
                        .filter(step -> step.asking().first())
                        .findFirst()
                        .map(SweepJson::job));
        map.put("use", report.use().isPresent() ? report.use().getAsInt() : null);
        map.put("beyond", sweep.stoppedAt().map(this::beyond));
        map.put("cost_usd", report.cost().map(Money::toDollars));
        return map;
    }

    private Map<String, @Nullable Object> size(Size size) {
        Sweeping.Asked step = report.asked(size);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("size", size.size());
        map.putAll(job(step));
        map.put("failed", size.failed());
        map.put("right", proportion(size.right()));
        map.put("difference", size.difference().map(SweepJson::paired));
        map.put("verdict", size.verdict().name().toLowerCase(Locale.ROOT));
        map.put("usd_per_1000", SweepReport.costOfThousand(step));
        map.put("tokens_per_1000", SweepReport.tokens(step));
        map.put("file_calls", step.ofFile().map(Forecast::calls));
        map.put("file_cost_usd", step.costOfFile().map(Money::toDollars));
        return map;
    }

    private static Map<String, @Nullable Object> job(Sweeping.Asked step) {
        Bill bill = step.summary().bill();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("job", step.summary().jobId());
        map.put("state", JsonFace.state(step.summary().state()));
        map.put("reason", step.summary().reason().map(Enum::name).orElse(""));
        map.put("calls", step.summary().calls());
        map.put("bill", BillText.json(bill));
        return map;
    }

    private static Map<String, @Nullable Object> proportion(Proportion right) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("count", right.count());
        map.put("of", right.of());
        map.put("value", right.value().isPresent() ? rounded(right.value().getAsDouble()) : null);
        map.put("low", right.wilson().map(interval -> rounded(interval.low())));
        map.put("high", right.wilson().map(interval -> rounded(interval.high())));
        return map;
    }

    private static Map<String, @Nullable Object> paired(PairedDifference difference) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("pairs", difference.pairs());
        map.put("gained", difference.gained());
        map.put("lost", difference.lost());
        map.put("value", rounded(difference.value()));
        map.put("low", rounded(difference.low()));
        map.put("high", rounded(difference.high()));
        map.put("at_least", rounded(difference.atLeast()));
        return map;
    }

    private Map<String, @Nullable Object> beyond(Size size) {
        OptionalLong rows = size.verdict() == Verdict.UNSURE ? report.needed(size) : OptionalLong.empty();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("size", size.size());
        map.put("verdict", size.verdict().name().toLowerCase(Locale.ROOT));
        map.put("rows_needed", rows.isPresent() ? rows.getAsLong() : null);
        return map;
    }

    private static double rounded(double value) {
        return Math.round(value * UNIT) / UNIT;
    }
}
