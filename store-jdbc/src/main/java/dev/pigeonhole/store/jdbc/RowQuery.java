package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.Facets;
import dev.pigeonhole.core.checkpoint.RowOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Looks through all rows of a {@link RowFile}, several times if need be; what it keeps in memory depends neither on their number nor
 * on how deep in the order the page is.
 */
final class RowQuery {
    private static final int DIGIT = 16;
    private static final int DIGITS = 1 << DIGIT;
    /** So many rows that stand before a page are rather kept and dropped than looked for in one more pass. */
    private static final int FEW = 4_096;

    private final RowFile file;
    private final RowChoice choice;
    private final int few;

    RowQuery(RowFile file, RowChoice choice) {
        this(file, choice, FEW);
    }

    RowQuery(RowFile file, RowChoice choice, int few) {
        this.file = file;
        this.choice = choice;
        this.few = few;
    }

    /** Some rows of an order, and how many there are. */
    record Found(List<Long> rows, long total) {}

    private void forEach(RowFile.Reader reader) throws RefusedException {
        if (!choice.isEmpty()) {
            file.forEach(choice, reader);
        }
    }

    Found page(RowOrder order, long skip, int most, List<String> categories) throws RefusedException {
        if (order == RowOrder.ROW) {
            return between(skip, skip + most);
        } else if (order == RowOrder.ROW_BACKWARDS) {
            return backwards(skip, most);
        }
        return sorted(RowKey.of(order, categories), skip, most);
    }

    private Found between(long from, long to) throws RefusedException {
        return choice.isAll() ? ofAll(from, to) : ofSome(from, to);
    }

    /** Looks only at the groups that hold them. */
    private Found ofAll(long from, long to) throws RefusedException {
        List<Long> rows = new ArrayList<>();
        long before = 0;
        for (int group = 0; group < file.groups(); group++) {
            long after = before + file.there(group);
            if (after > from && before < to) {
                List<Long> all = new ArrayList<>();
                file.forEach(group, choice, (row, code, confidence) -> all.add(row));
                rows.addAll(all.subList((int) Math.max(0, from - before), (int) (Math.min(to, after) - before)));
            }
            before = after;
        }
        return new Found(rows, before);
    }

    private Found ofSome(long from, long to) throws RefusedException {
        List<Long> rows = new ArrayList<>();
        long[] seen = {0};
        forEach((row, code, confidence) -> {
            if (seen[0] >= from && seen[0] < to) {
                rows.add(row);
            }
            seen[0]++;
        });
        return new Found(rows, seen[0]);
    }

    private Found backwards(long skip, int most) throws RefusedException {
        long total = between(0, 0).total();
        long to = Math.max(0, total - skip);
        List<Long> rows = between(Math.max(0, to - most), to).rows();
        Collections.reverse(rows);
        return new Found(rows, total);
    }

    private Found sorted(RowKey key, long skip, int most) throws RefusedException {
        Optional<Place> place = skip == 0 ? Optional.of(Place.FIRST) : place(key, skip);
        if (place.isEmpty()) {
            return new Found(List.of(), between(0, 0).total());
        }
        Smallest smallest = new Smallest(most, place.get());
        forEach((row, code, confidence) -> smallest.see(key.of(code, confidence), row));
        return new Found(smallest.rows(), smallest.seen);
    }

    /**
     * Where a page begins.
     *
     * @param key of its first row, or a smaller one that no row before the page has but {@code drop}
     * @param skip how many rows with this very key stand before it
     * @param drop how many rows that are seen from there on stand before it all the same
     */
    private record Place(long key, long skip, int drop) {
        static final Place FIRST = new Place(0, 0, 0);
    }

    /**
     * Finds the key that so many rows stand before, digit by digit from the highest, until few rows are left or all have one key;
     * empty if there are not so many rows.
     */
    private Optional<Place> place(RowKey key, long skip) throws RefusedException {
        long prefix = 0;
        long left = skip;
        for (int shift = Long.SIZE - DIGIT; ; shift -= DIGIT) {
            Digits digits = count(key, prefix, shift);
            if (left >= digits.total) {
                return Optional.empty();
            }
            int digit = 0;
            while (left >= digits.counts[digit]) {
                left -= digits.counts[digit++];
            }
            prefix = prefix << DIGIT | digit;
            if (digits.isOneKey()) {
                return Optional.of(new Place(digits.least, left, 0));
            } else if (shift == 0) {
                return Optional.of(new Place(prefix, left, 0));
            } else if (digits.counts[digit] <= few) {
                return Optional.of(new Place(prefix << shift, 0, (int) left));
            }
        }
    }

    /** Rows by the digit at {@code shift}, of those whose higher digits are {@code prefix}. */
    private Digits count(RowKey key, long prefix, int shift) throws RefusedException {
        Digits digits = new Digits(prefix, shift);
        forEach((row, code, confidence) -> digits.see(key.of(code, confidence)));
        return digits;
    }

    private static final class Digits {
        private final int[] counts = new int[DIGITS];
        private final long prefix;
        private final int shift;
        private final boolean first;
        private long total;
        private long least = Long.MAX_VALUE;
        private long most;

        Digits(long prefix, int shift) {
            this.prefix = prefix;
            this.shift = shift;
            this.first = shift + DIGIT == Long.SIZE;
        }

        void see(long key) {
            if (first || key >>> (shift + DIGIT) == prefix) {
                counts[(int) (key >>> shift) & (DIGITS - 1)]++;
                total++;
                least = Math.min(least, key);
                most = Math.max(most, key);
            }
        }

        boolean isOneKey() {
            return least == most;
        }
    }

    /** Keeps the first rows from a place on. */
    private static final class Smallest {
        private static final Comparator<long[]> ORDER =
                Comparator.<long[]>comparingLong(pair -> pair[0]).thenComparingLong(pair -> pair[1]);

        private final PriorityQueue<long[]> kept = new PriorityQueue<>(ORDER.reversed());
        private final int most;
        private final int drop;
        private final long from;
        private long skip;
        private long worst = Long.MAX_VALUE;
        private long seen;

        Smallest(int most, Place place) {
            this.most = most + place.drop();
            this.drop = place.drop();
            this.from = place.key();
            this.skip = place.skip();
        }

        /** Rows come in their order, so that a later one never goes before one with the same key. */
        void see(long key, long row) {
            seen++;
            if (key < from || key >= worst || (key == from && skip-- > 0)) {
                return;
            }
            kept.add(new long[] {key, row});
            if (kept.size() > most) {
                kept.remove();
            }
            if (kept.size() == most) {
                long[] last = kept.peek();
                worst = last == null ? 0 : last[0];
            }
        }

        List<Long> rows() {
            return kept.stream().sorted(ORDER).skip(drop).map(pair -> pair[1]).toList();
        }
    }

    Facets facets(RowIndex index, boolean exact) throws RefusedException {
        long[] statuses = new long[4];
        long[] categories = new long[index.categories().size()];
        long[] sources = new long[index.sources()];
        long[] causes = new long[RowCode.CAUSES.size()];
        long[] reviewed = {0};
        forEach((row, code, confidence) -> {
            int status = RowCode.status(code);
            statuses[status]++;
            if (status == 0) {
                categories[RowCode.categoryOf(code)]++;
            }
            if (status < 2) {
                sources[RowCode.sourceOf(code)]++;
            } else if (status == 2) {
                causes[RowCode.causeOf(code)]++;
            }
            reviewed[0] += (code & RowCode.REVIEWED) == 0 ? 0 : 1;
        });
        return new Facets(
                new Counts(statuses[0], statuses[1], statuses[2], statuses[3]),
                byName(index.categories(), categories),
                byCause(causes),
                bySource(index, sources),
                reviewed[0],
                exact);
    }

    private static Map<String, Long> byName(List<String> names, long[] rows) {
        Map<String, Long> map = new LinkedHashMap<>();
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] > 0) {
                map.put(names.get(i), rows[i]);
            }
        }
        return map;
    }

    private static Map<FailureCause, Long> byCause(long[] rows) {
        Map<FailureCause, Long> map = new EnumMap<>(FailureCause.class);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] > 0) {
                map.put(RowCode.CAUSES.get(i), rows[i]);
            }
        }
        return map;
    }

    private static Map<String, Long> bySource(RowIndex index, long[] rows) {
        Map<String, Long> map = new TreeMap<>();
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] > 0) {
                map.put(index.source(i), rows[i]);
            }
        }
        return map;
    }
}
