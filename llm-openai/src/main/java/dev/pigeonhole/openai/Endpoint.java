package dev.pigeonhole.openai;

import dev.pigeonhole.core.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The server to ask, and the address on it that answers chat completions. Immutable.
 *
 * @param flavor whose server it is
 * @param baseUrl all before {@code /chat/completions}, without a slash at the end
 * @param apiVersion of Azure; empty if it is not asked for
 */
record Endpoint(Flavor flavor, String baseUrl, String apiVersion) {
    static final String OPENAI = "https://api.openai.com/v1";

    /** Whose server it is, as far as the wire differs. */
    enum Flavor {
        OPENAI,
        AZURE,
        /** Any other that speaks the same protocol. */
        OTHER
    }

    /**
     * Reads a base URL as users write it.
     *
     * @param model names the deployment where the version of Azure's interface is given
     * @throws ConfigurationException it is none, or one to which neither key nor text may be sent
     */
    static Endpoint of(String text, String apiVersion, String model) {
        HttpUrl url = HttpUrl.parse(text.strip());
        if (url == null) {
            throw refused("is no address that begins with https:// or http://");
        }
        requireHarmless(url);
        Flavor flavor = flavor(url.host());
        if (!apiVersion.isEmpty() && flavor != Flavor.AZURE) {
            throw new ConfigurationException(
                    "azure-api-version is given, but " + url.host() + " is no server of Azure; leave it out");
        }
        return of(flavor, url, apiVersion, model);
    }

    /** The same with the flavor given: tests have no server of Azure. */
    static Endpoint of(Flavor flavor, HttpUrl url, String apiVersion, String model) {
        HttpUrl base = flavor == Flavor.AZURE ? azure(url, apiVersion, model) : url;
        String shown = base.toString();
        return new Endpoint(flavor, shown.endsWith("/") ? shown.substring(0, shown.length() - 1) : shown, apiVersion);
    }

    private static void requireHarmless(HttpUrl url) {
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            throw refused("holds a user or a password; leave them out: an address is stored and shown");
        }
        if (url.query() != null || url.fragment() != null) {
            throw refused("holds a query or a fragment; leave out what comes after ? or #");
        }
        if (Hosts.isForbidden(url.host())) {
            throw refused(
                    "names " + url.host() + ", an address of the machine's own link or cloud; nothing is sent there");
        }
        if (!url.isHttps() && !Hosts.isLoopback(url.host())) {
            throw refused("begins with http://, so all on the way to " + url.host()
                    + " could read key and text; use https:// (http:// is for servers on this machine)");
        }
    }

    private static ConfigurationException refused(String why) {
        return new ConfigurationException("the base URL " + why);
    }

    private static Flavor flavor(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("api.openai.com") || name.endsWith(".api.openai.com")) {
            return Flavor.OPENAI;
        }
        boolean azure = List.of(
                        ".openai.azure.com",
                        ".openai.azure.us",
                        ".openai.azure.cn",
                        ".cognitiveservices.azure.com",
                        ".services.ai.azure.com")
                .stream()
                .anyMatch(name::endsWith);
        return azure ? Flavor.AZURE : Flavor.OTHER;
    }

    /** Azure's address of chat completions depends on whether a version is named; a path that is given is not touched. */
    private static HttpUrl azure(HttpUrl url, String apiVersion, String model) {
        List<String> path = new ArrayList<>(url.pathSegments());
        path.removeIf(String::isEmpty);
        HttpUrl.Builder built = url.newBuilder();
        if (path.isEmpty()) {
            built.addPathSegment("openai");
        } else if (!path.equals(List.of("openai"))) {
            return url;
        }
        return apiVersion.isEmpty()
                ? built.addPathSegment("v1").build()
                : built.addPathSegment("deployments").addPathSegment(model).build();
    }

    boolean isLoopback() {
        return Hosts.isLoopback(url().host());
    }

    /** Scheme, host and port, to be shown. */
    String origin() {
        return origin(url());
    }

    static String origin(@Nullable HttpUrl url) {
        if (url == null) {
            return "an unknown address";
        }
        String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        boolean usual = url.port() == HttpUrl.defaultPort(url.scheme());
        return url.scheme() + "://" + host + (usual ? "" : ":" + url.port());
    }

    private HttpUrl url() {
        return HttpUrl.get(baseUrl);
    }
}
