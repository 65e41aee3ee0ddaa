package dev.pigeonhole.web.guard;

import dev.pigeonhole.web.json.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The door before everything that this server serves: routes, files, streams and errors. Thread-safe. */
final class GuardHandler extends Handler.Wrapper {
    private final Gate gate;
    private final RefusalText refusals;
    private final long bytesPerSecond;
    private final LongSupplier nanoTime;

    GuardHandler(Gate gate, RefusalText refusals, long bytesPerSecond, LongSupplier nanoTime) {
        this.gate = gate;
        this.refusals = refusals;
        this.bytesPerSecond = bytesPerSecond;
        this.nanoTime = nanoTime;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        request.addHttpStreamWrapper(stream -> new HeaderStream(stream, request, response));
        Visit visit = visit(request);
        Optional<Problem> refused = gate.check(visit);
        if (refused.isPresent()) {
            refusals.write(response, callback, refused.get(), visit.path());
            return true;
        }
        return super.handle(new UnhurriedRequest(request, new RateFloor(bytesPerSecond, nanoTime)), response, callback);
    }

    private static Visit visit(Request request) {
        HttpURI uri = request.getHttpURI();
        Map<String, String> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            String value = field.getValue() == null ? "" : field.getValue();
            String name = field.getName().toLowerCase(Locale.ROOT);
            // Two that differ are nobody's.
            headers.merge(name, value, (one, other) -> one + ", " + other);
        }
        List<String> hosts = request.getHeaders().getValuesList(HttpHeader.HOST);
        return new Visit(
                request.getMethod(),
                uri.getPath() == null ? "" : uri.getPath(),
                hosts,
                authority(uri),
                headers,
                cookies(request),
                Request.getLocalPort(request));
    }

    private static @Nullable String authority(HttpURI uri) {
        return uri.hasAuthority() ? uri.getAuthority() : null;
    }

    private static Map<String, String> cookies(Request request) {
        Map<String, String> cookies = new HashMap<>();
        for (HttpCookie cookie : Request.getCookies(request)) {
            cookies.putIfAbsent(cookie.getName(), cookie.getValue());
        }
        return cookies;
    }

    /** Adds the headers at the last moment, because whoever writes an error begins by clearing what was set. */
    private static final class HeaderStream extends HttpStream.Wrapper {
        private final Request request;
        private final Response response;

        HeaderStream(HttpStream wrapped, Request request, Response response) {
            super(wrapped);
            this.request = request;
            this.response = response;
        }

        @Override
        public void prepareResponse(org.eclipse.jetty.http.HttpFields.Mutable headers) {
            AnswerHeaders.put(headers);
            if (response.getStatus() >= HttpStatus.BAD_REQUEST_400 && hasBody()) {
                // The server closes a connection on which a body is left unread; a client that is not told may use it
                // again.
                headers.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
            }
            super.prepareResponse(headers);
        }

        private boolean hasBody() {
            return request.getHeaders().contains(HttpHeader.CONTENT_LENGTH)
                    || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        }
    }
}
