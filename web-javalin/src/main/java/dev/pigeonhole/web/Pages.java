package dev.pigeonhole.web;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The page's files, out of the jar. Whatever is no file is the page itself, which reads the address. Thread-safe. */
final class Pages {
    private static final String SHELL = "index.html";
    private static final Pattern NAME = Pattern.compile("([a-z0-9][a-z0-9_-]*/)*[a-z0-9][a-z0-9_-]*(\\.[a-z0-9]+)+");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml; charset=utf-8",
            "png", "image/png",
            "ico", "image/x-icon",
            "txt", "text/plain; charset=utf-8");

    /** Only files that there are, so it cannot grow without bound. */
    private final Map<String, Asset> assets = new ConcurrentHashMap<>();

    void addTo(RoutesConfig routes) {
        routes.get("/", context -> send(context, shell()));
        routes.get("/assets/<name>", context -> send(context, file(context.pathParam("name"))));
        routes.get("/<path>", this::other);
    }

    private void other(Context context) {
        String path = context.path();
        if (path.matches("/(api|assets)(/.*)?") || path.contains(".")) {
            throw missing();
        }
        send(context, shell());
    }

    private Asset shell() {
        return find(SHELL)
                .orElseGet(() -> Asset.of(
                        "text/plain; charset=utf-8",
                        "Pigeonhole runs. This build has no page; the API is at /api/v1.\n"
                                .getBytes(StandardCharsets.UTF_8)));
    }

    private Asset file(String name) {
        return find(name).orElseThrow(Pages::missing);
    }

    private static ProblemException missing() {
        return new ProblemException(Problem.of(ProblemType.NOT_FOUND, "there is nothing here"));
    }

    private Optional<Asset> find(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        Asset known = assets.get(name);
        return known == null ? load(name, type) : Optional.of(known);
    }

    private Optional<Asset> load(String name, String type) {
        try (InputStream in = Pages.class.getResourceAsStream("page/" + name)) {
            if (in == null) {
                return Optional.empty();
            }
            Asset asset = Asset.of(type, in.readAllBytes());
            assets.put(name, asset);
            return Optional.of(asset);
        } catch (IOException e) {
            throw new StorageException("the page's file " + name + " cannot be read from the jar", e);
        }
    }

    /** Asked for each time, sent only if it changed: names stay the same when the program is updated. */
    private static void send(Context context, Asset asset) {
        context.header("Cache-Control", "no-cache")
                .header("ETag", asset.etag())
                .header("Vary", "Accept-Encoding")
                .contentType(asset.type());
        if (asset.etag().equals(context.header("If-None-Match"))) {
            context.status(304);
        } else if (accepts(context)) {
            context.header("Content-Encoding", "gzip").result(asset.packed());
        } else {
            context.result(asset.plain());
        }
    }

    private static boolean accepts(Context context) {
        String accepted = context.header("Accept-Encoding");
        return accepted != null && accepted.matches(".*\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?(,|$)).*");
    }
}
