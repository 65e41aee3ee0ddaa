package dev.pigeonhole.browser;

import dev.pigeonhole.fakellm.Fault;
import dev.pigeonhole.fakellm.FaultRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openqa.selenium.By;

/** A server with jobs in every state, and the way through all pages that show them. Not thread-safe. */
final class Tour implements AutoCloseable {
    private static final String NOT_BUSY = """
            const main = document.querySelector('main');
            return Boolean(main && main.querySelector('h1')) && !document.querySelector('.loading, [aria-busy="true"]')
                && [...document.getAnimations()].length === 0;
            """;

    final Site site;
    private final List<Stop> stops = new ArrayList<>();

    /** A page, and how to get to where it is worth a look. */
    record Stop(String name, String path, Consumer<Browser> arrive) {
        @Override
        public String toString() {
            return name;
        }
    }

    private Tour(Site site) {
        this.site = site;
    }

    /** Prepares the jobs, which takes some seconds. */
    static Tour prepare(Path folder) {
        Site site = Site.open(
                folder,
                Tickets.oracle(),
                FaultRule.whereTextHolds(Fault.CONTENT_FILTER_400, Tickets.marker(17)),
                FaultRule.whereTextHolds(Fault.REFUSAL, Tickets.marker(43)),
                FaultRule.whereTextHolds(Fault.INVALID_JSON, Tickets.marker(77)));
        Tour tour = new Tour(site);
        tour.begin();
        return tour;
    }

    List<Stop> stops() {
        return List.copyOf(stops);
    }

    Stop stop(String name) {
        return stops.stream()
                .filter(stop -> stop.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Shows a page, and waits until it is all there. */
    void show(Browser browser, Stop stop) {
        browser.open(site.page(stop.path()));
        settle(browser);
        stop.arrive().accept(browser);
        settle(browser);
    }

    static void settle(Browser browser) {
        browser.await("page shown", () -> Boolean.TRUE.equals(browser.driver().executeScript(NOT_BUSY)));
    }

    private void begin() {
        add("new", "/new");
        String finished = finished();
        String failures = failures();
        String judged = judged();
        site.latency(Duration.ofMillis(150));
        String paused = stopped("Tickets of April", 90);
        String interrupted = stopped("Tickets of May", 140);
        site.interrupt(interrupted);
        site.latency(Duration.ZERO);
        String budget = budget();
        site.latency(Duration.ofMillis(1_500));
        String running =
                site.start(draft("Tickets of July", "tickets-july.csv", 24_000, 10, Map.of("batchSize", 1_000)));
        site.awaitCategorized(running, 20);
        drafts();
        add("jobs", "/");
        finishedJob("/jobs/" + finished);
        addClick("confirm delete", "/jobs/" + finished, "delete");
        for (String page : List.of("", " failures", " log", " review")) {
            add("with failures" + page, "/jobs/" + failures + page.replace(' ', '/'));
        }
        add("quality", "/jobs/" + judged + "/quality");
        stops.add(new Stop(
                "quality in full",
                "/jobs/" + judged + "/quality",
                browser -> browser.driver()
                        .executeScript(
                                "document.querySelectorAll('.chart-table').forEach((each) => { each.open = true; })")));
        add("quality of which column", "/jobs/" + finished + "/quality");
        add("quality of another column", "/jobs/" + judged + "/quality?truth=channel");
        add("quality while running", "/jobs/" + running + "/quality");
        add("with failures row", "/jobs/" + failures + "/rows?row=17");
        add("paused", "/jobs/" + paused);
        add("interrupted", "/jobs/" + interrupted);
        add("at its limit", "/jobs/" + budget);
        addClick("raise the limit", "/jobs/" + budget, "resume");
        add("running", "/jobs/" + running);
        add("rows while running", "/jobs/" + running + "/rows");
        addClick("confirm cancel", "/jobs/" + running, "cancel");
        add("settings", "/settings");
        add("missing", "/nowhere");
        add("missing job", "/jobs/nosuchjob");
        add("missing draft", "/new/nosuchdraft");
        addClick("keys", "/", "show-keys");
    }

    private String finished() {
        String draft = site.draft(
                "tickets-march.csv",
                Tickets.csv(400),
                Tickets.categories(),
                Map.of("name", "Tickets of March", "provider", "local", "batchSize", 50, "subBatchSize", 10));
        String job = site.start(draft);
        site.await(job, "completed");
        for (int row = 1; row <= 3; row++) {
            site.asker()
                    .put(
                            "/jobs/" + job + "/rows/" + row + "/review",
                            Map.of("verdict", "category", "category", "Login"));
        }
        return job;
    }

    private String judged() {
        String draft = site.draft(
                "tickets-labelled.csv",
                Tickets.labelled(400),
                Tickets.categories(),
                Map.of("name", "Tickets with known teams", "provider", "local", "batchSize", 50, "subBatchSize", 10));
        site.asker().patch(draft, Map.of("columns", Map.of("text", List.of("text"), "id", "id", "truth", "team")));
        String job = site.start(draft);
        site.await(job, "completed");
        return job;
    }

    private String failures() {
        String job = site.start(draft("Tickets with failures", "tickets-june.csv", 200, 5, Map.of()));
        site.await(job, "completed_with_failures");
        return job;
    }

    private String stopped(String name, int rows) {
        String job = site.start(draft(name, "tickets.csv", 400, 10, Map.of()));
        site.awaitCategorized(job, rows);
        site.asker().post("/jobs/" + job + "/pause", Map.of());
        site.await(job, "paused");
        return job;
    }

    private String budget() {
        String job = site.start(draft("Tickets with a limit", "tickets.csv", 600, 10, Map.of("maxCost", "0.0008")));
        site.await(job, "paused");
        return job;
    }

    private String draft(String name, String file, int rows, int subBatch, Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(site.byModel(name, subBatch));
        settings.putAll(more);
        return site.draft(file, Tickets.csv(rows), Tickets.categories(), settings);
    }

    private void drafts() {
        String ready = draft("Tickets of August", "tickets-august.csv", 300, 10, Map.of());
        String id = ready.replace("/drafts/", "/new/");
        add("draft", id);
        for (String section : List.of("columns", "categories", "run")) {
            add("draft " + section, id + "#" + section);
        }
        addClick("paste categories", id, "paste-categories");
        addClick("prompt", id, "show-prompt");
        add(
                "draft without categories",
                site.asker().upload("half.csv", Tickets.csv(30)).replace("/drafts/", "/new/"));
        String torn = site.asker().upload("torn.csv", "id,text\n1,a\n2,b,c,d\n3\n\n4,\"x\"y\n");
        add("draft with bad lines", torn.replace("/drafts/", "/new/"));
    }

    private void finishedJob(String path) {
        add("finished", path);
        add("finished rows", path + "/rows");
        add("finished rows found", path + "/rows?q=parcel&status=categorized");
        add("finished row", path + "/rows?row=16");
        for (String page : List.of("review", "failures", "log", "setup")) {
            add("finished " + page, path + "/" + page);
        }
    }

    private void add(String name, String path) {
        stops.add(new Stop(name, path, browser -> {}));
    }

    /** A dialog, which this opens. */
    private void addClick(String name, String path, String id) {
        stops.add(new Stop(name, path, browser -> {
            browser.driver().executeScript("document.getElementById(arguments[0]).click()", id);
            browser.find(By.cssSelector("dialog[open]"));
        }));
    }

    @Override
    public void close() {
        site.close();
    }
}
