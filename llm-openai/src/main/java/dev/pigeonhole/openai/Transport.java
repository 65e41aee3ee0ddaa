package dev.pigeonhole.openai;

import com.openai.core.RequestOptions;
import com.openai.core.Timeout;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpResponse;
import com.openai.errors.OpenAIIoException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Sends bodies by the SDK's HTTP client, each once, in the caller's thread. Thread-safe. Follows no redirect, asks no proxy but the one
 * that the user names, logs nothing, and waits no longer than told.
 */
final class Transport implements AutoCloseable {
    /** As many as there may be calls in flight; with fewer, the rest would connect anew for every call. */
    private static final int MOST_IDLE = 1024;

    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** Common servers close what is idle for five seconds; a request that meets that moment is lost, and may be billed. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

    private final OpenAiSettings settings;
    private final ApiKey key;
    private final OpenAiErrors errors;
    private final com.openai.client.okhttp.OkHttpClient client;

    /** For what has no body: the HTTP client takes it for harmless to send such a request again. */
    private final com.openai.client.okhttp.OkHttpClient bodiless;

    Transport(OpenAiSettings settings, ApiKey key, OpenAiErrors errors) {
        this.settings = settings;
        this.key = key;
        this.errors = errors;
        // The layer of the SDK that services and models stand on. They cost a second of CPU at the first call and
        // double each other,
        // and this client cannot be told about redirects and addresses in another way.
        OkHttpClient http = http(settings);
        this.client = new com.openai.client.okhttp.OkHttpClient(http);
        this.bodiless = new com.openai.client.okhttp.OkHttpClient(http.newBuilder()
                .retryOnConnectionFailure(false)
                .addNetworkInterceptor(Transport::withoutInvitation)
                .build());
    }

    private static OkHttpClient http(OpenAiSettings settings) {
        HttpUrl url = HttpUrl.get(settings.endpoint().baseUrl());
        return new OkHttpClient.Builder()
                .followRedirects(false)
                .followSslRedirects(false)
                .proxy(settings.proxy()
                        .map(at -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(at.host(), at.port())))
                        .orElse(Proxy.NO_PROXY))
                .dns(settings.proxy().isPresent() ? Dns.SYSTEM : new Hosts(Dns.SYSTEM, !url.isHttps()))
                .connectionPool(new ConnectionPool(MOST_IDLE, KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS))
                .addInterceptor(Transport::withoutTelemetry)
                .build();
    }

    /** What the SDK adds tells about the machine, and about nothing that the server needs. */
    private static Response withoutTelemetry(Interceptor.Chain chain) throws IOException {
        Request.Builder request = chain.request().newBuilder();
        for (String name : chain.request().headers().names()) {
            if (name.regionMatches(true, 0, "x-stainless", 0, "x-stainless".length())) {
                request.removeHeader(name);
            }
        }
        return chain.proceed(request.build());
    }

    /** The HTTP client would follow an invitation to ask again at once. */
    private static Response withoutInvitation(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        return "0".equals(response.header("Retry-After"))
                ? response.newBuilder().removeHeader("Retry-After").build()
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
                outgoing,
                response -> new HttpAnswer(response.statusCode(), response.headers()::values, read(response)));
    }

    /**
     * Sends once, and lets the answer be read while it arrives, if it tells of success; else waits for the whole.
     *
     * @return without a body if that was read
     * @throws dev.pigeonhole.llm.ChatFailedException there is none, or it broke off
     */
    HttpAnswer send(Outgoing outgoing, Body body) {
        return exchange(outgoing, response -> {
            HttpAnswer head = new HttpAnswer(response.statusCode(), response.headers()::values, new byte[0]);
            if (!head.isSuccess()) {
                return new HttpAnswer(head.status(), head.headers(), read(response));
            }
            try (InputStream in = response.body()) {
                body.read(in);
            }
            return head;
        });
    }

    private interface Reading {
        HttpAnswer read(HttpResponse response) throws IOException;
    }

    private HttpAnswer exchange(Outgoing outgoing, Reading reading) {
        com.openai.client.okhttp.OkHttpClient sender = outgoing.body().isPresent() ? client : bodiless;
        try (HttpResponse response = sender.execute(request(outgoing), timeouts(outgoing))) {
            return reading.read(response);
        } catch (IOException e) {
            OpenAIIoException failure = new OpenAIIoException("reading failed", e);
            throw errors.unanswered(failure, outgoing.mayBeSent(failure));
        } catch (OpenAIIoException e) {
            throw errors.unanswered(e, outgoing.mayBeSent(e));
        }
    }

    private HttpRequest request(Outgoing outgoing) {
        HttpRequest.Builder request = HttpRequest.builder()
                .method(outgoing.method())
                .baseUrl(settings.endpoint().baseUrl())
                .pathSegments(outgoing.path())
                .putHeader("Accept", outgoing.accept())
                .putHeader("User-Agent", "pigeonhole");
        outgoing.query().forEach(request::putQueryParam);
        outgoing.body().ifPresent(request::body);
        if (settings.endpoint().flavor() == Endpoint.Flavor.AZURE) {
            request.putHeader("api-key", key.value());
        } else {
            request.putHeader("Authorization", "Bearer " + key.value());
        }
        putIfGiven(request, "OpenAI-Organization", settings.organization());
        putIfGiven(request, "OpenAI-Project", settings.project());
        if (!settings.endpoint().apiVersion().isEmpty()) {
            request.putQueryParam("api-version", settings.endpoint().apiVersion());
        }
        return request.build();
    }

    private static void putIfGiven(HttpRequest.Builder request, String header, String value) {
        if (!value.isEmpty()) {
            request.putHeader(header, value);
        }
    }

    private static RequestOptions timeouts(Outgoing outgoing) {
        Duration silence = atLeastOne(outgoing.silence());
        return RequestOptions.builder()
                .timeout(Timeout.builder()
                        .connect(silence.compareTo(CONNECT) < 0 ? silence : CONNECT)
                        .read(silence)
                        .write(silence)
                        .request(atLeastOne(outgoing.deadline()))
                        .build())
                .build();
    }

    /** One millisecond at least: none would mean without end. */
    private static Duration atLeastOne(Duration duration) {
        return duration.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : duration;
    }

    /** Trusts no length that a header claims. */
    private byte[] read(HttpResponse response) throws IOException {
        try (InputStream body = response.body()) {
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
        bodiless.close();
        client.close();
    }
}
