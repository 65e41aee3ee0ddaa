package dev.pigeonhole.web;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.MissingKeyException;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.checkpoint.JobLockedException;
import dev.pigeonhole.core.checkpoint.StaleLeaseException;
import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only class that makes problems of exceptions. Thread-safe. */
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
        return known(failure).orElseGet(() -> unexpected(failure, context));
    }

    private static Optional<Problem> known(Exception failure) {
        if (failure instanceof ProblemException e) {
            return Optional.of(e.problem());
        }
        return Optional.ofNullable(type(failure)).map(type -> Problem.of(type, text(failure)));
    }

    private static @Nullable ProblemType type(Exception failure) {
        if (failure instanceof MissingKeyException) {
            return ProblemType.KEY_MISSING;
        } else if (failure instanceof ConfigurationException) {
            return ProblemType.SETTING_WRONG;
        } else if (failure instanceof InputException) {
            return ProblemType.CSV_UNREADABLE;
        } else if (failure instanceof JobLockedException || failure instanceof StaleLeaseException) {
            return ProblemType.BUSY;
        } else if (failure instanceof StorageException && isFull(failure)) {
            return ProblemType.NO_ROOM;
        } else if (isBroken(failure)) {
            return ProblemType.MALFORMED;
        }
        return null;
    }

    private static String text(Exception failure) {
        return isBroken(failure)
                ? "the request broke off before its end; send it again"
                : String.valueOf(failure.getMessage());
    }

    /** What the system, or SQLite, says of a full disk. */
    private static boolean isFull(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (message.contains("no space left")
                    || message.contains("disk is full")
                    || message.contains("quota exceeded")
                    || message.contains("sqlite_full")) {
                return true;
            }
        }
        return false;
    }

    /** The client went away, or sent too slowly. */
    private static boolean isBroken(Throwable failure) {
        if (!(failure instanceof IOException)) {
            return failure instanceof HttpException;
        }
        return failure instanceof EofException
                || failure.getCause() instanceof TimeoutException
                || failure.getCause() instanceof EofException
                || failure.getCause() instanceof HttpException;
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
