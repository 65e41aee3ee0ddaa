package dev.pigeonhole.local;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.LabelledText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Collects rows to learn from, as many as their texts have room for: if there are more, a random part of them, with at least
 * {@value #KEPT_PER_CATEGORY} rows of each category that has so many. Not thread-safe.
 */
final class RowSample {
    private static final int KEPT_PER_CATEGORY = 50;
    /** Of a longer text no more is ever looked at. */
    private static final int MAX_TEXT = 16_384;

    private static final int NAMED = 5;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final long maxCharacters;
    private final Random random;
    private final Map<String, Long> strangers = new LinkedHashMap<>();
    private List<Row> rows = new ArrayList<>();
    private long characters;
    private long given;

    private record Row(long number, String text, int category, double lot) {}

    RowSample(List<String> names, TrainingSettings settings) {
        for (String name : names) {
            numbers.put(name, numbers.size());
        }
        this.maxCharacters = settings.maxCharacters();
        this.random = new Random(settings.seed());
    }

    void add(LabelledText example) {
        given++;
        double lot = random.nextDouble();
        Integer category = numbers.get(example.category());
        if (category == null) {
            strangers.merge(example.category(), 1L, Long::sum);
        } else if (!example.text().isBlank()) {
            String text = cut(example.text());
            rows.add(new Row(given, text, category, lot));
            characters += text.length();
            if (characters > 2 * maxCharacters) {
                thinOut();
            }
        }
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }

    /** The rows in the order in which they were given. */
    TrainingRows rows() {
        requireNoStrangers();
        if (characters > maxCharacters) {
            thinOut();
        }
        return new TrainingRows(
                rows.stream().map(Row::text).toList(),
                rows.stream().map(Row::category).toList(),
                given);
    }

    private void requireNoStrangers() {
        if (strangers.isEmpty()) {
            return;
        }
        long count = strangers.values().stream().mapToLong(Long::longValue).sum();
        String named = strangers.entrySet().stream()
                .limit(NAMED)
                .map(entry -> "\"" + entry.getKey() + "\" (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
        throw new ConfigurationException(
                count + " of " + given + " rows to learn from have a category that is not among the "
                        + numbers.size() + " categories: " + named + (strangers.size() > NAMED ? ", …" : "")
                        + "; add it to the categories, or correct the label");
    }

    /** Keeps the rows with the lowest lots, and the first of each category whatever their lots. */
    private void thinOut() {
        List<Row> byLot = new ArrayList<>(rows);
        byLot.sort(Comparator.comparingDouble(Row::lot));
        Set<Row> chosen = firstOfEach(byLot);
        for (Row row : byLot) {
            if (characters >= maxCharacters) {
                break;
            }
            if (chosen.add(row)) {
                characters += row.text().length();
            }
        }
        rows = new ArrayList<>(chosen);
        rows.sort(Comparator.comparingLong(Row::number));
    }

    /** At most a fair share of the room for each category. */
    private Set<Row> firstOfEach(List<Row> byLot) {
        Set<Row> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        int[] kept = new int[numbers.size()];
        long[] taken = new long[numbers.size()];
        characters = 0;
        for (Row row : byLot) {
            int category = row.category();
            if (kept[category] < KEPT_PER_CATEGORY && taken[category] < maxCharacters / numbers.size()) {
                kept[category]++;
                taken[category] += row.text().length();
                characters += row.text().length();
                chosen.add(row);
            }
        }
        return chosen;
    }
}
