package dev.pigeonhole.web;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.web.guard.Sessions;
import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.stream.Stream;

/** What is asked about the server itself. Thread-safe. */
final class ServerRoutes {
    private static final String API = "/api/v1";

    /** What a visitor sends to come in. */
    record Login(String token) {
        Login {
            if (token == null) {
                throw new ProblemException(
                        Problem.of(ProblemType.MALFORMED, "expected {\"token\":\"...\"}, found no token"));
            }
        }

        @Override
        public String toString() {
            return "Login[***]";
        }
    }

    private final Sessions sessions;
    private final Meta meta;
    private final Json json;

    ServerRoutes(Sessions sessions, Meta meta, Json json) {
        this.sessions = sessions;
        this.meta = meta;
        this.json = json;
    }

    void addTo(RoutesConfig routes) {
        routes.post(API + "/session", this::open);
        routes.get(API + "/session", this::state);
        routes.delete(API + "/session", this::close);
        routes.get(API + "/health", context -> json.answer(context, 200, Map.of("status", "ok")));
        routes.get(API + "/meta", context -> json.answer(context, 200, meta.toMap()));
        routes.get(API + "/openapi.json", ServerRoutes::description);
        routes.get("/problems/{name}", ServerRoutes::problem);
    }

    private void open(Context context) {
        Login login = json.body(context, Login.class);
        context.header("Set-Cookie", sessions.open(login.token())).status(204);
    }

    private void state(Context context) {
        boolean known = sessions.isKnown(context.cookieMap(), context.header("Authorization"));
        json.answer(context, 200, Map.of("authenticated", known));
    }

    private void close(Context context) {
        context.header("Set-Cookie", sessions.close(context.cookieMap())).status(204);
    }

    private static void description(Context context) {
        try (InputStream in = ServerRoutes.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new ProblemException(
                        Problem.of(ProblemType.NOT_FOUND, "this build has no description of its API; see docs/api.md"));
            }
            context.contentType("application/json; charset=utf-8").result(in.readAllBytes());
        } catch (IOException e) {
            throw new StorageException("the description of the API cannot be read from the jar", e);
        }
    }

    private static void problem(Context context) {
        String uri = "/problems/" + context.pathParam("name");
        ProblemType type = Stream.of(ProblemType.values())
                .filter(known -> known.uri().equals(uri))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(Problem.of(ProblemType.NOT_FOUND, "there is no problem of that name")));
        context.contentType("text/plain; charset=utf-8").result(ProblemText.of(type));
    }
}
