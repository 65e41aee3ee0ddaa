package dev.pigeonhole.core.job;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.AnswerKey;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.csv.CsvItem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Rows in order, each with what is known about it; the store is asked about many at once. Not thread-safe. */
final class Lookahead implements Iterator<Lookahead.Row> {
    private static final int ROWS = 256;

    /**
     * A row of the input.
     *
     * @param recorded whether it has an outcome in the store
     * @param key of its text; null if nobody is to be asked about it, or if answers are not shared
     * @param known its outcome, if nobody has to be asked; not recorded yet
     */
    record Row(
            CsvItem item,
            boolean recorded,
            @Nullable AnswerKey key,
            @Nullable Outcome known) {}

    private final Iterator<CsvItem> rows;
    private final JobLease lease;
    private final RecordedRows recorded;
    private final SharedTexts texts;
    private final byte @Nullable [] scope;
    private final int columns;
    private final Queue<Row> ahead = new ArrayDeque<>();

    /** @param scope of the keys; null if answers are not shared */
    Lookahead(Iterator<CsvItem> rows, JobLease lease, SharedTexts texts, byte @Nullable [] scope) {
        this.rows = rows;
        this.lease = lease;
        this.recorded = new RecordedRows(lease);
        this.texts = texts;
        this.scope = scope;
        this.columns = lease.job().plan().profile().columns().size();
    }

    @Override
    public boolean hasNext() {
        return !ahead.isEmpty() || rows.hasNext();
    }

    @Override
    public Row next() {
        if (ahead.isEmpty()) {
            look();
        }
        Row row = ahead.poll();
        if (row == null) {
            throw new NoSuchElementException();
        }
        return row;
    }

    private void look() {
        List<Row> read = new ArrayList<>();
        List<AnswerKey> keys = new ArrayList<>();
        while (read.size() < ROWS && rows.hasNext()) {
            Row row = read(rows.next());
            read.add(row);
            if (row.key() != null) {
                keys.add(row.key());
            }
        }
        if (keys.isEmpty()) {
            ahead.addAll(read);
            return;
        }
        texts.forgetDurable();
        Map<AnswerKey, Outcome> answers = lease.known(keys);
        read.forEach(row -> ahead.add(withAnswer(row, row.key() == null ? null : answers.get(row.key()))));
    }

    private Row read(CsvItem item) {
        boolean done = recorded.contains(item.row());
        Outcome known = withoutAsking(item);
        AnswerKey key = done || known != null || scope == null ? null : AnswerKey.of(scope, item.text());
        return new Row(item, done, key, known);
    }

    private static Row withAnswer(Row row, @Nullable Outcome answer) {
        return answer == null ? row : new Row(row.item(), row.recorded(), null, Stages.fromCache(answer));
    }

    /** The outcome of a row that no categorizer can say anything about. */
    private @Nullable Outcome withoutAsking(CsvItem row) {
        if (row.misshapen()) {
            return new Outcome.Failed(
                    FailureCause.CSV_SHAPE, "the row does not have the " + columns + " columns of the header");
        }
        return row.text().isBlank() ? new Outcome.Skipped() : null;
    }
}
