package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.Suggestion;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import dev.pigeonhole.workspace.Providers;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what is wrong with settings, member by member; the provider has the last word. Thread-safe. */
final class SettingsCheck {
    /** Enough to ask a provider about its options while there are no categories. */
    private static final Taxonomy ANY = Taxonomy.of("any");

    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,7}(\\.[0-9]{1,12})?");
    private static final Pattern LIKE_A_KEY = Pattern.compile("(?i)(sk|pk|key|bearer)[-_ ].{16,}|[0-9a-f]{32,}");

    /** The member that holds each option. */
    private static final Map<String, String> MEMBERS = new LinkedHashMap<>(Map.of(
            Settings.MAX_COST, "maxCost",
            Settings.BASE_URL, "baseUrl",
            Settings.MODEL, "model",
            Settings.RPM, "rpm",
            Settings.TPM, "tpm",
            Settings.FRESH, "fresh",
            Settings.HINTS, "hints",
            Settings.CASCADE, "cascade"));

    private static final int MOST_REMEMBERED = 64;

    private final List<String> hosts;
    /** What the provider said of settings; asking it takes half a second, and each look at a draft asks. */
    private final Map<Settings, Optional<String>> complaints = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Settings, Optional<String>> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** @param hosts the base URLs that may be chosen */
    SettingsCheck(List<String> hosts) {
        this.hosts = List.copyOf(hosts);
    }

    /** Tells the errors what is wrong. */
    void check(Settings settings, Fields errors) {
        List<String> providers = CategorizerProvider.all().stream()
                .map(CategorizerProvider::name)
                .toList();
        if (!providers.contains(settings.provider())) {
            errors.wrong(
                    "provider",
                    "there is no provider of this name; there are " + String.join(", ", providers),
                    Suggestion.nearest(settings.provider(), providers).orElse(""));
            return;
        }
        if (!settings.baseUrl().isEmpty() && !hosts.contains(settings.baseUrl())) {
            errors.wrong(
                    "baseUrl",
                    "this server was not started with that address; name it with --base-url when starting it"
                            + (hosts.isEmpty() ? "" : ", or choose one of " + String.join(", ", hosts)));
        }
        if (LIKE_A_KEY.matcher(settings.model()).matches()) {
            errors.wrong("model", "this looks like a key; keys go into the environment of the server, never in here");
        }
        checkNumbers(settings, errors);
        if (errors.isFine()) {
            askProvider(settings, errors);
        }
    }

    private static void checkNumbers(Settings settings, Fields errors) {
        if (!settings.maxCost().isEmpty() && !isMoney(settings.maxCost())) {
            errors.wrong("maxCost", "must be US dollars, more than 0, such as 12.50");
        }
        if (!settings.rpm().isEmpty() && !WHOLE.matcher(settings.rpm()).matches()) {
            errors.wrong("rpm", "must be a whole number of calls a minute, or empty");
        }
        if (!settings.tpm().isEmpty() && !WHOLE.matcher(settings.tpm()).matches()) {
            errors.wrong("tpm", "must be a whole number of tokens a minute, or empty");
        }
    }

    private static boolean isMoney(String text) {
        return DECIMAL.matcher(text).matches()
                && Money.dollars(new BigDecimal(text)).picodollars() > 0;
    }

    /** Without a model there is nothing to ask yet. */
    private void askProvider(Settings settings, Fields errors) {
        if (settings.asksModel() && !settings.model().isEmpty()) {
            complaint(settings).ifPresent(complaint -> errors.wrong(member(complaint), complaint));
        }
    }

    private Optional<String> complaint(Settings settings) {
        synchronized (complaints) {
            Optional<String> known = complaints.get(settings);
            if (known != null) {
                return known;
            }
        }
        Optional<String> complaint = ask(settings);
        synchronized (complaints) {
            complaints.put(settings, complaint);
        }
        return complaint;
    }

    private static Optional<String> ask(Settings settings) {
        try {
            Providers.named(settings.provider()).estimator(ANY, settings.options());
            return Optional.empty();
        } catch (ConfigurationException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static String member(String message) {
        return MEMBERS.entrySet().stream()
                .filter(entry -> message.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("model");
    }
}
