package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.checkpoint.SeenRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Puts what people said in the place of the outcomes. Lives as long as a transaction. */
final class Applying {
    private final Connection connection;
    private final long job;
    private final List<String> categories;
    private final Map<String, Integer> ordinals;
    private final ReviewBook book;

    Applying(Connection connection, long job, List<String> categories, Map<String, Integer> ordinals)
            throws SQLException {
        this.connection = connection;
        this.job = job;
        this.categories = categories;
        this.ordinals = ordinals;
        this.book = ReviewBook.read(connection, job, categories);
    }

    /** Returns how many rows have another outcome now. */
    long run() throws SQLException {
        OutcomeReader reader = new OutcomeReader(connection, job, categories);
        ForgottenRows forgotten = new ForgottenRows(connection, job);
        List<SeenRow> changed = new ArrayList<>();
        for (long number : groups()) {
            List<RowOutcome> outcomes = new ArrayList<>();
            OutcomeGroup group = reader.readGroup(number, outcomes);
            List<RowOutcome> old = new ArrayList<>();
            for (RowOutcome recorded : outcomes) {
                SeenRow seen = book.seen(recorded);
                if (!seen.published()) {
                    old.add(recorded);
                    changed.add(seen);
                }
            }
            forgotten.add(group, old);
        }
        if (!changed.isEmpty()) {
            forgotten.finish();
            try (OutcomeWriter outcomes = new OutcomeWriter(connection, job, ordinals)) {
                outcomes.record(changed.stream().map(SeenRow::row).toList());
            }
            keepOriginals(changed);
        }
        return changed.size();
    }

    private Set<Long> groups() {
        Set<Long> numbers = new TreeSet<>();
        book.newest().keySet().forEach(row -> numbers.add(OutcomeGroup.numberOf(row)));
        return numbers;
    }

    private void keepOriginals(List<SeenRow> changed) throws SQLException {
        Originals originals = new Originals(connection, job, categories);
        Judging judging = book.judging();
        for (SeenRow seen : changed) {
            long row = seen.row().row();
            Optional<Outcome> old = book.original(row);
            if (old.isPresent()) {
                judging = originals.remove(row, old.get(), judging);
            }
            if (seen.machine().isPresent()) {
                judging = originals.put(row, seen.machine().get(), judging);
            }
        }
        judging.write(connection, job);
    }
}
