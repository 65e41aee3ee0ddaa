package dev.pigeonhole.cli;

import dev.pigeonhole.core.categorize.CostRange;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.quality.Proportion;
import dev.pigeonhole.workspace.TrialFiles;
import dev.pigeonhole.workspace.quote.Measurement;
import dev.pigeonhole.workspace.quote.QuoteLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a trial has shown, for a person and for a script. Immutable.
 *
 * @param answers empty if the trial did not come to its end
 * @param meanCall zero if there was no call
 * @param ofFile what the whole file is expected to take, by what was measured here; empty if the provider does not say such things
 */
record TrialReport(Summary summary, List<TrialFiles.Answered> answers, Duration meanCall, Optional<QuoteLine> ofFile) {
    private static final int MOST_TEXT = 60;
    private static final int MOST_CATEGORY = 28;

    String text() {
        List<String> lines = new ArrayList<>();
        int width = answers.stream().mapToInt(a -> label(a).length()).max().orElse(1);
        answers.forEach(a -> lines.add(
                String.format(Locale.ROOT, "%8s  %-" + width + "s  %s", a.row(), label(a), cut(a.text(), MOST_TEXT))));
        lines.add("");
        Counts counts = summary.counts();
        lines.add("rows      " + Plain.number(summary.rows()) + " = " + Plain.number(counts.categorized())
                + " categorized + " + Plain.number(counts.unmatched()) + " unmatched + "
                + Plain.number(counts.failed()) + " failed");
        lines.add("calls     " + Plain.number(summary.calls())
                + (summary.calls() == 0 ? "" : ", " + Plain.duration(meanCall) + " each"));
        if (summary.bill().sent() > 0) {
            lines.add("tokens    " + tokensPerRow() + " a row");
            lines.add("cost      " + BillText.spent(summary.bill()));
            BillText.unanswered(summary.bill()).ifPresent(note -> lines.add("note      " + note));
        }
        truth().ifPresent(share -> lines.add("labels    " + QuoteText.share(share) + " rows as labelled"));
        ofFile.ifPresent(line -> lines.add("file      " + file(line)));
        return String.join(System.lineSeparator(), lines);
    }

    private static String file(QuoteLine line) {
        String price = line.cost().isEmpty()
                ? "cost unknown"
                : QuoteText.cost(line) + (line.isMeasured() ? ", as measured here" : ", not measured");
        return Plain.count(line.estimate().calls(), "call", "calls") + " · " + price + " ("
                + Plain.text(line.estimate().basis()) + ")";
    }

    private Optional<Proportion> truth() {
        return ofFile.flatMap(QuoteLine::measured).flatMap(Measurement::truth);
    }

    private static String label(TrialFiles.Answered answer) {
        return answer.category().isEmpty() ? "(" + answer.status() + ")" : cut(answer.category(), MOST_CATEGORY);
    }

    private static String cut(String text, int most) {
        String line = Plain.text(text).replaceAll("\\s+", " ").strip();
        return line.codePointCount(0, line.length()) <= most
                ? line
                : line.substring(0, line.offsetByCodePoints(0, most - 1)) + "…";
    }

    private double tokensPerRow() {
        return Math.round(10.0 * summary.bill().usage().total() / Math.max(1, answers.size())) / 10.0;
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", "trial");
        map.put("v", 1);
        map.put("job", summary.jobId());
        map.put("state", JsonFace.state(summary.state()));
        map.put("reason", summary.reason().map(Enum::name).orElse(""));
        map.put("message", summary.message());
        map.put("rows", answers.stream().map(TrialReport::json).toList());
        map.putAll(JsonFace.counts(summary.counts()));
        map.put("calls", summary.calls());
        map.put("seconds_per_call", meanCall.toMillis() / 1000.0);
        map.put("tokens_per_row", tokensPerRow());
        map.put("bill", BillText.json(summary.bill()));
        Optional<CostRange> cost = ofFile.filter(QuoteLine::isMeasured).flatMap(QuoteLine::cost);
        map.put("file_calls", ofFile.map(line -> line.estimate().calls()));
        map.put("file_cost_usd", cost.map(range -> range.expected().toDollars()));
        map.put("file_cost_least_usd", cost.map(range -> range.least().toDollars()));
        map.put("file_cost_most_usd", cost.map(range -> range.most().toDollars()));
        map.put("price_basis", ofFile.map(line -> line.estimate().basis()));
        map.put("measured", ofFile.flatMap(QuoteLine::measured).map(QuoteText::json));
        return map;
    }

    private static Map<String, @Nullable Object> json(TrialFiles.Answered answer) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("row", Long.parseLong(answer.row()));
        map.put("text", answer.text());
        map.put("category", answer.category());
        map.put("status", answer.status());
        return map;
    }
}
