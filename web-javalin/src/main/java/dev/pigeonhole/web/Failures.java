package dev.pigeonhole.web;

import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.web.json.KnownFailures;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemType;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests that ended by an exception. What is wrong, {@link KnownFailures} says. Thread-safe. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final Json json;
    private final Supplier<String> ids;

    /** @param ids names an unexpected failure, so that who reports it and who reads the log mean the same one */
    Failures(Json json, Supplier<String> ids) {
        this.json = json;
        this.ids = ids;
    }

    void addTo(RoutesConfig routes) {
        routes.exception(HttpResponseException.class, (e, context) -> answer(context, of(e)));
        routes.exception(Exception.class, (e, context) -> answer(context, of(e, context)));
    }

    private void answer(Context context, Problem problem) {
        if (context.path().matches("/api(/.*)?")) {
            json.answer(context, problem);
        } else {
            context.status(problem.type().status())
                    .contentType("text/plain; charset=utf-8")
                    .result(problem.type().title() + ": " + problem.detail() + "\n");
        }
    }

    private Problem of(Exception failure, Context context) {
        return KnownFailures.of(failure).orElseGet(() -> unexpected(failure, context));
    }

    private Problem unexpected(Exception failure, Context context) {
        String id = ids.get();
        LOG.error("web failure {}: {} {}", id, context.method(), context.path(), failure);
        return Problem.of(
                ProblemType.UNEXPECTED,
                "this is a defect; error.log has the details under \"web failure " + id
                        + "\". What is done of a job is kept");
    }

    private static Problem of(HttpResponseException failure) {
        return switch (failure.getStatus()) {
            case 404 -> Problem.of(ProblemType.NOT_FOUND, "there is nothing here");
            case 405 ->
                Problem.of(ProblemType.METHOD_NOT_ALLOWED, "that cannot be done here; docs/api.md lists what can");
            case 413 -> Problem.of(ProblemType.UPLOAD_TOO_LARGE, "the body is larger than 8,000,000 bytes");
            default ->
                failure.getStatus() >= 500
                        ? Problem.of(ProblemType.UNEXPECTED, "the request could not be answered")
                        : Problem.of(ProblemType.MALFORMED, "this is not a request that can be understood");
        };
    }
}
