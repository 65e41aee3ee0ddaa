package dev.pigeonhole.web.guard;

import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request whose body must not come too slowly: a thread waits for it. As thread-safe as what it wraps. */
final class UnhurriedRequest extends Request.Wrapper {
    private final RateFloor floor;
    private Content.@Nullable Chunk failure;

    UnhurriedRequest(Request wrapped, RateFloor floor) {
        super(wrapped);
        this.floor = floor;
    }

    @Override
    @SuppressWarnings("NullAway") // Jetty says null where there is nothing to read yet, and does not annotate it.
    public Content.@Nullable Chunk read() {
        if (failure != null) {
            return failure;
        }
        Content.Chunk chunk = super.read();
        if (chunk == null) {
            floor.waits();
            return null;
        }
        floor.arrived(chunk.remaining());
        if (floor.isTooSlow() && !chunk.isLast()) {
            chunk.release();
            TimeoutException slow = new TimeoutException("the body comes too slowly");
            failure = Content.Chunk.from(slow, true);
            getWrapped().fail(slow);
            return failure;
        }
        return chunk;
    }
}
