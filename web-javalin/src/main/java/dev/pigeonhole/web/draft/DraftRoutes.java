package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.csv.CsvInspection;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvValues;
import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be asked about drafts; {@code docs/api.md} describes it. Thread-safe. */
public final class DraftRoutes {
    private static final String DRAFTS = "/api/v1/drafts";
    private static final String DRAFT = DRAFTS + "/{id}";
    private static final String JOB = "/api/v1/jobs/{id}";
    private static final int MOST_PREVIEW = 100;
    private static final int USUAL_PREVIEW = 20;
    private static final int MOST_VALUE = 1_000;

    private final DraftDesk desk;
    private final Receiver receiver;
    private final Json json;

    /** @param receiver takes uploads */
    public DraftRoutes(DraftDesk desk, Receiver receiver, Json json) {
        this.desk = desk;
        this.receiver = receiver;
        this.json = json;
    }

    public void addTo(RoutesConfig routes) {
        routes.get(DRAFTS, context -> json.answer(context, 200, Map.of("items", desk.list())));
        routes.post(DRAFTS, this::create);
        routes.get(DRAFT, context -> answer(context, 200, desk.get(id(context))));
        routes.delete(DRAFT, this::delete);
        routes.patch(DRAFT, context -> answer(context, 200, desk.change(id(context), ifMatch(context), body(context))));
        routes.put(DRAFT + "/file", this::upload);
        routes.get(DRAFT + "/preview", this::preview);
        routes.get(DRAFT + "/problems", this::problems);
        routes.put(
                DRAFT + "/categories",
                context -> answer(context, 200, desk.changeCategories(id(context), ifMatch(context), body(context))));
        routes.post(
                DRAFT + "/categories/import",
                context -> answer(context, 200, desk.importCategories(id(context), ifMatch(context), body(context))));
        routes.get(DRAFT + "/categories/file", this::categoryFile);
        routes.get(DRAFT + "/lint", context -> json.answer(context, 200, desk.lint(id(context))));
        routes.post(
                DRAFT + "/estimate",
                context -> json.answer(context, 200, desk.estimate(id(context), bodyIfAny(context))));
        routes.post(DRAFT + "/trial", this::tryRows);
        routes.get(DRAFT + "/trial", context -> json.answer(context, 200, desk.trial(id(context))));
        routes.get(
                DRAFT + "/prompt",
                context -> json.answer(
                        context, 200, desk.prompt(id(context), number(context, "row", 1, 1, Long.MAX_VALUE))));
        routes.post(DRAFT + "/start", this::start);
        routes.post(JOB + "/again", context -> created(context, desk.like(id(context))));
        routes.post(JOB + "/rows/{row}/example", this::addExample);
    }

    private static String id(Context context) {
        return context.pathParam("id");
    }

    private static String ifMatch(Context context) {
        return Optional.ofNullable(context.header("If-Match")).orElse("");
    }

    private Map<?, ?> body(Context context) {
        return json.body(context, Map.class);
    }

    private Map<?, ?> bodyIfAny(Context context) {
        return context.body().isBlank() ? Map.of() : body(context);
    }

    private void answer(Context context, int status, Draft draft) {
        context.header("ETag", draft.etag());
        json.answer(context, status, desk.shown(draft));
    }

    private void created(Context context, Draft draft) {
        context.header("Location", DRAFTS + "/" + draft.id());
        answer(context, 201, draft);
    }

    private void create(Context context) {
        Fields fields = Fields.of(bodyIfAny(context));
        String sample = fields.text("sample", "", MOST_VALUE);
        String job = fields.text("job", "", MOST_VALUE);
        fields.end();
        if (!sample.isEmpty() && !job.isEmpty()) {
            fields.wrong("job", "name a sample or a job, not both");
        }
        fields.requireFine(ProblemType.SETTING_WRONG);
        if (!sample.isEmpty()) {
            created(context, desk.ofSample(sample));
        } else {
            created(context, job.isEmpty() ? desk.create() : desk.like(job));
        }
    }

    private void delete(Context context) {
        desk.delete(id(context));
        context.status(204);
    }

    private void upload(Context context) {
        String name = Optional.ofNullable(context.queryParam("name")).orElse("");
        answer(context, 200, desk.takeFile(id(context), name, target -> receiver.receive(context, target)));
    }

    private void preview(Context context) {
        long skip = number(context, "skip", 0, 0, Long.MAX_VALUE - 1);
        int limit = (int) number(context, "limit", USUAL_PREVIEW, 0, MOST_PREVIEW);
        Draft draft = desk.get(id(context));
        CsvProfile profile = desk.found(draft).inspection().profile();
        List<Map<String, Object>> rows = new ArrayList<>();
        if (skip < profile.rows() && limit > 0) {
            try (CsvRows<CsvValues> values = desk.source(draft).values(profile, skip + 1)) {
                while (values.hasNext() && rows.size() < limit) {
                    rows.add(row(values.next()));
                }
            }
        }
        json.answer(context, 200, Map.of("columns", profile.addresses(), "rows", rows, "total", profile.rows()));
    }

    private static Map<String, Object> row(CsvValues row) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("row", row.row());
        map.put("line", row.line());
        map.put(
                "values",
                row.values().stream()
                        .map(value -> TrialAnswers.cut(value, MOST_VALUE))
                        .toList());
        map.put("note", row.note());
        return map;
    }

    private void problems(Context context) {
        CsvInspection inspection = desk.found(desk.get(id(context))).inspection();
        List<Map<String, @Nullable Object>> items =
                inspection.problems().stream().map(DraftRoutes::problem).toList();
        json.answer(context, 200, Map.of("items", items, "more", inspection.moreProblems()));
    }

    private static Map<String, @Nullable Object> problem(CsvInspection.Problem problem) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("row", problem.row() == 0 ? null : problem.row());
        map.put("line", problem.line());
        map.put("kind", kind(problem.kind()));
        map.put("detail", problem.detail());
        return map;
    }

    private static String kind(CsvInspection.ProblemKind kind) {
        return switch (kind) {
            case SHORT -> "short";
            case LONG -> "long";
            case NUL -> "nul";
            case BAD_BYTES -> "bad-bytes";
            case LOOSE_QUOTE -> "loose-quote";
            case BLANK_LINE -> "blank";
        };
    }

    private void categoryFile(Context context) {
        CategoryList list = desk.get(id(context)).categories();
        if (list.isEmpty()) {
            throw new ProblemException(
                    Problem.of(ProblemType.DRAFT_CONFLICT, "there are no categories yet; add at least one"));
        }
        context.contentType("application/yaml; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"categories.yaml\"")
                .result(CategoryFile.write(list.taxonomy()));
    }

    private void tryRows(Context context) {
        Fields fields = Fields.of(bodyIfAny(context));
        int rows = fields.number("rows", Trials.USUAL_ROWS, 1, Trials.MOST_ROWS);
        fields.end();
        fields.requireFine(ProblemType.SETTING_WRONG);
        json.answer(context, 202, desk.tryRows(id(context), rows));
    }

    private void start(Context context) {
        String key = Optional.ofNullable(context.header("Idempotency-Key")).orElse("");
        Launch.Started started = desk.start(id(context), key);
        context.header("Location", "/api/v1/jobs/" + started.job());
        json.answer(context, 201, started.view());
    }

    private void addExample(Context context) {
        Fields fields = Fields.of(body(context));
        String category = fields.text("category", "", MOST_VALUE);
        fields.end();
        fields.requireFine(ProblemType.CATEGORIES_WRONG);
        json.answer(context, 201, desk.addExample(id(context), row(context), category));
    }

    private static long row(Context context) {
        String row = context.pathParam("row");
        if (!row.matches("[1-9][0-9]{0,17}")) {
            throw new ProblemException(Problem.of(ProblemType.NOT_FOUND, "there is no such row; rows count from 1"));
        }
        return Long.parseLong(row);
    }

    private static long number(Context context, String name, long otherwise, long least, long most) {
        String text = context.queryParam(name);
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        if (text.matches("[0-9]{1,18}")) {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new ProblemException(Problem.of(
                ProblemType.MALFORMED,
                name + " must be a whole number from " + least + (most == Long.MAX_VALUE ? "" : " to " + most)));
    }
}
