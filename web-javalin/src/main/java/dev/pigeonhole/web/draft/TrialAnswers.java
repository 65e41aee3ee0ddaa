package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.checkpoint.RowStatus;
import dev.pigeonhole.core.csv.CsvItem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What became of the rows of a trial, told by the numbers they have in the whole file. Immutable. */
final class TrialAnswers {
    private static final int MOST_TEXT = 1_000;

    private final List<CsvItem> rows;

    /** @param rows in the order in which the trial has them */
    TrialAnswers(List<CsvItem> rows) {
        this.rows = List.copyOf(rows);
    }

    int size() {
        return rows.size();
    }

    /** @param jobId of the trial; empty before it has one */
    List<Map<String, @Nullable Object>> of(CheckpointStore store, String jobId) {
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        if (!jobId.isEmpty()) {
            store.rows(jobId).forEach(row -> items.add(item(row)));
        }
        return items;
    }

    private Map<String, @Nullable Object> item(RowOutcome row) {
        CsvItem item = rows.get((int) row.row() - 1);
        Outcome outcome = row.outcome();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("row", item.row());
        map.put("text", cut(item.text(), MOST_TEXT));
        map.put("category", outcome instanceof Outcome.Categorized categorized ? categorized.category() : null);
        map.put("status", RowStatus.of(outcome).name().toLowerCase(Locale.ROOT));
        map.put("confidence", confidence(outcome));
        map.put("message", outcome instanceof Outcome.Failed failed ? failed.message() : "");
        return map;
    }

    private static @Nullable Double confidence(Outcome outcome) {
        OptionalDouble value = OptionalDouble.empty();
        if (outcome instanceof Outcome.Categorized categorized) {
            value = categorized.confidence();
        } else if (outcome instanceof Outcome.Unmatched unmatched) {
            value = unmatched.confidence();
        }
        return value.isPresent() ? value.getAsDouble() : null;
    }

    /** Never between the halves of a character. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }
}
