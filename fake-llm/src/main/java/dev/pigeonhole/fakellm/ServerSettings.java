package dev.pigeonhole.fakellm;

import java.util.List;

/**
 * What does not change while the server runs. Immutable.
 *
 * @param seed of all that happens by chance
 * @param key that clients must bring; empty for any or none
 * @param models that exist; empty for any
 * @param abilities of the models
 * @param oracle knows the answers
 * @param tokens counts tokens
 * @param latency of a call
 * @param places how many calls are worked on at once
 */
record ServerSettings(
        long seed,
        String key,
        List<String> models,
        Abilities abilities,
        Oracle oracle,
        TokenCount tokens,
        Latency latency,
        int places) {
    ServerSettings {
        models = List.copyOf(models);
        if (places < 1) {
            throw new IllegalArgumentException(places + " places");
        }
    }

    /** Whether a request brings the key, in one way or the other. */
    boolean accepts(HttpRequest request) {
        return key.isEmpty()
                || request.header("authorization").orElse("").equals("Bearer " + key)
                || request.header("api-key").orElse("").equals(key);
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "ServerSettings[seed=" + seed + ", models=" + models + "]";
    }
}
