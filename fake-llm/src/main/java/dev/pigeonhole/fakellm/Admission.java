package dev.pigeonhole.fakellm;

import java.time.Duration;
import java.util.Map;

/**
 * What the limits say to a call.
 *
 * @param admitted whether it may go on
 * @param never whether it is too large for ever
 * @param met the limit that was met, if it was
 * @param needed how much of it the call needs
 * @param untilAdmitted how long until it would be admitted
 * @param limits those that hold
 * @param headers what the client is told of them
 */
record Admission(
        boolean admitted,
        boolean never,
        Limit met,
        long needed,
        Duration untilAdmitted,
        Limits limits,
        Map<String, String> headers) {
    enum Limit {
        REQUESTS,
        TOKENS
    }

    Admission {
        headers = Map.copyOf(headers);
    }
}
