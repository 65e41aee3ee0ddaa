package dev.pigeonhole.openai;

import com.openai.core.http.HttpRequestBody;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A body that is sent at most once: what has begun to leave may be billed, so no layer below may send it again on its own account,
 * neither after a lost connection nor because of a status. For one call; read by another thread at most after it.
 */
final class OneShotBody implements HttpRequestBody {
    /** What is sent. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private final String type;
    private final long length;
    private final Content content;
    private boolean sent;

    /** @param length of the content in bytes */
    OneShotBody(String type, long length, Content content) {
        this.type = type;
        this.length = length;
        this.content = content;
    }

    static OneShotBody ofJson(byte[] json) {
        return new OneShotBody("application/json", json.length, out -> out.write(json));
    }

    /** Whether it has begun to leave. */
    boolean isSent() {
        return sent;
    }

    @Override
    public void writeTo(OutputStream out) {
        sent = true;
        try {
            content.writeTo(out);
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
        return type;
    }

    @Override
    public long contentLength() {
        return length;
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public void close() {}
}
