package dev.pigeonhole.llm;

import dev.pigeonhole.core.PermanentException;
import org.jspecify.annotations.Nullable;

/** The server will not answer this request, however often it is sent; nothing was billed. Its message holds no secrets and no row text. */
public final class ChatRefusedException extends PermanentException {
    /** Why, and so what helps. */
    public enum Kind {
        /** The key is missing, wrong, or not allowed to do this. */
        KEY_REJECTED,
        /** The account has no money or quota left. */
        QUOTA,
        /** There is no such model, or no such address. */
        UNKNOWN_MODEL,
        /** The server does not support this {@link ReplyFormat}. */
        FORMAT_UNSUPPORTED,
        /** The server did not accept a parameter; the model leaves it out from now on, so the same request may succeed. */
        ADAPTED,
        /** The request is longer than the model can read. */
        TOO_LONG,
        /** A filter of the provider refused the text. */
        CONTENT_FILTER,
        /** Anything else. */
        BAD_REQUEST
    }

    private final Kind kind;

    public ChatRefusedException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
