package dev.pigeonhole.openai;

import java.io.IOException;
import java.io.OutputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * A body that is sent at most once: what has begun to leave may be billed, so no layer below may send it again on its own account,
 * neither after a lost connection nor because of a status. For one call; read by another thread at most after it.
 */
final class OneShotBody extends RequestBody {
    /** What is sent. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private final MediaType type;
    private final long length;
    private final Content content;
    private boolean sent;

    /** @param length of the content in bytes */
    OneShotBody(String type, long length, Content content) {
        this.type = MediaType.get(type);
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
    public void writeTo(BufferedSink sink) throws IOException {
        sent = true;
        content.writeTo(sink.outputStream());
    }

    @Override
    public MediaType contentType() {
        return type;
    }

    @Override
    public long contentLength() {
        return length;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }
}
