package dev.pigeonhole.web.draft;

import io.javalin.http.Context;
import java.nio.file.Path;

/** Takes the body of a request as a file, within the limits of the server. Thread-safe. */
@FunctionalInterface
public interface Receiver {
    /**
     * Writes the body to a file that appears whole or not at all.
     *
     * @param target made by the server
     * @return how many bytes it has
     * @throws dev.pigeonhole.web.json.ProblemException it is too large, there is no room, or there are too many at once
     */
    long receive(Context context, Path target);
}
