package dev.pigeonhole.fakellm;

import java.util.HashSet;
import java.util.Set;

/**
 * What the models can do. Immutable.
 *
 * @param jsonSchema whether answers can be bound to a schema
 * @param jsonObject whether answers can be bound to be JSON
 * @param temperature whether another temperature than 1 is accepted
 * @param refEnumsCountEachUse whether an enum that is used by reference counts toward the limit at each use
 * @param unsupported names of parameters that are refused, such as {@code max_tokens}
 * @param contextTokens the most tokens of prompt and answer together
 * @param bodyBytes the longest request
 */
public record Abilities(
        boolean jsonSchema,
        boolean jsonObject,
        boolean temperature,
        boolean refEnumsCountEachUse,
        Set<String> unsupported,
        int contextTokens,
        int bodyBytes) {
    /** Everything, 128,000 tokens of context, requests up to 8 MB. */
    public static final Abilities ALL = new Abilities(true, true, true, false, Set.of(), 128_000, 8 << 20);

    public Abilities {
        unsupported = Set.copyOf(unsupported);
    }

    public Abilities withoutJsonSchema() {
        return new Abilities(
                false, jsonObject, temperature, refEnumsCountEachUse, unsupported, contextTokens, bodyBytes);
    }

    public Abilities withoutJsonObject() {
        return new Abilities(
                jsonSchema, false, temperature, refEnumsCountEachUse, unsupported, contextTokens, bodyBytes);
    }

    public Abilities withoutTemperature() {
        return new Abilities(
                jsonSchema, jsonObject, false, refEnumsCountEachUse, unsupported, contextTokens, bodyBytes);
    }

    public Abilities withRefEnumsCountedEachUse() {
        return new Abilities(jsonSchema, jsonObject, temperature, true, unsupported, contextTokens, bodyBytes);
    }

    /** Refuses this parameter too. */
    public Abilities without(String parameter) {
        Set<String> more = new HashSet<>(unsupported);
        more.add(parameter);
        return new Abilities(jsonSchema, jsonObject, temperature, refEnumsCountEachUse, more, contextTokens, bodyBytes);
    }

    public Abilities withContextTokens(int tokens) {
        return new Abilities(jsonSchema, jsonObject, temperature, refEnumsCountEachUse, unsupported, tokens, bodyBytes);
    }

    public Abilities withBodyBytes(int bytes) {
        return new Abilities(
                jsonSchema, jsonObject, temperature, refEnumsCountEachUse, unsupported, contextTokens, bytes);
    }
}
