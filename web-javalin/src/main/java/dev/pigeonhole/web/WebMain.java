package dev.pigeonhole.web;

import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.workspace.ErrorLog;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Serves the page without the command line: {@code WebMain [PORT [WORKSPACE [LOGS]]]}. */
public final class WebMain {
    private WebMain() {}

    public static void main(String[] args) throws InterruptedException {
        try {
            serve(args);
        } catch (PigeonholeException | NumberFormatException e) {
            System.err.println("error: " + e.getMessage());
            System.exit(2);
        }
    }

    private static void serve(String... args) throws InterruptedException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 7070;
        Path workspace = Path.of(args.length > 1 ? args[1] : ".pigeonhole");
        Path logs = Path.of(args.length > 2 ? args[2] : "logs");
        ErrorLog.writeTo(logs);
        WebApp app = WebApp.create(WebSettings.of(workspace, logs).at("127.0.0.1", port), System.getenv());
        Runtime.getRuntime().addShutdownHook(new Thread(app::close, "stop"));
        app.start();
        System.out.println(app.link());
        new CountDownLatch(1).await();
    }
}
