package dev.pigeonhole.web.guard;

import dev.pigeonhole.web.json.Json;
import io.javalin.config.JavalinConfig;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Stands before a server: host names, origins, sessions, headers, limits. It is put before routing, so that files, streams, errors and
 * routes that nobody thought of are behind it too. Thread-safe.
 */
public final class Guard {
    private static final int HEADER_BYTES = 8192;
    private static final long BODY_BYTES = 8_000_000;
    private static final long STOP_MILLIS = 5_000;

    private final Gate gate;
    private final RefusalText refusals;
    private final ServerLimits limits;
    private final LongSupplier nanoTime;

    public Guard(HostNames names, Sessions sessions, ServerLimits limits, Json json, LongSupplier nanoTime) {
        this.gate = new Gate(names, sessions);
        this.refusals = new RefusalText(json);
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /** Puts the whole of a server behind the guard. */
    public void protect(JavalinConfig config) {
        config.http.maxRequestSize = BODY_BYTES;
        config.http.prefer405over404 = true;
        config.jetty.modifyServer(this::protect);
        config.jetty.modifyHttpConfiguration(Guard::harden);
    }

    private void protect(Server server) {
        GuardHandler handler = new GuardHandler(gate, refusals, limits.bytesPerSecond(), nanoTime);
        Handler inner = server.getHandler();
        if (inner != null) {
            handler.setHandler(inner);
        }
        server.setHandler(handler);
        server.setErrorHandler(new ServerErrors(refusals));
        server.setStopTimeout(STOP_MILLIS);
    }

    private static void harden(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setSendDateHeader(true);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setHttpCompliance(HttpCompliance.RFC9110);
        http.setRelativeRedirectAllowed(true);
    }

    /** Listens at one address with plain HTTP, for so many connections. */
    public void listen(JavalinConfig config, String host, int port) {
        config.jetty.addConnector((server, http) -> connector(server, http, host, port));
    }

    private Connector connector(Server server, HttpConfiguration http, String host, int port) {
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(limits.idle().toMillis());
        connector.addBean(new FirstRequestDeadline(server.getScheduler(), limits.idle()));
        server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
        return connector;
    }
}
