package dev.pigeonhole.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * The parameters in which servers and models differ: which of them are sent, and with what. Immutable.
 *
 * @param tokens name of the parameter for the most tokens to write
 * @param temperature empty if it is not sent
 * @param effort of reasoning; empty if it is not sent
 * @param cacheKey whether the name for the provider's cache is sent
 * @param settled parameters that are not changed any more, because the user named a value, or it is the second of two names
 */
record Dialect(
        String tokens, OptionalDouble temperature, Optional<String> effort, boolean cacheKey, List<String> settled) {
    static final String MAX_TOKENS = "max_tokens";
    static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";
    static final String TEMPERATURE = "temperature";
    static final String EFFORT = "reasoning_effort";
    static final String CACHE_KEY = "prompt_cache_key";

    private static final List<String> PARAMETERS =
            List.of(MAX_COMPLETION_TOKENS, MAX_TOKENS, TEMPERATURE, EFFORT, CACHE_KEY);
    private static final List<String> EFFORTS = List.of("none", "minimal", "low", "medium", "high", "xhigh");

    /** How servers say that they do not know, or do not want, a parameter or its value. */
    private static final Pattern UNSUPPORTED = Pattern.compile(
            "unsupported|not supported|does(n't| not) support|unrecognized|unknown (parameter|field|name|argument)"
                    + "|extra inputs|extra fields|extra_forbidden|not permitted|not allowed|unexpected (keyword|field|parameter)");

    Dialect {
        settled = List.copyOf(settled);
    }

    /** What to begin with, until the server says otherwise. */
    static Dialect of(OpenAiSettings settings) {
        boolean reasons =
                settings.effort().isPresent() && !settings.effort().get().isEmpty();
        OptionalDouble temperature = settings.temperature().isPresent()
                ? settings.temperature()
                : reasons || settings.isReasoningModel() ? OptionalDouble.empty() : OptionalDouble.of(0);
        boolean other = settings.endpoint().flavor() == Endpoint.Flavor.OTHER;
        List<String> settled = new ArrayList<>();
        settings.temperature().ifPresent(t -> settled.add(TEMPERATURE));
        settings.effort().ifPresent(e -> settled.add(EFFORT));
        Optional<String> effort = settings.effort().or(settings::usualEffort).filter(e -> !e.isEmpty());
        return new Dialect(other ? MAX_TOKENS : MAX_COMPLETION_TOKENS, temperature, effort, !other, settled);
    }

    void write(JsonGenerator json, int maxTokens, String key) throws IOException {
        json.writeNumberField(tokens, maxTokens);
        if (temperature.isPresent()) {
            double value = temperature.getAsDouble();
            if (value == Math.rint(value)) {
                json.writeNumberField(TEMPERATURE, (int) value);
            } else {
                json.writeNumberField(TEMPERATURE, value);
            }
        }
        if (effort.isPresent()) {
            json.writeStringField(EFFORT, effort.get());
        }
        if (cacheKey && !key.isEmpty()) {
            json.writeStringField(CACHE_KEY, key);
        }
    }

    /** The parameter of these that an error is about, if the server does not support it. */
    Optional<String> unsupported(ServerError error) {
        String message = error.message().toLowerCase(Locale.ROOT);
        boolean said = error.code().startsWith("unsupported_")
                || error.code().startsWith("unknown_param")
                || UNSUPPORTED.matcher(message).find();
        if (!said) {
            return Optional.empty();
        }
        if (!error.param().isEmpty()) {
            return Optional.of(error.param()).filter(name -> !value(name).isEmpty());
        }
        return PARAMETERS.stream()
                .filter(name -> !value(name).isEmpty() && names(message, name))
                .min(Comparator.comparingInt(message::indexOf));
    }

    private static boolean names(String message, String parameter) {
        return Pattern.compile("(?<![a-z_])" + parameter + "(?![a-z_])")
                .matcher(message)
                .find();
    }

    /** What is sent for a parameter; empty if nothing. */
    String value(String parameter) {
        return switch (parameter) {
            case MAX_TOKENS, MAX_COMPLETION_TOKENS -> tokens.equals(parameter) ? "sent" : "";
            case TEMPERATURE -> temperature.isPresent() ? String.valueOf(temperature.getAsDouble()) : "";
            case EFFORT -> effort.orElse("");
            case CACHE_KEY -> cacheKey ? "sent" : "";
            default -> "";
        };
    }

    /**
     * The same with a parameter left out, or said in the other way.
     *
     * @param message the server's, which may name the values that it does support
     * @return empty if nothing is left to try
     */
    Optional<Dialect> without(String parameter, String message) {
        if (settled.contains(parameter)) {
            return Optional.empty();
        }
        return switch (parameter) {
            case MAX_TOKENS -> Optional.of(withTokens(MAX_COMPLETION_TOKENS));
            case MAX_COMPLETION_TOKENS -> Optional.of(withTokens(MAX_TOKENS));
            case TEMPERATURE -> Optional.of(new Dialect(tokens, OptionalDouble.empty(), effort, cacheKey, settled));
            case EFFORT -> Optional.of(withoutEffort(message));
            case CACHE_KEY -> Optional.of(new Dialect(tokens, temperature, effort, false, settled));
            default -> Optional.empty();
        };
    }

    /** Changed at most once, and never left out: it is what bounds the price of a call. */
    private Dialect withTokens(String other) {
        List<String> more = new ArrayList<>(settled);
        more.add(other);
        return new Dialect(other, temperature, effort, cacheKey, more);
    }

    /** A higher effort that the server says it supports, else none: so it ends. */
    private Dialect withoutEffort(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        String supported = text.substring(Math.max(text.indexOf("supported values"), 0));
        int current = EFFORTS.indexOf(effort.orElse(""));
        Optional<String> next = EFFORTS.stream()
                .skip(current + 1L)
                .filter(higher -> supported.contains("'" + higher + "'"))
                .findFirst();
        return new Dialect(tokens, temperature, next, cacheKey, settled);
    }
}
