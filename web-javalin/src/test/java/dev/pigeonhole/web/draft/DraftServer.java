package dev.pigeonhole.web.draft;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.file.Disk;
import dev.pigeonhole.store.jdbc.JdbcCheckpointStore;
import dev.pigeonhole.web.contract.ContractClient;
import dev.pigeonhole.web.guard.UploadLimits;
import dev.pigeonhole.web.guard.Uploads;
import dev.pigeonhole.web.job.DeskLimits;
import dev.pigeonhole.web.job.JobDesk;
import dev.pigeonhole.web.job.JobRoutes;
import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.web.json.KnownFailures;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemType;
import io.javalin.Javalin;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Drafts and jobs of a workspace behind real HTTP, without the guard; every answer is held against the contract. */
final class DraftServer implements AutoCloseable {
    static final int MOST_UPLOAD = 400_000;

    private final Json json = new Json();
    final CheckpointStore store;
    final JobDesk jobs;
    final DraftDesk drafts;
    final ContractClient client;
    private final Javalin javalin;

    DraftServer(Path workspace, String... baseUrls) {
        this(workspace, Disk.real(), Duration.ofSeconds(10), baseUrls);
    }

    /** @param patience calls in flight of a trial are waited for so long */
    DraftServer(Path workspace, Disk disk, Duration patience, String... baseUrls) {
        store = JdbcCheckpointStore.sqlite(workspace);
        jobs = new JobDesk(workspace, store, Clock.systemUTC(), DeskLimits.usual(), List.of(baseUrls), json);
        drafts = new DraftDesk(
                workspace, store, jobs, List.of(baseUrls), json, Clock.systemUTC(), new SecureRandom(), disk, patience);
        Uploads uploads =
                new Uploads(new UploadLimits(MOST_UPLOAD, 1 << 28, 0, 4), workspace.resolve("drafts"), () -> 1L << 40);
        javalin = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.http.maxRequestSize = 8_000_000;
                    config.routes.exception(
                            PigeonholeException.class,
                            (e, context) -> json.answer(
                                    context,
                                    KnownFailures.of(e)
                                            .orElseGet(() -> Problem.of(ProblemType.UNEXPECTED, "unforeseen"))));
                    new DraftRoutes(drafts, uploads::receive, json).addTo(config.routes);
                    new JobRoutes(jobs, drafts, workspace.resolve("logs"), json).addTo(config.routes);
                })
                .start("127.0.0.1", 0);
        client = ContractClient.local(javalin.port());
    }

    /** A new draft with this file; returns its path in the API. */
    String draftOf(String csv) {
        String draft = newDraft();
        client.upload(draft + "/file?name=tickets.csv", csv).expect(200);
        return draft;
    }

    String newDraft() {
        return pathOf(client.post("/drafts", "{}").expect(201).json());
    }

    String sample(String id) {
        return pathOf(client.post("/drafts", "{\"sample\":\"" + id + "\"}")
                .expect(201)
                .json());
    }

    static String pathOf(JsonNode draft) {
        return "/drafts/" + draft.get("id").textValue();
    }

    JsonNode get(String path) {
        return client.get(path).expect(200).json();
    }

    /** Asks until it is so. */
    JsonNode await(String path, Predicate<JsonNode> so) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        JsonNode last = get(path);
        while (!so.test(last)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(path + " stays " + last);
            }
            LockSupport.parkNanos(20_000_000);
            last = get(path);
        }
        return last;
    }

    JsonNode awaitTrial(String draft) {
        return await(draft + "/trial", trial -> !trial.get("state").textValue().equals("running"));
    }

    JsonNode awaitJob(String id) {
        return await("/jobs/" + id, job -> job.get("state").textValue().startsWith("completed"));
    }

    @Override
    public void close() {
        javalin.stop();
        drafts.close();
        jobs.close();
        store.close();
    }
}
