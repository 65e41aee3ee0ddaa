package dev.pigeonhole.cli;

import dev.pigeonhole.web.WebApp;
import dev.pigeonhole.web.WebSettings;
import dev.pigeonhole.workspace.ErrorLog;
import dev.pigeonhole.workspace.LaunchCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** One run of the web page: from the link to the last signal. */
final class Serving {
    /** What the command line asked for. */
    record Wish(
            String host,
            int port,
            Path workspace,
            Path logs,
            boolean open,
            boolean token,
            List<String> allowedHosts,
            List<String> baseUrls) {
        WebSettings settings() {
            WebSettings settings =
                    WebSettings.of(workspace, logs).at(host, port).knowing(allowedHosts, baseUrls);
            return token ? settings : settings.withoutToken();
        }
    }

    private final Console console;
    private final Wish wish;
    private final CountDownLatch stop = new CountDownLatch(1);

    Serving(Console console, Wish wish) {
        this.console = console;
        this.wish = wish;
    }

    /** Serves until a signal comes; the exit code. */
    int run() {
        WebSettings settings = wish.settings();
        LaunchCheck.requireFolder(wish.workspace());
        ErrorLog.hold();
        try (WebApp app = Wiring.web(settings, console.environment());
                BrowserLink browser = new BrowserLink(wish.workspace())) {
            console.signals().handle(this::end, code -> Runtime.getRuntime().halt(code));
            app.start();
            if (!ErrorLog.writeTo(wish.logs())) {
                note("note: there can be no error.log in " + wish.logs());
            }
            say(app.link());
            if (wish.open()) {
                browser.open(app.link()).ifPresent(this::note);
            }
            awaitEnd();
        } finally {
            ErrorLog.close();
        }
        return console.signals().exitCode();
    }

    private void say(String link) {
        PrintWriter out = console.out();
        out.println(link);
        out.flush();
        note("The page is at this link"
                + (wish.token() ? "; whoever has the link can use it" : "; everybody on this machine can use it")
                + ". Jobs are in " + Plain.text(wish.workspace().toString()) + ". Ctrl-C pauses them and stops.");
    }

    private void end(int code) {
        note(System.lineSeparator() + "stopping: waiting for the calls in flight; again to leave at once");
        stop.countDown();
    }

    private void awaitEnd() {
        try {
            stop.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(String text) {
        console.terminal().err().println(text);
        console.terminal().err().flush();
    }
}
