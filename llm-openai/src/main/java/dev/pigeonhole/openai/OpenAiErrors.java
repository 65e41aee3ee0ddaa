package dev.pigeonhole.openai;

import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.llm.ChatFailedException;
import dev.pigeonhole.llm.ChatRefusedException;
import dev.pigeonhole.llm.ChatRequest;
import dev.pigeonhole.llm.ReplyFormat;
import dev.pigeonhole.llm.pace.RateLimitHeaders;
import dev.pigeonhole.llm.pace.RateLimits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The one place where exceptions of the HTTP client, statuses and unusable answers become exceptions of ours. Thread-safe.
 *
 * <p>No exception has a cause that has seen an answer: what parsers and HTTP clients say quotes the server, and a server may quote
 * the key or the text.
 */
final class OpenAiErrors {
    /** Of a call that carries no text that could be quoted. */
    private static final ChatRequest NO_TEXTS =
            new ChatRequest("", "", new ReplyFormat.Text(), 1, Duration.ofSeconds(1), "");

    private final Endpoint endpoint;
    private final Plain plain;
    private final Clock clock;

    OpenAiErrors(Endpoint endpoint, ApiKey key, Clock clock) {
        this.endpoint = endpoint;
        this.plain = new Plain(key);
        this.clock = clock;
    }

    /**
     * No answer came.
     *
     * @param sent whether the request had begun to leave
     */
    ChatFailedException unanswered(IOException failure, boolean sent) {
        if (Thread.currentThread().isInterrupted()) {
            return failed(
                    sent ? ChatFailedException.Kind.BROKEN_ANSWER : ChatFailedException.Kind.UNREACHABLE,
                    "the call was broken off, because its thread was interrupted",
                    null);
        } else if (!sent) {
            return failed(ChatFailedException.Kind.UNREACHABLE, unreachable(failure), failure);
        } else if (failure instanceof InterruptedIOException) {
            return failed(ChatFailedException.Kind.TIMEOUT, endpoint.origin() + " did not answer in time", null);
        }
        return broken("the connection to " + endpoint.origin() + " broke before the answer was there ("
                + failure.getClass().getSimpleName() + ")");
    }

    private String unreachable(IOException failure) {
        String server = endpoint.origin();
        if (find(failure, UnknownHostException.class)) {
            return server + " is not known: its name leads nowhere, or where nothing may be sent";
        } else if (find(failure, SSLException.class)) {
            return "no secure connection to " + server + ": its certificate or its TLS is not accepted ("
                    + failure.getClass().getSimpleName()
                    + "); a company's own certificates belong into the trust store of Java";
        } else if (failure instanceof InterruptedIOException) {
            return "no connection to " + server + " in time";
        }
        return "no connection to " + server + " (" + failure.getClass().getSimpleName() + ")";
    }

    private static boolean find(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }

    /** An answer that is none. */
    ChatFailedException broken(String why) {
        return failed(ChatFailedException.Kind.BROKEN_ANSWER, why, null);
    }

    private static ChatFailedException failed(ChatFailedException.Kind kind, String why, @Nullable Throwable cause) {
        return new ChatFailedException(kind, why, null, RateLimits.UNKNOWN, cause);
    }

    /** The server answered with an error to a call that carries no texts. */
    PigeonholeException refused(HttpAnswer answer) {
        return refused(answer, ServerError.of(answer), NO_TEXTS);
    }

    /** The server has no batch API, or not where the base URL leads. */
    ChatRefusedException noBatches(HttpAnswer answer) {
        return new ChatRefusedException(
                ChatRefusedException.Kind.UNKNOWN_MODEL,
                describe(answer)
                        + "; this server has no batch API, or not at this base URL: leave --lane away, then it is"
                        + " asked call by call"
                        + hint(ChatRefusedException.Kind.UNKNOWN_MODEL),
                null);
    }

    /** A failure after which the server may have done what was asked, though its status is one of failure. */
    ChatFailedException uncertain(ChatFailedException failure) {
        return new ChatFailedException(
                ChatFailedException.Kind.BROKEN_ANSWER,
                failure.getMessage() + "; whether it was done is not known",
                failure.retryAfter().orElse(null),
                failure.limits(),
                null);
    }

    /** The server answered with an error. */
    PigeonholeException refused(HttpAnswer answer, ServerError error, ChatRequest request) {
        if (answer.status() >= 300 && answer.status() < 400) {
            return redirected(answer, request);
        }
        String message = describe(answer, error, request);
        Optional<Duration> wait = RateLimitHeaders.retryAfter(answer.headers(), clock.instant());
        Optional<ChatRefusedException.Kind> refusal =
                ErrorKinds.refusal(answer.status(), error, request.format(), wait.isPresent());
        if (refusal.isPresent()) {
            return new ChatRefusedException(refusal.get(), message + hint(refusal.get()), null);
        }
        return new ChatFailedException(
                ErrorKinds.failure(answer.status()),
                message,
                wait.orElse(null),
                RateLimitHeaders.parse(answer.headers()),
                null);
    }

    /** The server does not support a parameter, and the next request will be without it. */
    ChatRefusedException adapted(HttpAnswer answer, ServerError error, String parameter, ChatRequest request) {
        return new ChatRefusedException(
                ChatRefusedException.Kind.ADAPTED,
                parameter + " is not sent like this any more: " + describe(answer, error, request),
                null);
    }

    /** The address is wrong, whatever is asked. Of the new one only the server is shown: the rest may hold secrets. */
    private ChatRefusedException redirected(HttpAnswer answer, ChatRequest request) {
        String location = answer.header("location").strip();
        HttpUrl place =
                location.isEmpty() ? null : HttpUrl.get(endpoint.baseUrl()).resolve(location);
        String to = Endpoint.origin(place);
        String message;
        if (place == null) {
            message = redirects(to, answer) + "; check base-url";
        } else if (to.equals(endpoint.origin())) {
            message = redirects("another path of the same server", answer) + "; check the path of base-url";
        } else {
            message = redirects(plain.text(to, request), answer)
                    + "; nothing was sent there. If that is the right server, name it as base-url;"
                    + " if not, a proxy or a login stands in between";
        }
        return new ChatRefusedException(ChatRefusedException.Kind.UNKNOWN_MODEL, message, null);
    }

    private String redirects(String to, HttpAnswer answer) {
        return endpoint.origin() + " redirects to " + to + " (" + answer.status() + ")";
    }

    /** Status, code and words of the server, fit to be shown. */
    String describe(HttpAnswer answer, ServerError error, ChatRequest request) {
        StringBuilder line = new StringBuilder(endpoint.origin() + " answered " + answer.status());
        boolean told = !error.code().isEmpty() && !error.code().equals(String.valueOf(answer.status()));
        String code = told ? error.code() : error.type();
        if (!code.isEmpty()) {
            line.append(" ").append(plain.code(code, request));
        }
        if (!error.message().isEmpty()) {
            line.append(": ").append(plain.text(error.message(), request));
        } else if (answer.isPage()) {
            line.append(" with a web page");
        }
        return line.toString();
    }

    String describe(HttpAnswer answer) {
        return describe(answer, ServerError.of(answer), NO_TEXTS);
    }

    /** What a server says about texts that are not known here. */
    String aboutTexts(String said) {
        return plain.withoutQuoted(said);
    }

    /** A code of a server's, if it looks like one; else empty. */
    String code(String said) {
        return plain.word(said);
    }

    private String hint(ChatRefusedException.Kind kind) {
        boolean bare = HttpUrl.get(endpoint.baseUrl()).encodedPath().equals("/");
        return kind == ChatRefusedException.Kind.UNKNOWN_MODEL && bare ? " (base URLs mostly end in /v1)" : "";
    }
}
