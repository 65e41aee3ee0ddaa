package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.job.JobSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a job is to be run. Immutable.
 *
 * @param maxCost US dollars as text; empty for no cap
 * @param rpm as text; empty if not told
 * @param tpm as text; empty if not told
 * @param hints whether candidates are shown with each row: {@code auto}, {@code on} or {@code off}
 * @param cascade wanted agreement with the model, such as {@code 0.95}, as text; empty to ask about every row
 * @param more options of the provider that the page does not know: those of a job that this one is to be like. Never from a client
 */
record Settings(
        String name,
        String provider,
        String model,
        String baseUrl,
        int batchSize,
        int subBatchSize,
        int concurrency,
        String maxCost,
        String rpm,
        String tpm,
        boolean fresh,
        String hints,
        String cascade,
        boolean outputBom,
        Map<String, String> more) {
    static final String LOCAL = "local";
    static final String AUTO = "auto";

    static final Settings DEFAULTS =
            new Settings("", LOCAL, "", "", 2_000, 20, 0, "", "", "", false, AUTO, "", false, Map.of());

    static final String MODEL = "model";
    static final String BASE_URL = "base-url";
    static final String MAX_COST = "max-cost";
    static final String RPM = "rpm";
    static final String TPM = "tpm";
    static final String FRESH = "fresh";
    static final String HINTS = "hints";
    static final String CASCADE = "cascade";

    private static final List<String> HINT_MODES = List.of(AUTO, "on", "off");
    private static final int MOST_CHARS = 300;
    private static final int MOST_NAME = 200;

    Settings {
        more = Map.copyOf(more);
    }

    /** @param before what was set so far */
    static Settings of(Fields fields, Settings before) {
        String provider = fields.text("provider", LOCAL, MOST_CHARS);
        Settings settings = new Settings(
                plain(fields.text("name", "", MOST_NAME)),
                provider,
                fields.text("model", "", MOST_CHARS).strip(),
                fields.text("baseUrl", "", MOST_CHARS).strip(),
                fields.number("batchSize", DEFAULTS.batchSize, 1, JobSettings.MAX_BATCH_SIZE),
                fields.number("subBatchSize", DEFAULTS.subBatchSize, 1, JobSettings.MAX_SUB_BATCH_SIZE),
                fields.number("concurrency", DEFAULTS.concurrency, 0, JobSettings.MAX_CONCURRENCY),
                fields.text("maxCost", "", MOST_CHARS).strip(),
                fields.text("rpm", "", MOST_CHARS).strip(),
                fields.text("tpm", "", MOST_CHARS).strip(),
                fields.flag("fresh", false),
                hints(fields),
                fields.text("cascade", "", MOST_CHARS).strip(),
                fields.flag("outputBom", false),
                provider.equals(before.provider) ? before.more : Map.of());
        fields.end();
        return settings;
    }

    private static String hints(Fields fields) {
        String typed = fields.text("hints", AUTO, MOST_CHARS);
        if (HINT_MODES.contains(typed)) {
            return typed;
        }
        fields.wrong("hints", "must be one of " + String.join(", ", HINT_MODES));
        return AUTO;
    }

    /** As kept on disk. */
    static Settings kept(Fields fields, Map<?, ?> more) {
        Map<String, String> options = new TreeMap<>();
        more.forEach((key, value) -> options.put(String.valueOf(key), String.valueOf(value)));
        String provider = fields.text("provider", LOCAL, MOST_CHARS);
        return of(fields, with(DEFAULTS, provider, options));
    }

    private static Settings with(Settings s, String provider, Map<String, String> more) {
        return new Settings(
                s.name,
                provider,
                s.model,
                s.baseUrl,
                s.batchSize,
                s.subBatchSize,
                s.concurrency,
                s.maxCost,
                s.rpm,
                s.tpm,
                s.fresh,
                s.hints,
                s.cascade,
                s.outputBom,
                more);
    }

    /** Whether it asks somebody who has a model, a price and limits. */
    boolean asksModel() {
        return !provider.equals(LOCAL);
    }

    JobSettings job() {
        return JobSettings.defaults()
                .withBatchSize(batchSize)
                .withSubBatchSize(subBatchSize)
                .withConcurrency(concurrency)
                .withOutputBom(outputBom);
    }

    /** What the provider is told; to one that calls nobody, model, money and limits mean nothing. */
    SortedMap<String, String> options() {
        SortedMap<String, String> options = new TreeMap<>(more);
        if (asksModel()) {
            put(options, MODEL, model);
            put(options, BASE_URL, baseUrl);
            put(options, MAX_COST, maxCost);
            put(options, RPM, rpm);
            put(options, TPM, tpm);
            put(options, FRESH, fresh ? "true" : "");
            put(options, HINTS, hints.equals(AUTO) ? "" : hints);
            put(options, CASCADE, cascade);
        }
        return options;
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("provider", provider);
        map.put("model", model);
        map.put("baseUrl", baseUrl);
        map.put("batchSize", batchSize);
        map.put("subBatchSize", subBatchSize);
        map.put("concurrency", concurrency);
        map.put("maxCost", maxCost);
        map.put("rpm", rpm);
        map.put("tpm", tpm);
        map.put("fresh", fresh);
        map.put("hints", hints);
        map.put("cascade", cascade);
        map.put("outputBom", outputBom);
        return map;
    }

    private static void put(SortedMap<String, String> options, String name, String value) {
        if (!value.isEmpty()) {
            options.put(name, value);
        }
    }

    private static String plain(String name) {
        return name.replaceAll("\\p{Cc}+", " ").strip();
    }
}
