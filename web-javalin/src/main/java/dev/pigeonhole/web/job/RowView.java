package dev.pigeonhole.web.job;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.PaidAttempt;
import dev.pigeonhole.core.checkpoint.Review;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.checkpoint.RowStatus;
import dev.pigeonhole.core.checkpoint.SeenRow;
import dev.pigeonhole.core.checkpoint.Verdict;
import dev.pigeonhole.core.csv.CsvValues;
import dev.pigeonhole.core.ledger.TokenUsage;
import dev.pigeonhole.web.json.Dollars;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A row as {@code docs/api.md} shows it. Immutable. */
final class RowView {
    private final JobRecord job;
    private final int batchSize;

    RowView(JobRecord job) {
        this.job = job;
        this.batchSize = Math.max(1, JobDesk.options(job).batchSize());
    }

    /** A row as a page shows it. */
    Map<String, @Nullable Object> of(SeenRow seen, RowText text) {
        RowOutcome row = seen.row();
        Map<String, @Nullable Object> map = head(row.row(), text);
        outcome(row.outcome(), map);
        map.put("attempts", row.attempts());
        map.put("subBatch", row.subBatch() == 0 ? null : row.subBatch());
        map.put("batch", batchOf(row.row(), batchSize));
        boolean failed = row.outcome() instanceof Outcome.Failed;
        map.put(
                "cause",
                row.outcome() instanceof Outcome.Failed failure
                        ? failure.cause().name()
                        : null);
        map.put("message", failed ? ((Outcome.Failed) row.outcome()).message() : "");
        map.put("review", seen.review().map(RowView::review).orElse(null));
        map.put("machine", seen.machine().map(RowView::machine).orElse(null));
        map.put("published", seen.published());
        return map;
    }

    /** A row that has no outcome yet. */
    Map<String, @Nullable Object> waiting(RowText text) {
        Map<String, @Nullable Object> map = head(text.row(), text);
        map.put("category", null);
        map.put("status", "waiting");
        map.put("confidence", null);
        map.put("source", null);
        map.put("attempts", 0);
        map.put("subBatch", null);
        map.put("batch", batchOf(text.row(), batchSize));
        map.put("cause", null);
        map.put("message", "");
        map.put("review", null);
        map.put("machine", null);
        map.put("published", false);
        return map;
    }

    /** From 1; the batches are cut by the number of rows alone. */
    static int batchOf(long row, int batchSize) {
        return (int) ((row - 1) / batchSize) + 1;
    }

    private Map<String, @Nullable Object> head(long row, RowText text) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("row", row);
        map.put("id", RowTexts.idColumn(job).isPresent() ? text.id() : null);
        map.put("text", text.text());
        return map;
    }

    private static void outcome(Outcome outcome, Map<String, @Nullable Object> map) {
        if (outcome instanceof Outcome.Categorized categorized) {
            outcome(categorized.category(), categorized.confidence(), categorized.source(), outcome, map);
        } else if (outcome instanceof Outcome.Unmatched unmatched) {
            outcome(null, unmatched.confidence(), unmatched.source(), outcome, map);
        } else {
            outcome(null, OptionalDouble.empty(), null, outcome, map);
        }
    }

    private static void outcome(
            @Nullable String category,
            OptionalDouble confidence,
            @Nullable String source,
            Outcome outcome,
            Map<String, @Nullable Object> map) {
        map.put("category", category);
        map.put("status", RowStatus.of(outcome).name().toLowerCase(Locale.ROOT));
        map.put("confidence", confidence.isPresent() ? confidence.getAsDouble() : null);
        map.put("source", source);
    }

    private static Map<String, @Nullable Object> machine(Outcome outcome) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        outcome(outcome, map);
        return map;
    }

    private static Map<String, @Nullable Object> review(Review review) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("number", review.number());
        map.put("verdict", verdict(review.verdict()));
        map.put("category", review.verdict() instanceof Verdict.Category category ? category.name() : null);
        map.put("at", review.at().toString());
        return map;
    }

    private static String verdict(Verdict verdict) {
        if (verdict instanceof Verdict.Category) {
            return "category";
        } else if (verdict instanceof Verdict.NoCategory) {
            return "none";
        }
        return verdict instanceof Verdict.Confirmed ? "confirmed" : "withdrawn";
    }

    /** The columns of a single row. */
    List<Map<String, Object>> columns(CsvValues values) {
        List<Map<String, Object>> columns = new ArrayList<>();
        List<String> names = job.plan().profile().columns();
        for (int i = 0; i < names.size(); i++) {
            Map<String, Object> column = new LinkedHashMap<>();
            column.put("name", names.get(i));
            column.put("value", i < values.values().size() ? values.values().get(i) : "");
            column.put("text", job.plan().profile().textColumns().contains(i));
            columns.add(column);
        }
        return columns;
    }

    /** The calls that asked about a single row. */
    static List<Map<String, @Nullable Object>> calls(List<PaidAttempt> attempts) {
        List<Map<String, @Nullable Object>> calls = new ArrayList<>();
        for (PaidAttempt attempt : attempts) {
            Map<String, @Nullable Object> call = new LinkedHashMap<>();
            call.put("number", attempt.number());
            call.put("round", attempt.round());
            call.put("rows", attempt.rows());
            call.put("model", attempt.model());
            call.put("state", attempt.state());
            call.put("answer", attempt.answer().orElse(null));
            call.put("tokens", attempt.usage().map(TokenUsage::total).orElse(null));
            call.put("cost", attempt.cost().map(Dollars::exact).orElse(null));
            calls.add(call);
        }
        return calls;
    }
}
