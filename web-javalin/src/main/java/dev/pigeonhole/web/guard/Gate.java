package dev.pigeonhole.web.guard;

import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemType;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may come in, in this order: host name, path, method, where it comes from, who it is. Nothing is decided anywhere
 * else, so no route can forget to ask. Thread-safe.
 */
final class Gate {
    private static final String API = "/api/";
    private static final String SESSION = "/api/v1/session";
    private static final String HEALTH = "/api/v1/health";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> FROM_THE_PAGE = Set.of("same-origin", "none");
    /**
     * Whatever this server has can be said so; every other spelling of a path could be read in two ways. Possessive, so that it
     * needs no stack.
     */
    private static final Pattern PLAIN_PATH = Pattern.compile("/|(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]++)++/?");

    /** No path of this server is as long. */
    private static final int LONGEST_PATH = 1_000;

    private final HostNames names;
    private final Sessions sessions;

    Gate(HostNames names, Sessions sessions) {
        this.names = names;
        this.sessions = sessions;
    }

    static boolean isApi(String path) {
        return path.startsWith(API) || path.equals("/api");
    }

    /** What is wrong; empty if the request may go on. */
    Optional<Problem> check(Visit visit) {
        return first(host(visit)).or(() -> first(path(visit))).or(() -> first(method(visit)));
    }

    private static Optional<Problem> first(@Nullable Problem problem) {
        return Optional.ofNullable(problem);
    }

    private @Nullable Problem host(Visit visit) {
        if (!names.knows(visit.host(), visit.port())
                || (visit.authority() != null && !names.knows(visit.authority(), visit.port()))) {
            return Problem.of(
                    ProblemType.WRONG_HOST,
                    "this server does not answer to that host name; open the link that it printed when it started, or name the"
                            + " host with --allow-host");
        }
        return null;
    }

    private static @Nullable Problem path(Visit visit) {
        return visit.path().length() <= LONGEST_PATH
                        && PLAIN_PATH.matcher(visit.path()).matches()
                ? null
                : Problem.of(ProblemType.MALFORMED, "no path of this server is spelled like that");
    }

    private @Nullable Problem method(Visit visit) {
        if (CHANGING.contains(visit.method())) {
            return isFromThePage(visit) ? who(visit) : foreign();
        } else if (READING.contains(visit.method())) {
            return visit.isApi() && isFromElsewhere(visit) ? foreign() : who(visit);
        }
        return Problem.of(ProblemType.METHOD_NOT_ALLOWED, "this server does not know that method");
    }

    /** A form or script of another page can send such a request too; what it cannot do is to say that it is ours. */
    private boolean isFromThePage(Visit visit) {
        return saysWhereFrom(visit) ? !isFromElsewhere(visit) : sessions.isBearer(visit.header("authorization"));
    }

    private static boolean saysWhereFrom(Visit visit) {
        return visit.header("sec-fetch-site") != null || visit.header("origin") != null;
    }

    /** Browsers say the relation only to https and to this machine itself, but name the origin to everybody. */
    private boolean isFromElsewhere(Visit visit) {
        String site = visit.header("sec-fetch-site");
        if (site != null) {
            return !FROM_THE_PAGE.contains(site);
        }
        String origin = visit.header("origin");
        return origin != null && !names.isOrigin(origin, visit.host(), visit.port());
    }

    private static Problem foreign() {
        return Problem.of(
                ProblemType.FORBIDDEN,
                "only the page itself may ask for that, or a script that sends Authorization: Bearer TOKEN");
    }

    private @Nullable Problem who(Visit visit) {
        if (!visit.isApi() || isFree(visit) || sessions.isKnown(visit)) {
            return null;
        }
        return Problem.of(
                ProblemType.TOKEN_NEEDED,
                "no session; open the link that the server printed when it started, or send Authorization: Bearer TOKEN");
    }

    private static boolean isFree(Visit visit) {
        return switch (visit.path()) {
            case SESSION -> Set.of("GET", "HEAD", "POST").contains(visit.method());
            case HEALTH -> Set.of("GET", "HEAD").contains(visit.method());
            default -> false;
        };
    }
}
