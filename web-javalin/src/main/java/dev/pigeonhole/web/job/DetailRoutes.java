package dev.pigeonhole.web.job;

import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.LogReader;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be asked about a job as a whole: batches, series, failures, log, set-up, result. Thread-safe. */
final class DetailRoutes {
    private static final int MOST_LINES = 500;
    private static final List<String> LEVELS = List.of("error", "warn", "info");

    private final JobDesk desk;
    private final LogReader log;
    private final Json json;

    DetailRoutes(JobDesk desk, LogReader log, Json json) {
        this.desk = desk;
        this.log = log;
        this.json = json;
    }

    void addTo(RoutesConfig routes, String job) {
        routes.get(job + "/batches", JobRoutes.whileThere(desk, this::batches));
        routes.get(job + "/series", JobRoutes.whileThere(desk, this::series));
        routes.get(job + "/failures", JobRoutes.whileThere(desk, this::failures));
        routes.get(job + "/log", JobRoutes.whileThere(desk, this::log));
        routes.get(job + "/setup", JobRoutes.whileThere(desk, this::setup));
        routes.get(job + "/download", JobRoutes.whileThere(desk, this::download));
    }

    private void batches(Context context) {
        Moment moment = desk.fresh(JobRoutes.id(context)).moment();
        int size = JobDesk.options(moment.job()).batchSize();
        Map<Integer, Long> failed = moment.counts().failed() == 0
                ? Map.of()
                : BatchStrip.failedBy(desk.store().rows(moment.job().id()), size);
        json.answer(context, 200, new BatchStrip(moment, size, BatchFiles.of(moment.job()), failed).view());
    }

    private void series(Context context) {
        String name = RowQuery.text(context, "name").orElse("");
        if (!name.equals("rate") && !name.equals("cost")) {
            throw RowQuery.wrong("name", "rate or cost");
        }
        boolean cost = name.equals("cost");
        List<List<Double>> points = desk.fresh(JobRoutes.id(context)).series(cost);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("unit", cost ? "USD" : "rows/s");
        map.put("points", points);
        map.put("plan", null);
        if (points.isEmpty()) {
            map.put("note", "measured while the job runs here, and kept until the server is stopped");
        }
        json.answer(context, 200, map);
    }

    private void failures(Context context) {
        String id = desk.record(JobRoutes.id(context)).id();
        json.answer(context, 200, FailureGroups.of(desk.store().rows(id)));
    }

    private void log(Context context) {
        String id = desk.record(JobRoutes.id(context)).id();
        String level = RowQuery.text(context, "level").orElse("warn");
        if (!LEVELS.contains(level)) {
            throw RowQuery.wrong("level", String.join(", ", LEVELS));
        }
        String words = RowQuery.text(context, "q").orElse("");
        long skip = RowQuery.number(context, "skip", 0, 1_000_000_000L, 0);
        int limit = (int) RowQuery.number(context, "limit", 1, MOST_LINES, 100);
        LogReader.Page page = log.read(new LogReader.Query(id, level, words), skip, limit);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("items", page.lines().stream().map(DetailRoutes::line).toList());
        map.put("total", page.total());
        map.put("exact", page.exact());
        json.answer(context, 200, map);
    }

    private static Map<String, Object> line(LogReader.Line line) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("at", line.at().toString());
        map.put("level", line.level());
        map.put("text", line.text());
        return map;
    }

    private void setup(Context context) {
        Moment moment = desk.fresh(JobRoutes.id(context)).moment();
        JobOptions options = JobDesk.options(moment.job());
        String version = Optional.ofNullable(JobDesk.class.getPackage().getImplementationVersion())
                .orElse("development");
        json.answer(context, 200, new JobSetup(moment.job(), options, moment.file(), desk.workspace()).view(version));
    }

    private void download(Context context) throws IOException {
        String name = RowQuery.text(context, "format").orElse("csv");
        Download.Format format =
                Download.format(name).orElseThrow(() -> RowQuery.wrong("format", "csv, excel or errors"));
        Moment moment = desk.fresh(JobRoutes.id(context)).moment();
        new Download(moment, desk.store().rows(moment.job().id())).send(format, context);
    }
}
