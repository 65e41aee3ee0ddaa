package dev.pigeonhole.web.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import dev.pigeonhole.workspace.LogReader;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What can be asked about jobs; {@code docs/api.md} describes it. Thread-safe. */
public final class JobRoutes {
    private static final String JOBS = "/api/v1/jobs";
    private static final String JOB = JOBS + "/{id}";

    private final JobDesk desk;
    private final JobFiles files;
    private final Json json;
    private final EventStream events;
    private final RowRoutes rows;
    private final DetailRoutes details;
    private final QualityRoutes quality;

    /**
     * @param files told when a job is deleted
     * @param logs folder of {@code error.log}
     */
    public JobRoutes(JobDesk desk, JobFiles files, Path logs, Json json) {
        this.desk = desk;
        this.files = files;
        this.json = json;
        this.events = new EventStream(desk);
        this.rows = new RowRoutes(desk, new RowTexts(), json);
        this.details = new DetailRoutes(desk, new LogReader(logs), json);
        this.quality = new QualityRoutes(desk, json);
    }

    public void addTo(RoutesConfig routes) {
        routes.get(JOBS, this::list);
        routes.get(JOB, context -> json.answer(context, 200, desk.view(id(context))));
        routes.delete(JOB, this::delete);
        steer(routes, "pause", (id, context) -> desk.pause(id));
        steer(routes, "resume", (id, context) -> desk.resume(id, maxCost(context)));
        steer(routes, "cancel", (id, context) -> desk.cancel(id));
        steer(routes, "retry", (id, context) -> desk.retry(id));
        steer(routes, "publish", (id, context) -> desk.publish(id));
        routes.get(JOB + "/events", events::serve);
        rows.addTo(routes, JOB);
        details.addTo(routes, JOB);
        quality.addTo(routes, JOB);
    }

    private void steer(RoutesConfig routes, String what, BiConsumer<String, Context> action) {
        routes.post(JOB + "/" + what, context -> {
            String id = id(context);
            action.accept(id, context);
            json.answer(context, 202, desk.view(id));
        });
    }

    /** A job may be deleted, by whomever, while it is looked at. */
    static Handler whileThere(JobDesk desk, Handler handler) {
        return context -> {
            try {
                handler.handle(context);
            } catch (IllegalArgumentException e) {
                throw desk.gone(id(context), e);
            }
        };
    }

    static String id(Context context) {
        return context.pathParam("id");
    }

    private void list(Context context) {
        List<Map<String, @Nullable Object>> jobs = desk.views();
        json.answer(context, 200, Map.of("items", jobs, "total", jobs.size()));
    }

    // ---- resume

    private record ResumeBody(
            @JsonProperty("maxCost") @Nullable String maxCost) {}

    private Optional<Money> maxCost(Context context) {
        if (context.body().isBlank()) {
            return Optional.empty();
        }
        String text = json.body(context, ResumeBody.class).maxCost();
        if (text == null || text.isBlank()) {
            return Optional.empty();
        } else if (!text.matches("\\d{1,6}(\\.\\d{1,12})?")) {
            throw new ProblemException(new Problem(
                    ProblemType.SETTING_WRONG,
                    "maxCost is not an amount; expected dollars such as \"7.50\"",
                    Map.of(
                            "errors",
                            List.of(Map.of("pointer", "/maxCost", "detail", "expected dollars such as 7.50")))));
        }
        return Optional.of(Money.dollars(new BigDecimal(text)));
    }

    // ---- delete

    private record DeleteBody(
            @JsonProperty("name") @Nullable String name) {}

    private void delete(Context context) {
        String id = id(context);
        String title = desk.fresh(id).moment().title();
        if (!title.equals(json.body(context, DeleteBody.class).name())) {
            throw new ProblemException(new Problem(
                    ProblemType.SETTING_WRONG,
                    "the name is not the job's; to delete it, give its title to the letter",
                    Map.of("errors", List.of(Map.of("pointer", "/name", "detail", "not the title of the job")))));
        }
        files.removed(desk.delete(id, files::removing));
        context.status(204);
    }
}
