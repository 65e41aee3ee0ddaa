package dev.pigeonhole.web.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pigeonhole.core.Suggestion;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.Facets;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobRows;
import dev.pigeonhole.core.checkpoint.Review;
import dev.pigeonhole.core.checkpoint.RowFilter;
import dev.pigeonhole.core.checkpoint.RowPage;
import dev.pigeonhole.core.checkpoint.SeenRow;
import dev.pigeonhole.core.checkpoint.Verdict;
import dev.pigeonhole.core.csv.CsvValues;
import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of a job: to look at, to search, to judge. Thread-safe. */
final class RowRoutes {
    private static final int MOST_ROWS = 200;

    private final JobDesk desk;
    private final RowTexts texts;
    private final SearchIndexes indexes;
    private final Json json;

    RowRoutes(JobDesk desk, RowTexts texts, Json json) {
        this.desk = desk;
        this.texts = texts;
        this.indexes = desk.indexes();
        this.json = json;
    }

    void addTo(RoutesConfig routes, String job) {
        routes.get(job + "/rows", JobRoutes.whileThere(desk, this::page));
        routes.get(job + "/facets", JobRoutes.whileThere(desk, this::facets));
        routes.get(job + "/rows/{row}", JobRoutes.whileThere(desk, this::one));
        routes.put(job + "/rows/{row}/review", JobRoutes.whileThere(desk, this::review));
        routes.post(job + "/undo", JobRoutes.whileThere(desk, this::undo));
    }

    private void one(Context context) {
        json.answer(context, 200, row(job(context), rowNumber(context)));
    }

    private JobRecord job(Context context) {
        return desk.record(JobRoutes.id(context));
    }

    private JobRows rows(JobRecord job) {
        return desk.store().rows(job.id());
    }

    // ---- looking

    private RowFilter searchable(Context context, JobRecord job) {
        RowFilter filter = RowQuery.filter(context);
        if (!filter.words().isBlank()) {
            indexes.require(job);
        }
        return filter;
    }

    private void page(Context context) {
        JobRecord job = job(context);
        RowFilter filter = searchable(context, job);
        long skip = RowQuery.number(context, "skip", 0, 1_000_000_000_000L, 0);
        int limit = (int) RowQuery.number(context, "limit", 1, MOST_ROWS, 50);
        RowPage page = rows(job).page(filter, RowQuery.order(context), skip, limit);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("items", views(job, page.rows()));
        map.put("total", page.total());
        map.put("exact", page.exact());
        map.put("skip", skip);
        map.put("limit", limit);
        json.answer(context, 200, map);
    }

    private List<Map<String, @Nullable Object>> views(JobRecord job, List<SeenRow> rows) {
        List<Long> numbers = rows.stream().map(seen -> seen.row().row()).toList();
        Map<Long, RowText> found = texts.cut(job, numbers);
        RowView view = new RowView(job);
        return rows.stream()
                .map(seen -> {
                    long number = seen.row().row();
                    return view.of(seen, found.getOrDefault(number, new RowText(number, "", "")));
                })
                .toList();
    }

    private void facets(Context context) {
        JobRecord job = job(context);
        json.answer(context, 200, view(rows(job).facets(searchable(context, job))));
    }

    private static Map<String, Object> view(Facets facets) {
        Counts counts = facets.counts();
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("categorized", counts.categorized());
        status.put("unmatched", counts.unmatched());
        status.put("failed", counts.failed());
        status.put("skipped", counts.skipped());
        Map<String, Long> causes = new LinkedHashMap<>();
        facets.byCause().forEach((cause, rows) -> causes.put(cause.name(), rows));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("total", counts.total());
        map.put("exact", facets.exact());
        map.put("status", status);
        map.put("category", JobView.counted(facets.byCategory()));
        map.put("cause", JobView.counted(causes));
        map.put("source", JobView.counted(facets.bySource()));
        map.put("reviewed", facets.reviewed());
        return map;
    }

    private static long rowNumber(Context context) {
        String text = context.pathParam("row");
        return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
    }

    /** A single row with all that is known about it. */
    private Map<String, @Nullable Object> row(JobRecord job, long number) {
        long total = job.plan().profile().rows();
        if (number < 1 || number > total) {
            throw new ProblemException(
                    Problem.of(ProblemType.NOT_FOUND, "there is no such row; the rows of this job are 1 to " + total));
        }
        RowView view = new RowView(job);
        CsvValues values = texts.values(job, number);
        RowText text = RowTexts.text(values, RowTexts.idColumn(job));
        Map<String, @Nullable Object> map =
                rows(job).find(number).map(seen -> view.of(seen, text)).orElseGet(() -> view.waiting(text));
        map.put("columns", view.columns(values));
        map.put("calls", RowView.calls(rows(job).attempts(number)));
        return map;
    }

    // ---- judging

    private record ReviewBody(
            @JsonProperty("verdict") @Nullable String verdict,
            @JsonProperty("category") @Nullable String category) {}

    private void review(Context context) {
        JobRecord job = job(context);
        long number = rowNumber(context);
        Verdict verdict = verdict(job, json.body(context, ReviewBody.class));
        row(job, number);
        if (rows(job).find(number).isEmpty()) {
            throw new ProblemException(Problem.of(
                    ProblemType.JOB_STATE_CONFLICT,
                    "row " + number + " has no outcome yet; wait until the job has come to it"));
        }
        rows(job).review(number, verdict);
        desk.fresh(job.id());
        json.answer(context, 200, row(job, number));
    }

    private static Verdict verdict(JobRecord job, ReviewBody body) {
        String verdict = Optional.ofNullable(body.verdict()).orElse("");
        return switch (verdict) {
            case "category" ->
                category(job, Optional.ofNullable(body.category()).orElse(""));
            case "none" -> new Verdict.NoCategory();
            case "confirmed" -> new Verdict.Confirmed();
            case "withdrawn" -> new Verdict.Withdrawn();
            default -> throw wrong("/verdict", "expected category, none, confirmed or withdrawn", Optional.empty());
        };
    }

    private static Verdict category(JobRecord job, String name) {
        List<String> names = job.plan().categories();
        if (!names.contains(name)) {
            throw wrong("/category", "not one of the categories of this job", Suggestion.nearest(name, names));
        }
        return new Verdict.Category(name);
    }

    private static ProblemException wrong(String pointer, String detail, Optional<String> suggestion) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("pointer", pointer);
        error.put("detail", detail);
        suggestion.ifPresent(text -> error.put("suggestion", text));
        String hint = suggestion.map(text -> "; did you mean \"" + text + "\"?").orElse("");
        return new ProblemException(new Problem(
                ProblemType.SETTING_WRONG,
                pointer.substring(1) + ": " + detail + hint,
                Map.of("errors", List.of(error))));
    }

    private void undo(Context context) {
        JobRecord job = job(context);
        Review review = rows(job)
                .undo()
                .orElseThrow(() -> new ProblemException(
                        Problem.of(ProblemType.JOB_STATE_CONFLICT, "there is nothing to undo in this job")));
        desk.fresh(job.id());
        json.answer(context, 200, Map.of("undone", row(job, review.row())));
    }
}
