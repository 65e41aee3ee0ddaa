package dev.pigeonhole.web.guard;

import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.web.json.Problem;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes a problem where no route was reached: as JSON to those who asked the API, as a line of text to all others. Thread-safe. */
final class RefusalText {
    private final Json json;

    RefusalText(Json json) {
        this.json = json;
    }

    void write(Response response, Callback callback, Problem problem, String path) {
        write(response, callback, problem, problem.type().status(), path);
    }

    void write(Response response, Callback callback, Problem problem, int status, String path) {
        boolean api = Gate.isApi(path);
        AnswerHeaders.put(response.getHeaders());
        response.setStatus(status);
        response.getHeaders()
                .put(
                        HttpHeader.CONTENT_TYPE,
                        api ? "application/problem+json; charset=utf-8" : "text/plain; charset=utf-8");
        Content.Sink.write(
                response,
                true,
                api ? json.write(problem, "/api") : problem.type().title() + ": " + problem.detail() + "\n",
                callback);
    }
}
