package dev.pigeonhole.web.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A stream of events, read by a thread of its own; each event is held against the contract. Thread-safe. */
public final class ContractEvents implements AutoCloseable {
    private final BlockingQueue<Found> found = new LinkedBlockingQueue<>();
    private final AtomicLong comments = new AtomicLong();
    private final JsonMapper mapper = new JsonMapper();
    private final Contract contract;
    private final String path;
    private final InputStream stream;

    /**
     * An event.
     *
     * @param id -1 if it has none
     */
    public record Event(long id, String name, JsonNode data) {
        /** The job that every event carries. */
        public JsonNode job() {
            return data.path("job");
        }
    }

    /** What the reading thread has met: an event, a fault, or the end of the stream where both are null. */
    private record Found(@Nullable Event event, @Nullable AssertionError fault) {}

    ContractEvents(Contract contract, String path, InputStream stream) {
        this.contract = contract;
        this.path = path;
        this.stream = stream;
        Thread reader = new Thread(this::read, "events of " + path);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * The next event; empty if the stream is at its end.
     *
     * @throws AssertionError none came in time, or one does not match the contract
     */
    public Optional<Event> next(Duration atMost) {
        Found next = poll(atMost);
        if (next == null) {
            throw new AssertionError("no event of " + path + " within " + atMost);
        }
        if (next.fault() != null) {
            throw next.fault();
        }
        if (next.event() == null) {
            found.add(next);
        }
        return Optional.ofNullable(next.event());
    }

    /**
     * The first event from here on of which this holds; those before it are dropped.
     *
     * @throws AssertionError none came in time, or one does not match the contract
     */
    public Event await(Predicate<Event> wanted, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            Event event = next(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))
                    .orElseThrow(() -> new AssertionError("the stream of " + path + " ended before the awaited event"));
            if (wanted.test(event)) {
                return event;
            }
        }
    }

    /** How many comments came, with which the server keeps the stream alive. */
    public long comments() {
        return comments.get();
    }

    /** Drops the connection. */
    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Found poll(Duration atMost) {
        try {
            return found.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            EventLines event = new EventLines();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(":")) {
                    comments.incrementAndGet();
                } else if (!line.isEmpty()) {
                    event.add(line);
                } else if (!event.isEmpty()) {
                    found.add(checked(event));
                    event = new EventLines();
                }
            }
            found.add(new Found(null, null));
        } catch (IOException e) {
            // The connection is gone: closed here, or broken on purpose. For the reader both are the end.
            found.add(new Found(null, null));
        }
    }

    private Found checked(EventLines lines) {
        try {
            contract.checkEvent(path, lines.name(), lines.data());
            return new Found(new Event(lines.id(), lines.name(), mapper.readTree(lines.data())), null);
        } catch (AssertionError e) {
            return new Found(null, e);
        } catch (JsonProcessingException e) {
            return new Found(null, new AssertionError("no JSON: " + lines.data(), e));
        }
    }
}
