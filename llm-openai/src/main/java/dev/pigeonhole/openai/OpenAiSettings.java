package dev.pigeonhole.openai;

import dev.pigeonhole.core.ConfigurationException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user says about server and model. Immutable; holds no key.
 *
 * @param temperature empty if the user does not name one
 * @param effort of reasoning; empty if the user does not name one, an empty text to leave it to the model
 * @param organization empty for none
 * @param project empty for none
 * @param proxy host and port; null for none
 */
record OpenAiSettings(
        String model,
        Endpoint endpoint,
        OptionalDouble temperature,
        Optional<String> effort,
        String organization,
        String project,
        Optional<HostPort> proxy,
        Optional<Path> keyFile) {
    static final List<String> OPTIONS = List.of(
            "model",
            "base-url",
            "key-file",
            "organization",
            "project",
            "proxy",
            "reasoning",
            "temperature",
            "azure-api-version");

    private static final Pattern REASONING = Pattern.compile("gpt-5(?!-chat)(\\.\\d+)?.*|o\\d.*");
    private static final Pattern PROXY = Pattern.compile("http://([^/@\\s:]+|\\[[0-9a-fA-F:]+\\]):(\\d{1,5})/?");

    /** A machine and a port on it. */
    record HostPort(String host, int port) {}

    /**
     * @param environment of the process: what options leave open
     * @throws ConfigurationException an option is wrong, or the model is missing
     */
    static OpenAiSettings of(Map<String, String> options, Map<String, String> environment) {
        String model = options.getOrDefault("model", "").strip();
        if (model.isEmpty()) {
            throw new ConfigurationException("no model is named; name one, for example gpt-5-nano");
        }
        requireWord("model", model);
        return new OpenAiSettings(
                model,
                Endpoint.of(baseUrl(options, environment), word("azure-api-version", options, ""), model),
                temperature(options.getOrDefault("temperature", "")),
                effort(options.getOrDefault("reasoning", "")),
                word("organization", options, environment.getOrDefault("OPENAI_ORG_ID", "")),
                word("project", options, environment.getOrDefault("OPENAI_PROJECT_ID", "")),
                proxy(options.getOrDefault("proxy", "")),
                keyFile(options.getOrDefault("key-file", "")));
    }

    /** An empty variable counts as none. */
    private static String baseUrl(Map<String, String> options, Map<String, String> environment) {
        String option = options.getOrDefault("base-url", "").strip();
        String variable = environment.getOrDefault("OPENAI_BASE_URL", "").strip();
        return !option.isEmpty() ? option : !variable.isEmpty() ? variable : Endpoint.OPENAI;
    }

    private static String word(String option, Map<String, String> options, String otherwise) {
        String value = options.getOrDefault(option, otherwise).strip();
        requireWord(option, value);
        return value;
    }

    /** What goes into a header or an address. */
    private static void requireWord(String option, String value) {
        if (value.length() > 200 || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new ConfigurationException(
                    option + " must be at most 200 letters, digits and signs of plain ASCII, without spaces");
        }
    }

    private static OptionalDouble temperature(String text) {
        if (text.isBlank()) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(text.strip());
            if (value >= 0 && value <= 2) {
                return OptionalDouble.of(value);
            }
        } catch (NumberFormatException e) {
            throw new ConfigurationException("temperature must be a number from 0 to 2, was \"" + text + "\"", e);
        }
        throw new ConfigurationException("temperature must be a number from 0 to 2, was \"" + text + "\"");
    }

    /** {@code default} leaves it to the model. */
    private static Optional<String> effort(String text) {
        String value = text.strip().toLowerCase(Locale.ROOT);
        if (value.isEmpty()) {
            return Optional.empty();
        } else if (value.equals("default")) {
            return Optional.of("");
        } else if (value.matches("[a-z]{1,20}")) {
            return Optional.of(value);
        }
        throw new ConfigurationException(
                "reasoning must be a word such as none, minimal, low, medium, high or default, was \"" + text + "\"");
    }

    private static Optional<HostPort> proxy(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        Matcher parts = PROXY.matcher(text.strip());
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65_535) {
            throw new ConfigurationException("proxy must be http://HOST:PORT, without user and password");
        }
        String host = parts.group(1);
        boolean bracketed = host.startsWith("[");
        return Optional.of(new HostPort(
                bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(parts.group(2))));
    }

    private static Optional<Path> keyFile(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text.strip()));
        } catch (InvalidPathException e) {
            // Without the cause, which repeats the value: it may be the key itself.
            throw new ConfigurationException("key-file is no path: " + e.getReason());
        }
    }

    /** Whether the model thinks before it answers, as far as its name tells. */
    boolean isReasoningModel() {
        return REASONING.matcher(plainModel()).matches();
    }

    /** The least effort that a model of this name has; empty if it does not reason. */
    Optional<String> usualEffort() {
        if (!isReasoningModel()) {
            return Optional.empty();
        }
        String name = plainModel();
        return Optional.of(name.startsWith("gpt-5.") ? "none" : name.startsWith("gpt-5") ? "minimal" : "low");
    }

    /** Without the vendor that gateways put before it. */
    private String plainModel() {
        return model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    /** All of it that can change an answer. */
    Map<String, String> fingerprint() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("model", model);
        all.put("server", endpoint.baseUrl());
        temperature.ifPresent(value -> all.put("temperature", String.valueOf(value)));
        effort.ifPresent(value -> all.put("reasoning", value.isEmpty() ? "default" : value));
        if (!endpoint.apiVersion().isEmpty()) {
            all.put("azure-api-version", endpoint.apiVersion());
        }
        return all;
    }
}
