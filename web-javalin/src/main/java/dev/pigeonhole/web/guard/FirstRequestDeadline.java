package dev.pigeonhole.web.guard;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which nobody has asked anything in time. A sender of one byte of a header now and then is never idle, but
 * would hold its place for ever. Thread-safe.
 */
final class FirstRequestDeadline implements Connection.Listener {
    private final Scheduler scheduler;
    private final Duration time;

    FirstRequestDeadline(Scheduler scheduler, Duration time) {
        this.scheduler = scheduler;
        this.time = time;
    }

    @Override
    public void onOpened(Connection connection) {
        Scheduler.Task task =
                scheduler.schedule(() -> closeUnlessAsked(connection), time.toMillis(), TimeUnit.MILLISECONDS);
        connection.addEventListener(new Connection.Listener() {
            @Override
            public void onClosed(Connection closed) {
                task.cancel();
            }
        });
    }

    private static void closeUnlessAsked(Connection connection) {
        if (connection.getMessagesIn() == 0) {
            connection.close();
        }
    }
}
