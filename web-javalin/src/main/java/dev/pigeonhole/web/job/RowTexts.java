package dev.pigeonhole.web.job;

import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvValues;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The texts of rows, read from the inputs; the last ones that were shown are remembered. Thread-safe. */
final class RowTexts {
    private static final int MOST_REMEMBERED = 4_000;

    private record Key(String job, long row) {}

    private final Map<Key, RowText> remembered = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, RowText> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** The texts of some rows, cut as pages show them. */
    Map<Long, RowText> cut(JobRecord job, Collection<Long> rows) {
        Map<Long, RowText> texts = new HashMap<>();
        TreeSet<Long> missing = new TreeSet<>();
        for (long row : rows) {
            RowText known = recall(new Key(job.id(), row));
            if (known == null) {
                missing.add(row);
            } else {
                texts.put(row, known);
            }
        }
        read(job, missing).forEach((row, text) -> texts.put(row, keep(new Key(job.id(), row), text.cut())));
        return texts;
    }

    private @Nullable RowText recall(Key key) {
        synchronized (remembered) {
            return remembered.get(key);
        }
    }

    private RowText keep(Key key, RowText text) {
        synchronized (remembered) {
            remembered.put(key, text);
        }
        return text;
    }

    /** All columns of a row. */
    CsvValues values(JobRecord job, long row) {
        try (CsvRows<CsvValues> rows = from(job, row)) {
            return rows.next();
        }
    }

    private static Map<Long, RowText> read(JobRecord job, NavigableSet<Long> numbers) {
        Map<Long, RowText> texts = new HashMap<>();
        if (!numbers.isEmpty()) {
            OptionalInt id = idColumn(job);
            try (CsvRows<CsvValues> rows = from(job, numbers.first())) {
                for (long number : numbers) {
                    texts.put(number, text(rows.skipTo(number).next(), id));
                }
            }
        }
        return texts;
    }

    private static CsvRows<CsvValues> from(JobRecord job, long row) {
        return JobDesk.options(job).source().values(job.plan().profile(), row);
    }

    /** What the values of a row say. */
    static RowText text(CsvValues values, OptionalInt id) {
        return new RowText(values.row(), id.isEmpty() ? "" : values.values().get(id.getAsInt()), values.text());
    }

    /** Where the column is that tells rows apart, if one was named and is there. */
    static OptionalInt idColumn(JobRecord job) {
        String name = job.plan().launch().getOrDefault("id-column", "");
        int columns = job.plan().profile().columns().size();
        if (name.matches("#\\d{1,6}")) {
            int index = Integer.parseInt(name.substring(1)) - 1;
            return index >= 0 && index < columns ? OptionalInt.of(index) : OptionalInt.empty();
        }
        int index = name.isEmpty() ? -1 : job.plan().profile().columns().indexOf(name);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }
}
