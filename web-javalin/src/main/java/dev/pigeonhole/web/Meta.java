package dev.pigeonhole.web;

import dev.pigeonhole.core.categorize.CategorizerProvider;
import dev.pigeonhole.web.draft.Samples;
import dev.pigeonhole.web.guard.Uploads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the page wants to know of the server before anything else. Thread-safe. */
final class Meta {
    private final WebSettings settings;
    private final Uploads uploads;
    private final ProviderCards providers;

    Meta(WebSettings settings, Uploads uploads, ProviderCards providers) {
        this.settings = settings;
        this.uploads = uploads;
        this.providers = providers;
    }

    Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> meta = new LinkedHashMap<>();
        meta.put("version", version());
        meta.put("workspace", settings.workspace().toAbsolutePath().normalize().toString());
        meta.put("samples", Samples.all());
        meta.put("providers", providers.of(CategorizerProvider.all()));
        meta.put("limits", limits());
        return meta;
    }

    private static String version() {
        return Optional.ofNullable(Meta.class.getPackage().getImplementationVersion())
                .orElse("unknown");
    }

    private Map<String, Object> limits() {
        Map<String, Object> limits = new LinkedHashMap<>();
        limits.put("uploadBytes", settings.uploads().file());
        limits.put("quotaBytes", settings.uploads().quota());
        limits.put("usedBytes", uploads.used());
        limits.put("running", settings.running());
        limits.put("queue", settings.queue());
        limits.put("batchSize", List.of(1, 10_000_000));
        limits.put("subBatchSize", List.of(1, 1000));
        limits.put("concurrency", List.of(0, 1024));
        limits.put("categories", 2000);
        return limits;
    }
}
