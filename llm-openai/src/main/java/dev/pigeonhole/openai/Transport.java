package dev.pigeonhole.openai;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Sends by OkHttp, each request once, in the caller's thread. Thread-safe. Follows no redirect, asks no proxy but the one
 * that the user names, logs nothing, and waits no longer than told.
 */
final class Transport implements AutoCloseable {
    /** As many as there may be calls in flight; with fewer, the rest would connect anew for every call. */
    private static final int MOST_IDLE = 1024;

    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** Common servers close what is idle for five seconds; a request that meets that moment is lost, and may be billed. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

    private static final String RETRY_AFTER = "Retry-After";
    private static final Pattern ENDLESS_SECONDS = Pattern.compile("0*[1-9][0-9]{9,}");
    private static final String MOST_SECONDS = "999999999";

    private final OpenAiSettings settings;
    private final ApiKey key;
    private final OpenAiErrors errors;
    private final HttpUrl base;
    private final OkHttpClient client;

    /** For what has no body: the HTTP client takes it for harmless to send such a request again. */
    private final OkHttpClient bodiless;

    Transport(OpenAiSettings settings, ApiKey key, OpenAiErrors errors) {
        this.settings = settings;
        this.key = key;
        this.errors = errors;
        this.base = HttpUrl.get(settings.endpoint().baseUrl());
        this.client = http(settings, base);
        this.bodiless = client.newBuilder()
                .retryOnConnectionFailure(false)
                .addNetworkInterceptor(Transport::withoutInvitation)
                .build();
    }

    private static OkHttpClient http(OpenAiSettings settings, HttpUrl url) {
        return new OkHttpClient.Builder()
                .followRedirects(false)
                .followSslRedirects(false)
                .proxy(settings.proxy()
                        .map(at -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(at.host(), at.port())))
                        .orElse(Proxy.NO_PROXY))
                .dns(settings.proxy().isPresent() ? Dns.SYSTEM : new Hosts(Dns.SYSTEM, !url.isHttps()))
                .connectionPool(new ConnectionPool(MOST_IDLE, KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS))
                // Without TLS, on this machine, the certificates of Java's trust store need not be read.
                .connectionSpecs(List.of(url.isHttps() ? ConnectionSpec.MODERN_TLS : ConnectionSpec.CLEARTEXT))
                .connectTimeout(CONNECT)
                // The whole call has an end; silence within it is for those to bound who wait long.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .addNetworkInterceptor(Transport::withCountableWait)
                // Addresses one after the other, in the thread of the caller, who may be interrupted.
                .fastFallback(false)
                .build();
    }

    /** The HTTP client stumbles over more seconds than it can count. */
    private static Response withCountableWait(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        String seconds = response.header(RETRY_AFTER);
        return seconds != null && ENDLESS_SECONDS.matcher(seconds).matches()
                ? response.newBuilder().header(RETRY_AFTER, MOST_SECONDS).build()
                : response;
    }

    /** The HTTP client would follow an invitation to ask again at once. */
    private static Response withoutInvitation(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        String seconds = response.header(RETRY_AFTER);
        return seconds != null && seconds.matches("0+")
                ? response.newBuilder().removeHeader(RETRY_AFTER).build()
                : response;
    }

    /** Reads what is left of an answer while it arrives. */
    interface Body {
        void read(InputStream in) throws IOException;
    }

    /**
     * Sends once, and waits for the whole answer.
     *
     * @throws dev.pigeonhole.llm.ChatFailedException there is none
     */
    HttpAnswer send(Outgoing outgoing) {
        return exchange(
                outgoing, response -> new HttpAnswer(response.code(), response.headers()::values, read(response)));
    }

    /**
     * Sends once, and lets the answer be read while it arrives, if it tells of success; else waits for the whole.
     *
     * @return without a body if that was read
     * @throws dev.pigeonhole.llm.ChatFailedException there is none, or it broke off
     */
    HttpAnswer send(Outgoing outgoing, Body body) {
        return exchange(outgoing, response -> {
            HttpAnswer head = new HttpAnswer(response.code(), response.headers()::values, new byte[0]);
            if (!head.isSuccess()) {
                return new HttpAnswer(head.status(), head.headers(), read(response));
            }
            try (InputStream in = response.body().byteStream()) {
                body.read(in);
            }
            return head;
        });
    }

    private interface Reading {
        HttpAnswer read(Response response) throws IOException;
    }

    private HttpAnswer exchange(Outgoing outgoing, Reading reading) {
        try (Response response = call(outgoing).execute()) {
            return reading.read(response);
        } catch (IOException e) {
            throw errors.unanswered(e, outgoing.mayBeSent(e));
        }
    }

    private Call call(Outgoing outgoing) {
        OkHttpClient sender = outgoing.body().isPresent() ? client : bodiless;
        if (outgoing.silence().compareTo(outgoing.deadline()) < 0) {
            Duration silence = atLeastOne(outgoing.silence());
            sender = sender.newBuilder()
                    .readTimeout(silence)
                    .writeTimeout(silence)
                    .build();
        }
        Call call = sender.newCall(request(outgoing));
        call.timeout().timeout(atLeastOne(outgoing.deadline()).toMillis(), TimeUnit.MILLISECONDS);
        return call;
    }

    private Request request(Outgoing outgoing) {
        Request.Builder request = new Request.Builder()
                .url(url(outgoing))
                .method(outgoing.method(), outgoing.body().orElse(null))
                .header("Accept", outgoing.accept())
                .header("User-Agent", "pigeonhole");
        if (settings.endpoint().flavor() == Endpoint.Flavor.AZURE) {
            request.header("api-key", key.value());
        } else {
            request.header("Authorization", "Bearer " + key.value());
        }
        putIfGiven(request, "OpenAI-Organization", settings.organization());
        putIfGiven(request, "OpenAI-Project", settings.project());
        return request.build();
    }

    private HttpUrl url(Outgoing outgoing) {
        HttpUrl.Builder url = base.newBuilder();
        outgoing.path().forEach(url::addPathSegment);
        outgoing.query().forEach(url::addQueryParameter);
        if (!settings.endpoint().apiVersion().isEmpty()) {
            url.addQueryParameter("api-version", settings.endpoint().apiVersion());
        }
        return url.build();
    }

    private static void putIfGiven(Request.Builder request, String header, String value) {
        if (!value.isEmpty()) {
            request.header(header, value);
        }
    }

    /** One millisecond at least: none would mean without end. */
    private static Duration atLeastOne(Duration duration) {
        return duration.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : duration;
    }

    /** Trusts no length that a header claims. */
    private byte[] read(Response response) throws IOException {
        try (InputStream body = response.body().byteStream()) {
            byte[] bytes = body.readNBytes(HttpAnswer.MOST_BYTES + 1);
            if (bytes.length > HttpAnswer.MOST_BYTES) {
                throw errors.broken("the answer is longer than " + (HttpAnswer.MOST_BYTES >> 20)
                        + " MiB; it was not read to its end");
            }
            return bytes;
        }
    }

    @Override
    public void close() {
        client.connectionPool()
                .evictAll(); // Both share it; threads of its own a client has only for calls in the background.
    }
}
