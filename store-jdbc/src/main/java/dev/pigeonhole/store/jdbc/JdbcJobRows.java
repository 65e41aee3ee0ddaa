package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.checkpoint.Facets;
import dev.pigeonhole.core.checkpoint.JobRows;
import dev.pigeonhole.core.checkpoint.PaidAttempt;
import dev.pigeonhole.core.checkpoint.Review;
import dev.pigeonhole.core.checkpoint.RowFilter;
import dev.pigeonhole.core.checkpoint.RowOrder;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.checkpoint.RowPage;
import dev.pigeonhole.core.checkpoint.SeenRow;
import dev.pigeonhole.core.checkpoint.Verdict;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.store.jdbc.TextSearch.Hits;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The rows of a job, to look at and to judge; needs no lease. */
final class JdbcJobRows implements JobRows {
    private final Database database;
    private final JobViews views;
    private final String id;
    private final long job;
    private final List<String> categories;
    private volatile @Nullable Unpublished unpublished;

    JdbcJobRows(Database database, JobViews views, String id, long job, List<String> categories) {
        this.database = database;
        this.views = views;
        this.id = id;
        this.job = job;
        this.categories = categories;
    }

    /** How many rows were not published when rows and reviews added up to this. */
    private record Unpublished(Ledger ledger, Judging judging, long rows) {}

    @Override
    public RowPage page(RowFilter filter, RowOrder order, long skip, int most) {
        if (skip < 0 || most < 0 || most > MAX_PAGE) {
            throw new IllegalArgumentException("skip " + skip + ", most " + most);
        }
        Hits hits = hits(filter);
        return withIndex("rows cannot be read", (connection, index) -> {
            RowQuery query = new RowQuery(index.rows(connection), RowChoice.of(filter, index, rows(hits)));
            RowQuery.Found found = query.page(order, skip, most, categories);
            return new RowPage(seen(connection, index, found.rows()), found.total(), isExact(hits));
        });
    }

    private List<SeenRow> seen(Connection connection, RowIndex index, List<Long> rows) throws SQLException {
        ReviewBook book = index.book(connection);
        List<SeenRow> seen = new ArrayList<>(rows.size());
        new OutcomeReader(connection, job, categories).forEachOf(rows, row -> seen.add(book.seen(row)));
        if (seen.size() != rows.size()) {
            throw new DamagedException("of " + rows.size() + " rows, " + seen.size() + " are there");
        }
        return seen;
    }

    @Override
    public Facets facets(RowFilter filter) {
        Hits hits = hits(filter);
        return withIndex(
                "rows cannot be counted",
                (connection, index) -> new RowQuery(index.rows(connection), RowChoice.of(filter, index, rows(hits)))
                        .facets(index, isExact(hits)));
    }

    /** Null if no words are asked for. */
    private @Nullable Hits hits(RowFilter filter) {
        String expression = SearchWords.expression(filter.words());
        if (!filter.words().isBlank() && !isSearchable()) {
            throw new IllegalStateException("the texts of job " + id + " cannot be searched yet");
        }
        return expression.isEmpty() ? null : search("the texts cannot be searched", search -> search.find(expression));
    }

    private static @Nullable BitSet rows(@Nullable Hits hits) {
        return hits == null ? null : hits.rows();
    }

    private static boolean isExact(@Nullable Hits hits) {
        return hits == null || hits.exact();
    }

    @Override
    public Optional<SeenRow> find(long row) {
        return withIndex("row " + row + " cannot be read", (connection, index) -> {
            ReviewBook book = index.book(connection);
            List<RowOutcome> group = new ArrayList<>();
            new OutcomeReader(connection, job, categories).readGroup(OutcomeGroup.numberOf(Math.max(1, row)), group);
            return group.stream()
                    .filter(outcome -> outcome.row() == row)
                    .findFirst()
                    .map(book::seen);
        });
    }

    @Override
    public List<PaidAttempt> attempts(long row) {
        return read("calls cannot be read", connection -> {
            List<PaidAttempt> attempts = new ArrayList<>();
            try (Calls calls = new Calls(connection, job)) {
                calls.forEachAbout(row, call -> attempts.add(attempt(call)));
            }
            return attempts;
        });
    }

    private static PaidAttempt attempt(CallLine call) {
        Optional<CallAnswer> answer = Optional.ofNullable(call.answer());
        return new PaidAttempt(
                call.number(),
                call.intent().round() + 1,
                call.intent().rows().size(),
                call.intent().model(),
                call.state().word(),
                answer.map(CallAnswer::text),
                answer.map(CallAnswer::usage),
                answer.flatMap(CallAnswer::cost));
    }

    /** Whoever takes the rows may be slow, and a transaction that stays open keeps the write-ahead log growing. */
    @Override
    public void forEach(Consumer<RowOutcome> consumer) {
        RowWalk walk = new RowWalk(job, categories);
        while (walk.hasMore()) {
            this.<List<RowOutcome>>read("rows cannot be read", walk::next).forEach(consumer);
        }
    }

    @Override
    public boolean isSearchable() {
        return search("the texts cannot be searched", TextSearch::isSearchable);
    }

    @Override
    public void makeSearchable(Iterator<Item> texts, LongConsumer progress) {
        search("the texts cannot be made searchable", search -> {
            search.make(texts, progress);
            return true;
        });
    }

    @Override
    public Review review(long row, Verdict verdict) {
        if (verdict instanceof Verdict.Category category && !categories.contains(category.name())) {
            throw new IllegalArgumentException("not a category of the job: " + category.name());
        }
        return write("the review of row " + row + " cannot be kept", connection -> {
            requireOutcome(connection, row);
            return lines(connection).add(row, verdict, now(), OptionalLong.empty());
        });
    }

    private void requireOutcome(Connection connection, long row) throws SQLException {
        List<RowOutcome> there = new ArrayList<>();
        new OutcomeReader(connection, job, categories).forEachOf(List.of(row), there::add);
        if (there.isEmpty()) {
            throw new IllegalArgumentException("row " + row + " has no outcome");
        }
    }

    @Override
    public Optional<Review> undo() {
        return write(
                "a review cannot be taken back", connection -> lines(connection).undo(now()));
    }

    @Override
    public List<Review> reviews(int most) {
        return read("reviews cannot be read", connection -> lines(connection).latest(most));
    }

    @Override
    public long reviewed() {
        return withIndex(
                "reviews cannot be counted",
                (connection, index) -> index.book(connection).newest().values().stream()
                        .filter(Review::holds)
                        .count());
    }

    @Override
    public long unpublished() {
        return withIndex("reviews cannot be counted", (connection, index) -> {
            ReviewBook book = index.book(connection);
            if (book.isEmpty()) {
                return 0L;
            }
            Ledger ledger = Ledger.read(connection, job);
            Unpublished known = unpublished;
            if (known == null
                    || !known.ledger().equals(ledger)
                    || !known.judging().equals(book.judging())) {
                known = new Unpublished(ledger, book.judging(), unpublished(connection, book));
                unpublished = known;
            }
            return known.rows();
        });
    }

    private long unpublished(Connection connection, ReviewBook book) throws SQLException {
        long[] rows = {0};
        new OutcomeReader(connection, job, categories).forEachOf(book.newest().keySet(), row -> {
            rows[0] += book.seen(row).published() ? 0 : 1;
        });
        return rows[0];
    }

    private ReviewLines lines(Connection connection) {
        return new ReviewLines(connection, job, categories);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** What is done with the index while nobody else uses it. */
    private interface IndexWork<T> {
        T in(Connection connection, RowIndex index) throws SQLException;
    }

    /** The index is locked first, so that no older moment follows a newer one. */
    private <T> T withIndex(String doing, IndexWork<T> work) {
        RowIndex index = view().index();
        synchronized (index) {
            return read(doing, connection -> work.in(connection, index));
        }
    }

    private interface SearchWork<T> {
        T in(TextSearch search) throws SQLException;
    }

    private <T> T search(String doing, SearchWork<T> work) {
        TextSearch search = view().search();
        return database.outside(about(doing), () -> work.in(search));
    }

    private JobView view() {
        this.<Boolean>read("the job cannot be read", connection -> true);
        return views.of(job, id);
    }

    private <T> T read(String doing, Database.Work<T> work) {
        return database.read(about(doing), connection -> {
            requireThere(connection);
            return work.in(connection);
        });
    }

    private <T> T write(String doing, Database.Work<T> work) {
        return database.write(about(doing), connection -> {
            requireThere(connection);
            return work.in(connection);
        });
    }

    private String about(String doing) {
        return "job " + id + ": " + doing;
    }

    private void requireThere(Connection connection) throws SQLException {
        if (DeletedJobs.isDeleted(connection, job)) {
            throw new IllegalArgumentException("there is no job " + id);
        }
    }
}
