package dev.pigeonhole.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A tiny server of pages, to try the harness on. */
final class LocalPages implements AutoCloseable {
    static final String STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";
    static final String NONE = "";

    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final HttpServer server;

    private record Page(String type, String policy, String content) {}

    private LocalPages(HttpServer server) {
        this.server = server;
    }

    static LocalPages start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        LocalPages pages = new LocalPages(server);
        server.createContext("/", pages::answer);
        server.start();
        return pages;
    }

    /** Puts a page with this body there, under this security policy. */
    URI page(String path, String policy, String body) {
        String html = "<!doctype html><html lang=\"en\"><head><title>Page " + path + "</title>"
                + "<link rel=\"stylesheet\" href=\"/page.css\"></head><body><main><h1>A page</h1>" + body
                + "</main></body></html>";
        pages.put(path, new Page("text/html; charset=utf-8", policy, html));
        return uri(path);
    }

    void style(String css) {
        pages.put("/page.css", new Page("text/css", NONE, css));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Page page = pages.getOrDefault(exchange.getRequestURI().getPath(), new Page("text/plain", NONE, ""));
        exchange.getResponseHeaders().set("Content-Type", page.type());
        if (!page.policy().isEmpty()) {
            exchange.getResponseHeaders().set("Content-Security-Policy", page.policy());
        }
        byte[] bytes = page.content().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
