package dev.pigeonhole.web.job;

import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/**
 * Serves events as {@code text/event-stream}, each stream in the thread of its request: a bounded number of them, so that many open
 * pages cannot take all threads. Thread-safe.
 */
final class EventStream {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final JobDesk desk;
    private final int most;
    private final Semaphore places;

    EventStream(JobDesk desk) {
        this.desk = desk;
        this.most = desk.limits().streams();
        this.places = new Semaphore(most);
    }

    /** Returns when the client is gone or the desk is closed. */
    void serve(Context context) throws IOException {
        LiveJob live = desk.fresh(context.pathParam("id"));
        OptionalLong after = after(context);
        if (!places.tryAcquire()) {
            throw new ProblemException(Problem.of(
                    ProblemType.TOO_MANY, most + " event streams are open already; close some pages of this program"));
        }
        try (Subscriber subscriber = live.subscribe(after)) {
            send(subscriber, context.res());
        } finally {
            places.release();
        }
    }

    /** A number that is none is no reason to leave a page without events. */
    private static OptionalLong after(Context context) {
        String header = context.header("Last-Event-ID");
        String text = header == null || header.isBlank() ? context.queryParam("after") : header.strip();
        return text != null && text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static void send(Subscriber subscriber, HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        OutputStream out = response.getOutputStream();
        try {
            write(out, "retry: 2000\n\n");
            while (true) {
                List<FeedEvent> events = subscriber.take(KEEP_ALIVE);
                for (FeedEvent event : events) {
                    out.write(event.text().getBytes(StandardCharsets.UTF_8));
                }
                if (events.isEmpty() && subscriber.hasEnded()) {
                    return;
                }
                write(out, events.isEmpty() ? ": still here\n\n" : "");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // The server ends.
        } catch (IOException e) {
            return; // The client is gone: how most streams end, and nobody is left to be told.
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
