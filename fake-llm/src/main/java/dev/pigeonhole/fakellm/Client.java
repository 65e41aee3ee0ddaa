package dev.pigeonhole.fakellm;

import java.io.IOException;
import java.time.Duration;

/** The one who asks, and waits. */
@FunctionalInterface
interface Client {
    /** Waits for so long, or until the client closes the connection. True if it did. */
    boolean leavesWithin(Duration time) throws IOException;
}
