package dev.pigeonhole.local;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.local.file.Card;
import dev.pigeonhole.local.file.MissingPartException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads what {@link CardWriter} wrote. Entries that it does not know are passed over. Immutable. What cannot be understood is an
 * {@link IllegalArgumentException} or a {@link dev.pigeonhole.core.ConfigurationException}.
 */
final class CardReader {
    private final Card card;

    CardReader(Card card) {
        this.card = card;
    }

    Taxonomy taxonomy() {
        List<Category> categories = new ArrayList<>();
        while (card.find(category(categories.size()) + CardWriter.NAME).isPresent()) {
            String key = category(categories.size());
            categories.add(new Category(
                    text(key + CardWriter.NAME),
                    text(key + CardWriter.DESCRIPTION),
                    texts(key + CardWriter.KEYWORD),
                    texts(key + CardWriter.EXAMPLE)));
        }
        return new Taxonomy(text(CardWriter.TASK), categories, Boolean.parseBoolean(text(CardWriter.UNMATCHED)));
    }

    ModelCard modelCard() {
        return new ModelCard(
                text(CardWriter.METHOD),
                Long.parseLong(text(CardWriter.ROWS_GIVEN)),
                Long.parseLong(text(CardWriter.ROWS_USED)),
                rows(),
                settings(),
                Integer.parseInt(text(CardWriter.FEATURES)),
                number(CardWriter.ACCURACY),
                number(CardWriter.CALIBRATION_ERROR),
                promises(),
                text(CardWriter.DATA));
    }

    private Map<String, Integer> rows() {
        Map<String, Integer> rows = new LinkedHashMap<>();
        while (card.find(category(rows.size()) + CardWriter.NAME).isPresent()) {
            String key = category(rows.size());
            rows.put(text(key + CardWriter.NAME), Integer.parseInt(text(key + CardWriter.ROWS)));
        }
        return rows;
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        card.entries().forEach((key, value) -> {
            if (key.startsWith(CardWriter.SETTING)) {
                settings.put(key.substring(CardWriter.SETTING.length()), value);
            }
        });
        return settings;
    }

    private List<PrecisionPromise> promises() {
        List<PrecisionPromise> promises = new ArrayList<>();
        String key = CardWriter.PROMISE + 1;
        while (card.find(key + CardWriter.PRECISION).isPresent()) {
            promises.add(new PrecisionPromise(
                    Double.parseDouble(text(key + CardWriter.PRECISION)),
                    Double.parseDouble(text(key + CardWriter.MIN_CONFIDENCE)),
                    Double.parseDouble(text(key + CardWriter.COVERAGE))));
            key = CardWriter.PROMISE + (promises.size() + 1);
        }
        return promises;
    }

    /** @param index from 0 */
    private static String category(int index) {
        return CardWriter.CATEGORY + (index + 1);
    }

    private List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        Optional<String> next = card.find(key + 1);
        while (next.isPresent()) {
            texts.add(next.get());
            next = card.find(key + (texts.size() + 1));
        }
        return texts;
    }

    private OptionalDouble number(String key) {
        return card.find(key)
                .map(text -> OptionalDouble.of(Double.parseDouble(text)))
                .orElse(OptionalDouble.empty());
    }

    private String text(String key) {
        return card.find(key).orElseThrow(() -> new MissingPartException("its card has no \"" + key + "\""));
    }
}
