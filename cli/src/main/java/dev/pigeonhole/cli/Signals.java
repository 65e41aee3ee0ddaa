package dev.pigeonhole.cli;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Ctrl-C and SIGTERM: the first asks the run to pause, the second ends the process at once. Thread-safe. Shutdown hooks would
 * not do: a JVM that is shutting down sees no second signal.
 */
final class Signals {
    /** Less than the ten seconds that containers usually get between SIGTERM and SIGKILL. */
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(8);

    private final AtomicInteger received = new AtomicInteger();

    /**
     * From now on signals are handled here.
     *
     * @param first told the exit code of the first signal
     * @param second told the exit code of the second, or of SIGTERM if draining takes too long; does not return
     */
    void handle(IntConsumer first, IntConsumer second) {
        handle("INT", ExitCode.INTERRUPTED, first, second);
        handle("TERM", ExitCode.TERMINATED, first, second);
        // A terminal that was closed, or a connection that broke; under nohup the JVM leaves it ignored.
        handle("HUP", ExitCode.TERMINATED, first, second);
    }

    /** The exit code of the first signal that came, or {@link ExitCode#INTERRUPTED} if none did. */
    int exitCode() {
        int code = received.get();
        return code == 0 ? ExitCode.INTERRUPTED : code;
    }

    private void handle(String name, int code, IntConsumer first, IntConsumer second) {
        org.jline.utils.Signals.register(name, () -> {
            if (received.compareAndSet(0, code)) {
                first.accept(code);
                if (code == ExitCode.TERMINATED) {
                    endLater(code, second);
                }
            } else {
                second.accept(code);
            }
        });
    }

    private static void endLater(int code, IntConsumer second) {
        Thread timer = new Thread(
                () -> {
                    try {
                        Thread.sleep(LONGEST_DRAIN.toMillis());
                        second.accept(code);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "drain-limit");
        timer.setDaemon(true);
        timer.start();
    }
}
