package dev.pigeonhole.openai;

import com.openai.core.http.HttpRequestBody;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A body that is sent at most once: what has begun to leave may be billed, so no layer below may send it again on its own account,
 * neither after a lost connection nor because of a status. For one call; read by another thread at most after it.
 */
final class OneShotBody implements HttpRequestBody {
    private final byte[] json;
    private boolean sent;

    OneShotBody(byte[] json) {
        this.json = json;
    }

    /** Whether it has begun to leave. */
    boolean isSent() {
        return sent;
    }

    @Override
    public void writeTo(OutputStream out) {
        sent = true;
        try {
            out.write(json);
        } catch (IOException e) {
            OneShotBody.<RuntimeException>rethrow(e);
        }
    }

    /** The HTTP client expects an {@link IOException}, which the SDK's interface, written in Kotlin, does not declare. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void rethrow(IOException failure) throws E {
        throw (E) failure;
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public long contentLength() {
        return json.length;
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public void close() {}
}
