package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.checkpoint.SeenRow;
import dev.pigeonhole.store.jdbc.Plans.StoredPlan;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a job in a form that is searched and sorted in milliseconds: SQLite takes seconds for a million rows, whatever is
 * asked, and indexes would slow down every run. Made when it is first asked for, and then kept up with the job, whoever works on
 * it: only groups whose checksum has changed are read again, and only what adds up is believed. Not thread-safe: whoever uses it
 * locks it, and begins the transaction afterwards.
 */
final class RowIndex {
    /** More than anybody has; far more would be a number that damage made. */
    private static final long MOST_GROUPS = 1 << 26;

    private final Path folder;
    private final long job;
    private final List<String> categories;
    private final Map<String, Integer> ordinals = new HashMap<>();
    private final Map<String, Integer> sourceNumbers = new HashMap<>();
    private final List<String> sources = new ArrayList<>();
    private final BitSet changed = new BitSet();
    private ReviewBook book = new ReviewBook();
    private long[] checksums = {};
    private @Nullable Ledger ledger;
    private @Nullable RowFile file;

    RowIndex(Path folder, long job, StoredPlan plan) {
        this.folder = folder;
        this.job = job;
        this.categories = plan.plan().categories();
        for (int i = 0; i < categories.size(); i++) {
            ordinals.putIfAbsent(categories.get(i), i);
        }
    }

    List<String> categories() {
        return categories;
    }

    /** The number of a category; -1 if the job has none of that name. */
    int category(String name) {
        return ordinals.getOrDefault(name, -1);
    }

    /** How many sources there are; their numbers are smaller. */
    int sources() {
        return sources.size();
    }

    String source(int number) {
        return sources.get(number);
    }

    /** What people have said by now. */
    ReviewBook book(Connection connection) throws SQLException {
        boolean sound = false;
        try {
            book.refresh(connection, job, categories, row -> changed.set((int) OutcomeGroup.numberOf(row)));
            sound = true;
            return book;
        } finally {
            if (!sound) {
                close();
            }
        }
    }

    /** All rows as they are now. */
    RowFile rows(Connection connection) throws SQLException {
        boolean sound = false;
        try {
            RowFile rows = refreshed(connection);
            sound = true;
            return rows;
        } finally {
            if (!sound) {
                close();
            }
        }
    }

    private RowFile refreshed(Connection connection) throws SQLException {
        RowFile rows = file == null ? RowFile.create(folder) : file;
        file = rows;
        book(connection);
        Ledger now = Ledger.read(connection, job);
        if (!now.equals(ledger)) {
            findChanges(connection, now);
        }
        OutcomeReader reader = new OutcomeReader(connection, job, categories);
        for (int from = changed.nextSetBit(0); from >= 0; from = changed.nextSetBit(from)) {
            int to = changed.nextClearBit(from);
            readGroups(reader, from, to - 1, rows);
            from = to;
        }
        changed.clear();
        ledger = now;
        return rows;
    }

    /** Compares the checksums of all groups with those known. */
    private void findChanges(Connection connection, Ledger now) throws SQLException {
        OutcomeGroup[] sum = {OutcomeGroup.empty(0)};
        long[] found = new long[checksums.length];
        long[][] seen = {found};
        Sql.forEach(
                connection,
                "SELECT " + OutcomeGroup.COLUMNS + " FROM outcome_group WHERE job = ?",
                line -> {
                    OutcomeGroup group = OutcomeGroup.decode(line);
                    sum[0] = sum[0].plus(group);
                    seen[0] = with(seen[0], group);
                },
                job);
        if (!sum[0].equals(new OutcomeGroup(0, now.counts(), now.outcomes()))) {
            throw new DamagedException("the rows do not add up to the ledger");
        }
        checksums = Arrays.copyOf(checksums, seen[0].length);
        for (int i = 0; i < checksums.length; i++) {
            if (checksums[i] != seen[0][i]) {
                changed.set(i);
            }
        }
        checksums = seen[0];
    }

    private static long[] with(long[] checksums, OutcomeGroup group) throws DamagedException {
        if (group.number() < 0 || group.number() >= MOST_GROUPS) {
            throw new DamagedException("there is no group " + group.number());
        }
        int number = (int) group.number();
        long[] room = number < checksums.length ? checksums : Arrays.copyOf(checksums, number + number / 2 + 1);
        room[number] = group.checksum();
        return room;
    }

    private void readGroups(OutcomeReader reader, int first, int last, RowFile rows) throws SQLException {
        int[] next = {first};
        reader.forEachGroup(OutcomeGroup.firstRow(first), OutcomeGroup.lastRow(last), (group, outcomes) -> {
            while (next[0] < group.number()) {
                rows.clearGroup().writeGroup(next[0]++);
            }
            write(group.number(), outcomes, rows);
            next[0]++;
        });
        while (next[0] <= last) {
            rows.clearGroup().writeGroup(next[0]++);
        }
    }

    private void write(long number, List<RowOutcome> outcomes, RowFile rows) throws RefusedException {
        rows.clearGroup();
        long firstRow = OutcomeGroup.firstRow(number);
        for (RowOutcome outcome : outcomes) {
            SeenRow seen = book.seen(outcome);
            Outcome now = seen.row().outcome();
            rows.put(
                    (int) (outcome.row() - firstRow),
                    RowCode.of(seen, categoryOf(now), sourceOf(now)),
                    RowCode.confidence(now).orElse(0));
        }
        rows.writeGroup(number);
    }

    private int categoryOf(Outcome outcome) {
        return outcome instanceof Outcome.Categorized o ? ordinals.getOrDefault(o.category(), 0) : 0;
    }

    private int sourceOf(Outcome outcome) {
        if (outcome instanceof Outcome.Categorized o) {
            return sourceNumber(o.source());
        }
        return outcome instanceof Outcome.Unmatched o ? sourceNumber(o.source()) : 0;
    }

    private int sourceNumber(String name) {
        Integer known = sourceNumbers.get(name);
        if (known != null) {
            return known;
        }
        sources.add(name);
        sourceNumbers.put(name, sources.size() - 1);
        return sources.size() - 1;
    }

    /** Forgets everything; asked again, it begins anew. */
    void close() throws RefusedException {
        RowFile old = file;
        file = null;
        ledger = null;
        checksums = new long[0];
        book = new ReviewBook();
        changed.clear();
        if (old != null) {
            old.close();
        }
    }
}
