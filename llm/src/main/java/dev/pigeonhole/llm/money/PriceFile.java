package dev.pigeonhole.llm.money;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Suggestion;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a price list as JSON. All that is wrong with it is said with the model and the field. */
final class PriceFile {
    private static final Set<String> TOP_FIELDS = Set.of("note", "asOf", "models");
    private static final Set<String> FIELDS = Set.of(
            "input", "cachedInput", "cacheWrite", "output", "batchMultiplier", "batchCachedInput", "asOf", "source");
    private static final String DOLLARS = "dollars for a million tokens";

    private final String name;

    /** @param name how messages call the list */
    PriceFile(String name) {
        this.name = name;
    }

    PriceList read(byte[] json) throws IOException {
        JsonNode root = parse(json);
        requireObject(root, "the whole");
        requireKnown(root, TOP_FIELDS, "");
        LocalDate asOf = date(root, null, "");
        JsonNode models = root.path("models");
        requireObject(models, "\"models\"");
        Map<String, Price> prices = new HashMap<>();
        for (Map.Entry<String, JsonNode> model : models.properties()) {
            prices.put(model.getKey(), price(model.getKey(), model.getValue(), asOf));
        }
        return new PriceList(prices, asOf);
    }

    private JsonNode parse(byte[] json) throws IOException {
        try {
            return JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .build()
                    .readTree(json);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new ConfigurationException(
                    name + ": line " + line + ": not valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    private Price price(String model, JsonNode fields, LocalDate listAsOf) {
        String where = "model \"" + model + "\": ";
        requireObject(fields, "model \"" + model + "\"");
        requireKnown(fields, FIELDS, where);
        BigDecimal input = number(fields, "input", null, where);
        BigDecimal cached = number(fields, "cachedInput", input, where);
        BigDecimal multiplier =
                number(fields, "batchMultiplier", BigDecimal.ONE, where, "what a batch costs as a part");
        try {
            return new Price(
                    input,
                    cached,
                    number(fields, "cacheWrite", input, where),
                    number(fields, "output", null, where),
                    multiplier,
                    number(fields, "batchCachedInput", cached.multiply(multiplier), where),
                    date(fields, listAsOf, where),
                    fields.path("source").asText(""));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(name + ": " + where + e.getMessage(), e);
        }
    }

    private BigDecimal number(JsonNode fields, String field, @Nullable BigDecimal otherwise, String where) {
        return number(fields, field, otherwise, where, DOLLARS);
    }

    private BigDecimal number(
            JsonNode fields, String field, @Nullable BigDecimal otherwise, String where, String what) {
        JsonNode value = fields.path(field);
        if (value.isMissingNode() && otherwise != null) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw wrong(where + "\"" + field + "\" must be a number: " + what);
        }
        return value.decimalValue();
    }

    private LocalDate date(JsonNode fields, @Nullable LocalDate otherwise, String where) {
        JsonNode value = fields.path("asOf");
        if (value.isMissingNode() && otherwise != null) {
            return otherwise;
        }
        try {
            return LocalDate.parse(value.asText(""));
        } catch (DateTimeException e) {
            throw new ConfigurationException(
                    name + ": " + where + "\"asOf\" must be the date of the prices, such as \"2026-11-23\"", e);
        }
    }

    private void requireObject(JsonNode node, String what) {
        if (!node.isObject()) {
            throw wrong(what + " must be an object, such as {\"input\": 0.05, \"output\": 0.40}");
        }
    }

    private void requireKnown(JsonNode node, Set<String> known, String where) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!known.contains(field.getKey())) {
                throw wrong(where + "unknown field \"" + field.getKey() + "\""
                        + Suggestion.hint(field.getKey(), known) + "; known are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private ConfigurationException wrong(String problem) {
        return new ConfigurationException(name + ": " + problem);
    }
}
