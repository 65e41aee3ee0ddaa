package dev.pigeonhole.web.job;

import dev.pigeonhole.core.Suggestion;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import dev.pigeonhole.workspace.JobOptions;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How right the answers of a job are, measured by a column of its input. Thread-safe. */
final class QualityRoutes {
    private static final String TRUTH = "truth";
    private static final int MOST_SHOWN = 60;

    private final JobDesk desk;
    private final Json json;

    QualityRoutes(JobDesk desk, Json json) {
        this.desk = desk;
        this.json = json;
    }

    void addTo(RoutesConfig routes, String job) {
        routes.get(job + "/quality", JobRoutes.whileThere(desk, this::quality));
    }

    private void quality(Context context) {
        Moment moment = desk.fresh(JobRoutes.id(context)).moment();
        String column = column(moment.job(), RowQuery.text(context, TRUTH));
        if (moment.status() == Status.RUNNING || moment.status() == Status.PAUSING) {
            throw JobDesk.conflict(moment, "it runs, and its answers are compared when it has stopped");
        }
        json.answer(context, 200, desk.evaluations().require(moment.job(), column));
    }

    /** The column that was asked for, else the one that the job was begun with. */
    private static String column(JobRecord job, Optional<String> asked) {
        List<String> names = job.plan().profile().addresses();
        String column = asked.or(() -> Optional.ofNullable(job.plan().launch().get(JobOptions.TRUTH_COLUMN)))
                .orElseThrow(
                        () -> new ProblemException(
                                Problem.of(
                                        ProblemType.TRUTH_NEEDED,
                                        "this job was begun without a column of right answers; name one of its file with ?truth=COLUMN")));
        if (!isThere(names, column)) {
            throw missing(column, names);
        }
        return column;
    }

    private static boolean isThere(List<String> names, String column) {
        return names.contains(column)
                || (column.matches("#[1-9]\\d{0,5}") && Integer.parseInt(column.substring(1)) <= names.size());
    }

    private static ProblemException missing(String column, List<String> names) {
        String shown = column.length() > MOST_SHOWN ? column.substring(0, MOST_SHOWN) + "…" : column;
        String hint = Suggestion.nearest(column, names)
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElse("; GET /setup of the job lists its columns");
        return new ProblemException(
                new Problem(ProblemType.SETTING_WRONG, "the file has no column \"" + shown + "\"" + hint, Map.of()));
    }
}
