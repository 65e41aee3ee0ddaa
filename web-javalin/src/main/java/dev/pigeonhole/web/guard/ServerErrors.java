package dev.pigeonhole.web.guard;

import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemType;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers to what never became a request, such as broken headers. Says nothing of what was sent. Thread-safe. */
final class ServerErrors extends ErrorHandler {
    private final RefusalText refusals;

    ServerErrors(RefusalText refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        String path = request.getHttpURI().getPath();
        refusals.write(response, callback, problem(code), code, path == null ? "" : path);
    }

    private static Problem problem(int code) {
        return switch (code) {
            case 404 -> Problem.of(ProblemType.NOT_FOUND, "there is nothing here");
            case 405 -> Problem.of(ProblemType.METHOD_NOT_ALLOWED, "that cannot be done here");
            case 413 -> Problem.of(ProblemType.UPLOAD_TOO_LARGE, "the body is too large");
            case 408 -> Problem.of(ProblemType.MALFORMED, "the request came too slowly");
            default ->
                code >= 500
                        ? Problem.of(ProblemType.UNEXPECTED, "the request could not be answered")
                        : Problem.of(ProblemType.MALFORMED, "this is not a request that can be understood");
        };
    }
}
