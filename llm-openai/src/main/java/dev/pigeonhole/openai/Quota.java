package dev.pigeonhole.openai;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells an account without money from one that only asks too fast: the first stops a job, the second only slows it down. Servers
 * answer both with 429, and name their billing pages in both. Stateless.
 */
final class Quota {
    private static final List<String> SPENT =
            List.of("insufficient_quota", "billing_hard_limit_reached", "billing_not_active");

    private static final List<String> TOO_FAST = List.of("rate_limit_exceeded", "tokens", "requests");

    private static final Pattern WORDS = Pattern.compile(
            "insufficient_quota|insufficient[ _](credits?|balance|funds)"
                    + "|billing[ _](hard[ _]limit|not[ _]active|disabled)|requires billing|account is not active"
                    + "|credit balance|exceeded your current quota|exceeded_current_quota|quota_exceeded|payment required|spend(ing)? limit");

    private static final Pattern AGAIN = Pattern.compile("(try again|retry) (in|after) ");

    private static final Pattern ADDRESS = Pattern.compile("https?://\\S+");

    private Quota() {}

    /**
     * Whether a 429 means that there is no money left. Code and type decide, in this order; only if both are unknown do words, and
     * then nothing that passes by itself is taken for it.
     *
     * @param waits whether the server said in a header when to ask again
     */
    static boolean isSpent(ServerError error, boolean waits) {
        Optional<String> known = Stream.of(error.code(), error.type())
                .map(code -> code.toLowerCase(Locale.ROOT))
                .filter(code -> SPENT.contains(code) || TOO_FAST.contains(code))
                .findFirst();
        return known.map(SPENT::contains).orElseGet(() -> !waits && !passes(error) && isTold(error));
    }

    private static boolean passes(ServerError error) {
        return error.tellsWhen()
                || AGAIN.matcher(error.message().toLowerCase(Locale.ROOT)).find();
    }

    /** Whether the words of an error, but not the addresses of pages in it, tell of an account without money. */
    static boolean isTold(ServerError error) {
        return WORDS.matcher(ADDRESS.matcher(error.words()).replaceAll(" ")).find();
    }
}
