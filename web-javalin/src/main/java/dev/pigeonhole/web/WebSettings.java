package dev.pigeonhole.web;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.web.guard.HostNames;
import dev.pigeonhole.web.guard.ServerLimits;
import dev.pigeonhole.web.guard.UploadLimits;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the web page is served. Immutable.
 *
 * @param host the address to listen at
 * @param port 0 to 65535; 0 is any that is free
 * @param workspace folder of the jobs
 * @param logs folder of {@code error.log}
 * @param allowedHosts names to answer to besides those of this machine
 * @param tokenRequired false only where nobody but this machine can ask
 * @param baseUrls servers of language models that the page may choose
 * @param uploads how much may be uploaded
 * @param server how much of the server one visitor can hold
 * @param streams event streams open at once
 * @param running jobs that run at once
 * @param queue jobs that wait for their turn
 */
public record WebSettings(
        String host,
        int port,
        Path workspace,
        Path logs,
        List<String> allowedHosts,
        boolean tokenRequired,
        List<String> baseUrls,
        UploadLimits uploads,
        ServerLimits server,
        int streams,
        int running,
        int queue) {
    private static final String USUAL_HOST = "127.0.0.1";
    private static final int USUAL_PORT = 7070;

    /** @throws ConfigurationException a setting is out of its bounds, or strangers could come in without a token */
    public WebSettings {
        allowedHosts = List.copyOf(allowedHosts);
        baseUrls = List.copyOf(baseUrls);
        if (host.isBlank()) {
            throw new ConfigurationException("the host is empty; name the address to listen at, such as " + USUAL_HOST);
        }
        if (port < 0 || port > 65_535) {
            throw new ConfigurationException("the port must be from 0 to 65535, was " + port);
        }
        if (!tokenRequired && !(HostNames.isLoopback(host) && allowedHosts.isEmpty())) {
            throw new ConfigurationException("without a token everybody who reaches " + host
                    + " could read your data and spend your money; leave out --no-token, or serve this machine only");
        }
        if (streams < 1 || running < 1 || queue < 0) {
            throw new ConfigurationException("limits must be positive, were: " + streams + " streams, " + running
                    + " jobs at once, " + queue + " waiting");
        }
        HostNames.of(host, allowedHosts);
        baseUrls.forEach(WebSettings::requireServer);
    }

    /** Served to this machine only, with a token, within the usual limits. */
    public static WebSettings of(Path workspace, Path logs) {
        return new WebSettings(
                USUAL_HOST,
                USUAL_PORT,
                workspace,
                logs,
                List.of(),
                true,
                List.of(),
                UploadLimits.usual(),
                ServerLimits.usual(),
                50,
                2,
                20);
    }

    public WebSettings at(String otherHost, int otherPort) {
        return new WebSettings(
                otherHost,
                otherPort,
                workspace,
                logs,
                allowedHosts,
                tokenRequired,
                baseUrls,
                uploads,
                server,
                streams,
                running,
                queue);
    }

    /** Answers to these names too, and lets these servers of language models be chosen. */
    public WebSettings knowing(List<String> names, List<String> servers) {
        return new WebSettings(
                host, port, workspace, logs, names, tokenRequired, servers, uploads, server, streams, running, queue);
    }

    /** Lets in everybody on this machine. */
    public WebSettings withoutToken() {
        return new WebSettings(
                host, port, workspace, logs, allowedHosts, false, baseUrls, uploads, server, streams, running, queue);
    }

    public WebSettings within(UploadLimits otherUploads, ServerLimits otherServer) {
        return new WebSettings(
                host,
                port,
                workspace,
                logs,
                allowedHosts,
                tokenRequired,
                baseUrls,
                otherUploads,
                otherServer,
                streams,
                running,
                queue);
    }

    private static void requireServer(String url) {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() != null
                    && uri.getUserInfo() == null
                    && List.of("http", "https").contains(scheme)) {
                return;
            }
        } catch (URISyntaxException e) {
            throw wrongServer(new IllegalArgumentException(e.getReason()));
        }
        throw wrongServer(null);
    }

    /** Does not repeat the address: it may hold a password. */
    private static ConfigurationException wrongServer(@Nullable Throwable cause) {
        return new ConfigurationException(
                "a base URL is an address such as https://host/v1, without a user name; one that was given is not",
                cause);
    }
}
