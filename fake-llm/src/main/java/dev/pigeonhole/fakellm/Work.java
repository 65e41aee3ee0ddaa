package dev.pigeonhole.fakellm;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** The places where calls are worked on: so many at once, the others wait in the order in which they came. Thread-safe. */
final class Work {
    private final Semaphore places;

    /** @param places at least 1 */
    Work(int places) {
        this.places = new Semaphore(places, true);
    }

    /** Works for so long, once there is a place. False if the client did not wait for the end. */
    boolean work(Duration time, Client client) throws IOException {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("the server is closing").initCause(e);
        }
        try {
            return !client.leavesWithin(time);
        } finally {
            places.release();
        }
    }
}
