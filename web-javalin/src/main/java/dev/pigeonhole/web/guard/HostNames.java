package dev.pigeonhole.web.guard;

import dev.pigeonhole.core.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names this server answers to. A page of somebody else can make its own name point to this machine (DNS rebinding); it cannot
 * make the browser send another name. Immutable.
 */
public final class HostNames {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "[::]", "::", "");

    private final Set<String> own;
    private final Set<String> added;

    private HostNames(Set<String> own, Set<String> added) {
        this.own = Set.copyOf(own);
        this.added = Set.copyOf(added);
    }

    /**
     * The names of this machine itself, the address that is listened at, and more.
     *
     * @param host the address that is listened at
     * @param added {@code NAME}, which is taken with our port or with none, or {@code NAME:PORT}
     * @throws ConfigurationException one is no host name
     */
    public static HostNames of(String host, Collection<String> added) {
        added.forEach(HostNames::requireName);
        Set<String> own =
                ANY_ADDRESS.contains(host) ? Set.of() : Set.of(bracketed(host).toLowerCase(Locale.ROOT));
        return new HostNames(
                own, added.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether nobody but this machine can reach this address. */
    public static boolean isLoopback(String host) {
        return LOOPBACK.contains(bracketed(host).toLowerCase(Locale.ROOT)) || host.matches("127(\\.\\d{1,3}){3}");
    }

    /** An address as it stands in a link. */
    public static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** Whether a {@code Host} header names this server. */
    boolean knows(String header, int port) {
        String host = header.toLowerCase(Locale.ROOT);
        return isOwn(host, port) || isAdded(host, port);
    }

    /** Whether a page of this origin is ours: it came from the host that it now asks. */
    boolean isOrigin(@Nullable String origin, String header, int port) {
        if (origin == null || !knows(header, port)) {
            return false;
        }
        String host = header.toLowerCase(Locale.ROOT);
        // What is told to us is a name behind a proxy, which may speak TLS.
        return origin.equals("http://" + host)
                || (isAdded(host, port) && !isOwn(host, port) && origin.equals("https://" + host));
    }

    private boolean isOwn(String host, int port) {
        return isOneOf(LOOPBACK, host, port) || isOneOf(own, host, port);
    }

    private static boolean isOneOf(Set<String> names, String host, int port) {
        // Browsers leave out the port of HTTP.
        return names.stream().anyMatch(name -> host.equals(name + ":" + port) || (port == 80 && host.equals(name)));
    }

    private boolean isAdded(String host, int port) {
        return added.contains(host)
                || added.stream().filter(name -> !hasPort(name)).anyMatch(name -> host.equals(name + ":" + port));
    }

    private static boolean hasPort(String name) {
        return name.matches(".*[^\\[:]:\\d+") && !name.endsWith("]");
    }

    private static void requireName(String name) {
        try {
            URI uri = new URI("http://" + name + "/");
            if (uri.getHost() != null && uri.getUserInfo() == null && name.equals(uri.getRawAuthority())) {
                return;
            }
        } catch (URISyntaxException e) {
            throw wrong(name, e);
        }
        throw wrong(name, null);
    }

    private static ConfigurationException wrong(String name, @Nullable Throwable cause) {
        return new ConfigurationException(
                "\"" + name + "\" is no host name; expected NAME or NAME:PORT, such as data.example.org", cause);
    }
}
