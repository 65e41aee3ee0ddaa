package dev.pigeonhole.openai;

import com.openai.core.RequestOptions;
import com.openai.core.Timeout;
import com.openai.core.http.HttpMethod;
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

    Transport(OpenAiSettings settings, ApiKey key, OpenAiErrors errors) {
        this.settings = settings;
        this.key = key;
        this.errors = errors;
        // The layer of the SDK that services and models stand on. They cost a second of CPU at the first call and
        // double each other,
        // and this client cannot be told about redirects and addresses in another way.
        this.client = new com.openai.client.okhttp.OkHttpClient(http(settings));
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

    /**
     * Sends once, and waits for the whole answer.
     *
     * @throws dev.pigeonhole.llm.ChatFailedException there is none
     */
    HttpAnswer post(byte[] json, Duration deadline) {
        OneShotBody body = new OneShotBody(json);
        try (HttpResponse response = client.execute(request(body), timeouts(deadline))) {
            return new HttpAnswer(response.statusCode(), response.headers()::values, read(response));
        } catch (IOException e) {
            throw errors.unanswered(new OpenAIIoException("reading failed", e), body.isSent());
        } catch (OpenAIIoException e) {
            throw errors.unanswered(e, body.isSent());
        }
    }

    private HttpRequest request(OneShotBody body) {
        HttpRequest.Builder request = HttpRequest.builder()
                .method(HttpMethod.POST)
                .baseUrl(settings.endpoint().baseUrl())
                .addPathSegments("chat", "completions")
                .putHeader("Accept", "application/json")
                .putHeader("User-Agent", "pigeonhole")
                .body(body);
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

    /** One millisecond at least: none would mean without end. */
    private static RequestOptions timeouts(Duration deadline) {
        Duration most = deadline.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : deadline;
        Duration connect = most.compareTo(CONNECT) < 0 ? most : CONNECT;
        return RequestOptions.builder()
                .timeout(Timeout.builder()
                        .connect(connect)
                        .read(most)
                        .write(most)
                        .request(most)
                        .build())
                .build();
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
        client.close();
    }
}
