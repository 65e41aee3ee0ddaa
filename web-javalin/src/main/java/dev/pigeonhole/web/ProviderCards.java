package dev.pigeonhole.web;

import dev.pigeonhole.core.categorize.CategorizerProvider;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the page shows of those who categorize. Of a key nothing but its last four characters. Thread-safe. */
final class ProviderCards {
    private static final String LOCAL = "local";
    private static final String OPENAI = "openai";
    private static final String KEY = "OPENAI_API_KEY";
    private static final String ADDRESS = "OPENAI_BASE_URL";
    /** Of a shorter one, four characters would be too much. */
    private static final int SHORTEST_SHOWN = 12;

    private final Map<String, String> environment;
    private final List<String> baseUrls;

    ProviderCards(Map<String, String> environment, List<String> baseUrls) {
        this.environment = Map.copyOf(environment);
        this.baseUrls = List.copyOf(baseUrls);
    }

    List<Map<String, @Nullable Object>> of(List<CategorizerProvider> providers) {
        return providers.stream().map(provider -> card(provider.name())).toList();
    }

    Map<String, @Nullable Object> card(String name) {
        Map<String, @Nullable Object> card = new LinkedHashMap<>();
        boolean model = name.equals(OPENAI);
        String key = environment.getOrDefault(KEY, "").strip();
        boolean ready = !model || !key.isEmpty() || isNearby();
        card.put("name", name);
        card.put("title", title(name));
        card.put("needsKey", model);
        card.put("key", model && !key.isEmpty() ? Map.of("source", "environment " + KEY, "ends", ends(key)) : null);
        card.put("ready", ready);
        card.put("hint", ready ? "" : "set " + KEY + " where the server is started, and start it again");
        if (model) {
            card.put("host", host());
            card.put("hosts", baseUrls);
            card.put("models", List.of("gpt-5-nano", "gpt-5-mini", "gpt-4.1-nano", "gpt-4.1-mini"));
        }
        card.put(
                "options",
                model ? List.of("model", "baseUrl", "maxCost", "rpm", "tpm", "fresh", "hints", "cascade") : List.of());
        return card;
    }

    private static String title(String name) {
        return switch (name) {
            case LOCAL -> "Offline, on this machine";
            case OPENAI -> "A language model";
            default -> name;
        };
    }

    private static String ends(String key) {
        return key.length() < SHORTEST_SHOWN ? "" : key.substring(key.length() - 4);
    }

    private Optional<String> address() {
        return Optional.of(environment.getOrDefault(ADDRESS, "").strip())
                .filter(url -> !url.isEmpty())
                .or(() -> baseUrls.stream().findFirst());
    }

    private String host() {
        return address().map(ProviderCards::hostOf).orElse("api.openai.com");
    }

    /** Servers on this machine want no key. */
    private boolean isNearby() {
        return address()
                .map(ProviderCards::hostOf)
                .filter(host -> host.matches("localhost|127\\..*|\\[::1\\]"))
                .isPresent();
    }

    private static String hostOf(String url) {
        try {
            String host = URI.create(url).getHost();
            return host == null ? "" : host;
        } catch (IllegalArgumentException e) {
            // The provider says what is wrong with it when it is asked.
            return "";
        }
    }
}
