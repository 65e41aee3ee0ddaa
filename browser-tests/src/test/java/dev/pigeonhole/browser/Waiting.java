package dev.pigeonhole.browser;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.NotFoundException;
import org.openqa.selenium.StaleElementReferenceException;

/** Waits for a condition, until a deadline; looks again and again, since a page does not say when it is done. Stateless. */
public final class Waiting {
    static final Duration LONG = Duration.ofSeconds(30);

    /** Between two looks, so that the page has the processor too. */
    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private Waiting() {}

    /**
     * Waits at most half a minute until this holds. An element that is not there yet, or not any more, is no error.
     *
     * @param what is awaited, for the message
     * @throws AssertionError it did not hold in time
     */
    public static void until(String what, BooleanSupplier condition) {
        until(what, LONG, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /**
     * Waits until there is something.
     *
     * @param what is awaited, for the message
     * @throws AssertionError there was nothing in time
     */
    public static <T> T until(String what, Duration atMost, Supplier<Optional<T>> look) {
        long deadline = System.nanoTime() + atMost.toNanos();
        RuntimeException last = null;
        while (true) {
            // Looked at once more after the deadline: a slow look is no reason to give up.
            boolean late = System.nanoTime() - deadline > 0;
            try {
                Optional<T> seen = look.get();
                if (seen.isPresent()) {
                    return seen.get();
                }
                last = null;
            } catch (NotFoundException | StaleElementReferenceException e) {
                last = e;
            }
            if (late) {
                throw tooLate(what, atMost, last);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static AssertionError tooLate(String what, Duration atMost, @Nullable RuntimeException last) {
        return new AssertionError("waited " + atMost.toSeconds() + " s for: " + what, last);
    }
}
