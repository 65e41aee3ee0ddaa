package dev.pigeonhole.web.guard;

import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The token of this start, and the sessions that were opened with it. Both live in memory only: after a restart nobody is known.
 * Thread-safe.
 */
public final class Sessions {
    private static final int BYTES = 16;
    private static final int MOST_SESSIONS = 100;
    private static final int FREE_TRIES = 5;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final String BEARER = "Bearer ";

    private final boolean required;
    private final String token;
    private final String cookie;
    private final RandomGenerator random;
    private final Clock clock;
    private final Deque<String> open = new ArrayDeque<>();
    private int wrong;
    private Instant closedUntil = Instant.MIN;

    /**
     * @param required false lets everybody in
     * @param random must not be foreseeable: {@link java.security.SecureRandom}
     */
    public Sessions(boolean required, RandomGenerator random, Clock clock) {
        this.required = required;
        this.random = random;
        this.clock = clock;
        this.token = secret(random);
        // Cookies know no ports: two servers on one machine must not overwrite each other's.
        this.cookie = "pigeonhole-" + secret(random).substring(0, 8);
    }

    private static String secret(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    public boolean required() {
        return required;
    }

    /** The token: for the link that is printed at the start, and for nothing else. */
    public String token() {
        return token;
    }

    /**
     * Opens a session. The right token always does: it cannot be guessed, so wrong ones need only be slowed down, and nobody can
     * lock others out.
     *
     * @return the value of the header {@code Set-Cookie}
     * @throws ProblemException the token is wrong, and perhaps there were too many wrong ones lately
     */
    public synchronized String open(String offered) {
        if (required && !isSame(token, offered)) {
            refuse(clock.instant());
        }
        wrong = 0;
        String session = secret(random);
        open.addLast(session);
        if (open.size() > MOST_SESSIONS) {
            open.removeFirst();
        }
        return cookie + "=" + session + "; Path=/; HttpOnly; SameSite=Strict";
    }

    private void refuse(Instant now) {
        if (now.isBefore(closedUntil)) {
            throw new ProblemException(Problem.of(
                    ProblemType.TOO_MANY,
                    "too many wrong tokens; try again in "
                            + Math.max(1, Duration.between(now, closedUntil).toSeconds()) + " s"));
        }
        wrong++;
        if (wrong >= FREE_TRIES) {
            Duration wait = Duration.ofSeconds(1L << Math.min(wrong - FREE_TRIES, 5));
            closedUntil = now.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
        }
        throw new ProblemException(Problem.of(
                ProblemType.TOKEN_NEEDED,
                "this is not the token of the running server; open the link that it printed when it started"));
    }

    /**
     * Ends the session of these cookies.
     *
     * @return the value of the header {@code Set-Cookie}
     */
    public synchronized String close(Map<String, String> cookies) {
        String session = cookies.getOrDefault(cookie, "");
        open.removeIf(known -> isSame(known, session));
        return cookie + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0";
    }

    /** Whether somebody with this cookie or this header {@code Authorization} may come in. */
    public boolean isKnown(Map<String, String> cookies, @Nullable String authorization) {
        return !required || isBearer(authorization) || isOpen(cookies.getOrDefault(cookie, ""));
    }

    boolean isKnown(Visit visit) {
        return isKnown(visit.cookies(), visit.header("authorization"));
    }

    /** Whether a script sends the token; where none is needed, any will do: pages of others cannot send this header. */
    boolean isBearer(@Nullable String authorization) {
        return authorization != null
                && authorization.startsWith(BEARER)
                && (!required || isSame(token, authorization.substring(BEARER.length())));
    }

    private synchronized boolean isOpen(String session) {
        boolean found = false;
        for (String known : open) {
            found |= isSame(known, session);
        }
        return found;
    }

    /** Takes the same time wherever they differ. */
    private static boolean isSame(String secret, String offered) {
        return MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8), offered.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Sessions[***]";
    }
}
