package dev.pigeonhole.examples;

import dev.pigeonhole.web.WebApp;
import dev.pigeonhole.web.WebSettings;
import io.javalin.Javalin;
import java.nio.file.Path;

/** The web page within a Javalin server of your own, beside your own routes. Behind its guard, all of the server is. */
public final class PageInYourServer implements AutoCloseable {
    private final WebApp page;
    private final Javalin server;

    private PageInYourServer(WebApp page, Javalin server) {
        this.page = page;
        this.server = server;
    }

    /** First argument: folder to write to. */
    public static void main(String[] args) {
        PageInYourServer running = start(Path.of(args[0]), 7070);
        Runtime.getRuntime().addShutdownHook(new Thread(running::close));
        System.out.println(running.link());
    }

    static PageInYourServer start(Path folder, int port) {
        WebSettings settings = WebSettings.of(folder.resolve(".pigeonhole"), folder.resolve("logs"));
        WebApp page = WebApp.create(settings, System.getenv());
        Javalin server = Javalin.create(config -> {
                    config.routes.get("/hello", context -> context.result("Hello from your own route."));
                    page.mount(config);
                })
                .start("127.0.0.1", port);
        return new PageInYourServer(page, server);
    }

    String link() {
        return page.link(server.port());
    }

    @Override
    public void close() {
        page.close();
        server.stop();
    }
}
