package dev.pigeonhole.openai;

import dev.pigeonhole.llm.ChatFailedException;
import dev.pigeonhole.llm.ChatRefusedException;
import dev.pigeonhole.llm.ReplyFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a status and a server's words mean; servers agree on the first only in part, on the second hardly. Stateless. */
final class ErrorKinds {
    private static final Pattern FILTER = Pattern.compile(
            "content_filter|responsibleaipolicyviolation|content_policy_violation|content management policy"
                    + "|moderation_blocked|was flagged|been flagged");

    private static final Pattern TOO_LONG = Pattern.compile(
            "context_length_exceeded|exceed_context_size|maximum context length|context (window|size|length)"
                    + "|(prompt|input|request) is too (long|large)|request too large|string_above_max_length"
                    + "|reduce the length of");

    private static final Pattern MODEL = Pattern.compile(
            "model_not_found|deploymentnotfound|invalid_model|model [^ ]{1,200} (does not exist|not found)|no such model"
                    + "|unknown model|is not a valid model|no endpoints found");

    private static final Pattern FORMAT = Pattern.compile(
            "response_?format|json[_ ]?schema|json[_ ]object|json mode|structured[_ ]output|guided|grammar|invalid schema"
                    + "|invalid format|\\bschema\\b");

    /** Some servers find out only while they answer that they cannot keep to a schema, and call it their own error. */
    private static final Pattern FORMAT_AT_WORK =
            Pattern.compile("parse grammar|json schema conversion|required for format|response_format|guided decoding");

    private static final List<Integer> AGAIN = List.of(409, 424, 425, 498);

    /** Someone on the way has given up waiting; who was asked may have answered all the same. */
    private static final List<Integer> TIMEOUTS = List.of(408, 499, 504, 522, 524);

    private ErrorKinds() {}

    /**
     * Why the same request would be refused again; empty if it may succeed later.
     *
     * @param waits whether the server said in a header when to ask again
     */
    static Optional<ChatRefusedException.Kind> refusal(
            int status, ServerError error, ReplyFormat format, boolean waits) {
        String words = error.words();
        boolean formatted = !(format instanceof ReplyFormat.Text);
        if (AGAIN.contains(status) || TIMEOUTS.contains(status)) {
            return Optional.empty();
        } else if (status >= 500) {
            boolean unable = status == 501
                    ? FORMAT.matcher(words).find()
                    : FORMAT_AT_WORK.matcher(words).find();
            return formatted && unable ? Optional.of(ChatRefusedException.Kind.FORMAT_UNSUPPORTED) : Optional.empty();
        } else if (status == 429) {
            return overLimit(error, waits);
        }
        return Optional.of(
                lacksMoney(status, error) ? ChatRefusedException.Kind.QUOTA : refusal(status, words, formatted));
    }

    private static Optional<ChatRefusedException.Kind> overLimit(ServerError error, boolean waits) {
        if (Quota.isSpent(error, waits)) {
            return Optional.of(ChatRefusedException.Kind.QUOTA);
        }
        // One request alone is over the limit of a minute: no waiting helps.
        return error.words().contains("request too large")
                ? Optional.of(ChatRefusedException.Kind.TOO_LONG)
                : Optional.empty();
    }

    private static boolean lacksMoney(int status, ServerError error) {
        return status == 402 || (status != 401 && status < 404 && Quota.isTold(error));
    }

    private static ChatRefusedException.Kind refusal(int status, String words, boolean formatted) {
        if (status == 401) {
            return ChatRefusedException.Kind.KEY_REJECTED;
        } else if (FILTER.matcher(words).find()) {
            return ChatRefusedException.Kind.CONTENT_FILTER;
        } else if (status == 413 || TOO_LONG.matcher(words).find()) {
            return ChatRefusedException.Kind.TOO_LONG;
        } else if (status == 404 || status == 405 || MODEL.matcher(words).find()) {
            return ChatRefusedException.Kind.UNKNOWN_MODEL;
        } else if (status == 403) {
            return ChatRefusedException.Kind.KEY_REJECTED;
        } else if (formatted
                && (status == 400 || status == 422)
                && FORMAT.matcher(words).find()) {
            return ChatRefusedException.Kind.FORMAT_UNSUPPORTED;
        }
        return ChatRefusedException.Kind.BAD_REQUEST;
    }

    /** What is wrong where the same request may succeed later. */
    static ChatFailedException.Kind failure(int status) {
        if (TIMEOUTS.contains(status)) {
            return ChatFailedException.Kind.TIMEOUT;
        }
        return status == 429 ? ChatFailedException.Kind.RATE_LIMIT : ChatFailedException.Kind.SERVER_ERROR;
    }
}
