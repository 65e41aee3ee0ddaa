package dev.pigeonhole.bench;

import dev.pigeonhole.web.WebApp;
import dev.pigeonhole.web.WebSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The web page over a workspace, in a process of its own, on any free port. Says its link, serves until its standard input ends, then
 * says what it has taken. Argument: the folder that {@link WebJob} has filled.
 */
final class WebProcess {
    private WebProcess() {}

    public static void main(String[] args) throws IOException {
        Meter meter = new Meter();
        Path folder = Path.of(args[0]);
        WebSettings settings =
                WebSettings.of(WebJob.workspace(folder), folder.resolve("logs")).at("127.0.0.1", 0);
        try (WebApp app = WebApp.create(settings, Map.of()).start()) {
            System.out.println(app.link());
            while (System.in.read() >= 0) {
                // Nothing is said to it.
            }
            meter.read().forEach((name, value) -> System.out.println(name + "=" + value));
        }
    }
}
