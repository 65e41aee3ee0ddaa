package dev.pigeonhole.workspace;

import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Some rows that stand for a file: one from each part of it, and of all lengths of text; no text twice. The same seed gives the same
 * rows. Not thread-safe.
 */
public final class Sample {
    /** Rows that are kept of each part, to choose from by length. */
    private static final int CANDIDATES = 8;

    private final int size;
    private final Random random;
    private final List<List<CsvItem>> parts = new ArrayList<>();
    private final int[] seen;
    private final DistinctTexts distinct = new DistinctTexts();

    private Sample(int size, long seed) {
        this.size = size;
        this.random = new Random(seed);
        this.seen = new int[size];
        IntStream.range(0, size).forEach(i -> parts.add(new ArrayList<>()));
    }

    /**
     * Reads the file once.
     *
     * @param size how many rows; at least 1. There are fewer if the file has fewer different texts
     * @return in the order of the file
     */
    public static List<CsvItem> of(CsvSource source, CsvProfile profile, int size, long seed) {
        Sample sample = new Sample(size, seed);
        try (CsvRows<CsvItem> rows = source.items(profile, 1)) {
            rows.forEachRemaining(row -> sample.look(row, profile.rows()));
        }
        return sample.chosen();
    }

    /** Keeps each row of a part with the same chance (reservoir sampling). */
    private void look(CsvItem row, long rows) {
        if (row.misshapen() || row.text().isBlank() || !distinct.add(row.text())) {
            return;
        }
        int part = (int) ((row.row() - 1) * size / rows);
        List<CsvItem> kept = parts.get(part);
        int place = kept.size() < CANDIDATES ? kept.size() : random.nextInt(seen[part] + 1);
        seen[part]++;
        if (place == kept.size()) {
            kept.add(row);
        } else if (place < CANDIDATES) {
            kept.set(place, row);
        }
    }

    /** Each part is given a length of its own to come near to, so that all lengths are there. */
    private List<CsvItem> chosen() {
        List<Integer> lengths = parts.stream()
                .flatMap(List::stream)
                .map(row -> row.text().length())
                .sorted()
                .toList();
        List<Integer> ranks = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        Collections.shuffle(ranks, random);
        List<CsvItem> chosen = new ArrayList<>();
        List<CsvItem> others = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            List<CsvItem> part = parts.get(i);
            if (!part.isEmpty()) {
                int wanted = lengths.get((int) ((ranks.get(i) + 0.5) / size * lengths.size()));
                part.sort(Comparator.comparingInt(row -> Math.abs(row.text().length() - wanted)));
                chosen.add(part.get(0));
                others.addAll(part.subList(1, part.size()));
            }
        }
        Collections.shuffle(others, random);
        chosen.addAll(others.subList(0, Math.min(size - chosen.size(), others.size())));
        chosen.sort(Comparator.comparingLong(CsvItem::row));
        return chosen;
    }
}
