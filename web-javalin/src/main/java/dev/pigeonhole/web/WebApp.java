package dev.pigeonhole.web;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.web.draft.DraftDesk;
import dev.pigeonhole.web.draft.DraftRoutes;
import dev.pigeonhole.web.guard.Guard;
import dev.pigeonhole.web.guard.HostNames;
import dev.pigeonhole.web.guard.Sessions;
import dev.pigeonhole.web.guard.Uploads;
import dev.pigeonhole.web.job.DeskLimits;
import dev.pigeonhole.web.job.JobDesk;
import dev.pigeonhole.web.job.JobRoutes;
import dev.pigeonhole.web.json.Json;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The web page: its API, its files, and the guard before both. Either it listens by itself ({@link #start}), or it is put into a
 * server of yours ({@link #mount}). Thread-safe.
 */
public final class WebApp implements AutoCloseable {
    private final WebSettings settings;
    private final Sessions sessions;
    private final Guard guard;
    private final Failures failures;
    private final ServerRoutes server;
    private final Pages pages = new Pages();
    private final CheckpointStore store;
    private final JobDesk desk;
    private final DraftDesk drafts;
    private final JobRoutes jobRoutes;
    private final DraftRoutes draftRoutes;
    private @Nullable Javalin listening;

    private WebApp(WebSettings settings, CheckpointStore store, Map<String, String> environment, Clock clock) {
        Json json = new Json();
        SecureRandom random = new SecureRandom();
        this.settings = settings;
        this.store = store;
        this.sessions = new Sessions(settings.tokenRequired(), random, clock);
        this.guard = new Guard(
                HostNames.of(settings.host(), settings.allowedHosts()),
                sessions,
                settings.server(),
                json,
                System::nanoTime);
        this.failures = new Failures(json, () -> UUID.randomUUID().toString().substring(0, 8));
        Uploads uploads = Uploads.into(settings.workspace().resolve("drafts"), settings.uploads());
        Meta meta = new Meta(settings, uploads, new ProviderCards(environment, settings.baseUrls()));
        this.server = new ServerRoutes(sessions, meta, json);
        this.desk = new JobDesk(
                settings.workspace(),
                store,
                clock,
                new DeskLimits(settings.running(), settings.queue(), settings.streams()),
                settings.baseUrls(),
                json);
        this.drafts = new DraftDesk(settings.workspace(), store, desk, settings.baseUrls(), json, clock, random);
        this.jobRoutes = new JobRoutes(desk, drafts, settings.logs(), json);
        this.draftRoutes = new DraftRoutes(drafts, uploads::receive, json);
    }

    /**
     * Over the workspace that the settings name; it is made when it is needed.
     *
     * @param environment where keys are looked for
     */
    public static WebApp create(WebSettings settings, Map<String, String> environment) {
        return create(settings, environment, () -> Wiring.storeOnDemand(settings.workspace()), Clock.systemUTC());
    }

    /**
     * Over a store of yours.
     *
     * @param opener opens the store, which is closed with the page
     * @throws dev.pigeonhole.core.StorageException the store cannot be opened
     */
    public static WebApp create(
            WebSettings settings, Map<String, String> environment, Supplier<CheckpointStore> opener, Clock clock) {
        return new WebApp(settings, opener.get(), environment, clock);
    }

    /**
     * Listens.
     *
     * @return this
     * @throws ConfigurationException it cannot listen there
     */
    public synchronized WebApp start() {
        if (listening != null) {
            throw new IllegalStateException("the server was started already");
        }
        try {
            listening = Javalin.create(config -> {
                        guard.listen(config, settings.host(), settings.port());
                        mount(config);
                    })
                    .start();
            return this;
        } catch (JavalinBindException e) {
            throw new ConfigurationException(
                    "cannot listen at " + settings.host() + ", port " + settings.port()
                            + ": another program does, perhaps another pigeonhole, or it is not allowed; choose another"
                            + " with --port, or any that is free with --port 0",
                    e);
        } catch (JavalinException e) {
            throw new ConfigurationException(
                    "cannot listen at " + settings.host() + ", port " + settings.port() + ": " + reason(e), e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /**
     * Puts the page into a server of yours. All of that server is behind the guard then, your routes too: unknown hosts and other
     * pages' requests are refused, and only what is below {@code /api/} asks for a session. Your own routes come first if they are added
     * first. Call {@link #close} when your server has stopped.
     */
    public void mount(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        guard.protect(config);
        failures.addTo(config.routes);
        server.addTo(config.routes);
        jobRoutes.addTo(config.routes);
        draftRoutes.addTo(config.routes);
        // Last, because it takes whatever is left.
        pages.addTo(config.routes);
    }

    /** The port it listens at; -1 if it does not. */
    public synchronized int port() {
        return listening == null ? -1 : listening.port();
    }

    /** Methods and paths of all that can be asked while it listens. */
    synchronized List<String> routes() {
        return listening == null
                ? List.of()
                : listening.unsafe.internalRouter.allHttpHandlers().stream()
                        .map(parsed -> parsed.endpoint.method + " " + parsed.endpoint.path)
                        .toList();
    }

    /** The link that lets somebody in. The token is behind the #, which browsers keep to themselves. */
    public String link() {
        return link(port());
    }

    /** The same for a server of yours, which listens at this port. */
    public String link(int port) {
        String host = settings.host().equals("0.0.0.0") || settings.host().equals("::") ? "127.0.0.1" : settings.host();
        String page = "http://" + HostNames.bracketed(host) + ":" + port + "/";
        return sessions.required() ? page + "#token=" + sessions.token() : page;
    }

    /** Pauses what runs, ends open streams, answers what was asked, stops. What is not finished can be resumed. */
    @Override
    public synchronized void close() {
        try (drafts) {
            // Streams first: the server would wait for them.
            desk.close();
        } finally {
            stop();
        }
    }

    private void stop() {
        try {
            if (listening != null) {
                listening.stop();
                listening = null;
            }
        } finally {
            store.close();
        }
    }
}
