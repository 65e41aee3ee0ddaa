package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.InMemoryLedger;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** The rows of a job on the heap. The job is the lock of what people said, this object that of the texts. */
final class InMemoryRows implements JobRows {
    private final InMemoryJob job;
    private final Runnable requireThere;

    InMemoryRows(InMemoryJob job, Runnable requireThere) {
        this.job = job;
        this.requireThere = requireThere;
    }

    @Override
    public RowPage page(RowFilter filter, RowOrder order, long skip, int most) {
        if (skip < 0 || most < 0 || most > MAX_PAGE) {
            throw new IllegalArgumentException("skip " + skip + ", most " + most);
        }
        List<SeenRow> rows = rows(filter).sorted(by(order)).toList();
        return new RowPage(rows.stream().skip(skip).limit(most).toList(), rows.size(), true);
    }

    @Override
    public Facets facets(RowFilter filter) {
        Tally.Builder tally = Tally.builder(job.plan().categories());
        Map<String, Long> sources = new TreeMap<>();
        long[] reviewed = {0};
        rows(filter).forEach(seen -> {
            tally.add(seen.row().outcome());
            source(seen.row().outcome()).ifPresent(name -> sources.merge(name, 1L, Long::sum));
            reviewed[0] += seen.review().isPresent() ? 1 : 0;
        });
        Tally sums = tally.build();
        return new Facets(sums.counts(), sums.byCategory(), sums.byCause(), sources, reviewed[0], true);
    }

    private Stream<SeenRow> rows(RowFilter filter) {
        List<List<String>> asked = Words.askedFor(filter.words());
        if (!filter.words().isBlank() && !isSearchable()) {
            throw new IllegalStateException("the texts of job " + job.id() + " cannot be searched yet");
        }
        return seen().stream()
                .filter(seen -> passes(seen, filter))
                .filter(seen ->
                        asked.isEmpty() || Words.has(job.texts().of(seen.row().row()), asked));
    }

    private List<SeenRow> seen() {
        requireThere.run();
        synchronized (job) {
            return job.outcomes().values().stream().map(job.reviews()::seen).toList();
        }
    }

    private static boolean passes(SeenRow seen, RowFilter filter) {
        Outcome outcome = seen.row().outcome();
        return filter.category().map(name -> name.equals(category(outcome))).orElse(true)
                && filter.status().map(kind -> kind == RowStatus.of(outcome)).orElse(true)
                && filter.cause()
                        .map(why -> causeOf(outcome).equals(Optional.of(why)))
                        .orElse(true)
                && filter.reviewed().map(by -> by == seen.review().isPresent()).orElse(true);
    }

    private static String category(Outcome outcome) {
        return outcome instanceof Outcome.Categorized categorized ? categorized.category() : "";
    }

    private static Optional<FailureCause> causeOf(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed ? Optional.of(failed.cause()) : Optional.empty();
    }

    private static Optional<String> source(Outcome outcome) {
        if (outcome instanceof Outcome.Categorized categorized) {
            return Optional.of(categorized.source());
        }
        return outcome instanceof Outcome.Unmatched unmatched ? Optional.of(unmatched.source()) : Optional.empty();
    }

    private static OptionalDouble confidence(Outcome outcome) {
        if (outcome instanceof Outcome.Categorized categorized) {
            return categorized.confidence();
        }
        return outcome instanceof Outcome.Unmatched unmatched ? unmatched.confidence() : OptionalDouble.empty();
    }

    private static Comparator<SeenRow> by(RowOrder order) {
        Comparator<SeenRow> byRow = Comparator.comparingLong(seen -> seen.row().row());
        Comparator<SeenRow> alike = switch (order) {
            case ROW -> byRow;
            case ROW_BACKWARDS -> byRow.reversed();
            case CATEGORY ->
                Comparator.<SeenRow, Boolean>comparing(seen -> RowStatus.of(outcome(seen)) != RowStatus.CATEGORIZED)
                        .thenComparing(seen -> category(outcome(seen)));
            case CONFIDENCE ->
                Comparator.comparingDouble(seen -> confidence(outcome(seen)).orElse(2));
            case CONFIDENCE_BACKWARDS ->
                Comparator.comparingDouble(seen -> -confidence(outcome(seen)).orElse(-1));
            case DOUBT -> Comparator.comparingDouble(seen -> doubt(outcome(seen)));
        };
        return alike.thenComparing(byRow);
    }

    /** The lower, the sooner a person should look at it. */
    private static double doubt(Outcome outcome) {
        return switch (RowStatus.of(outcome)) {
            case FAILED -> -2;
            case UNMATCHED -> -1;
            case CATEGORIZED -> confidence(outcome).orElse(2);
            case SKIPPED -> 3;
        };
    }

    private static Outcome outcome(SeenRow seen) {
        return seen.row().outcome();
    }

    @Override
    public Optional<SeenRow> find(long row) {
        requireThere.run();
        synchronized (job) {
            return Optional.ofNullable(job.outcomes().get(row)).map(job.reviews()::seen);
        }
    }

    @Override
    public List<PaidAttempt> attempts(long row) {
        requireThere.run();
        return job.ledger().calls().stream()
                .filter(call -> call.intent().rows().contains(row))
                .map(this::attempt)
                .toList();
    }

    private PaidAttempt attempt(InMemoryLedger.Call call) {
        Optional<CallAnswer> answer = Optional.ofNullable(call.answer());
        return new PaidAttempt(
                call.number(),
                call.intent().round() + 1,
                call.intent().rows().size(),
                call.intent().model(),
                call.state(),
                answer.map(CallAnswer::text),
                answer.map(CallAnswer::usage),
                answer.flatMap(CallAnswer::cost));
    }

    @Override
    public void forEach(Consumer<RowOutcome> consumer) {
        seen().forEach(seen -> consumer.accept(seen.row()));
    }

    @Override
    public boolean isSearchable() {
        requireThere.run();
        return job.texts().isWhole();
    }

    @Override
    public void makeSearchable(Iterator<Item> texts, LongConsumer progress) {
        requireThere.run();
        job.texts().read(texts, progress);
    }

    @Override
    public Review review(long row, Verdict verdict) {
        requireThere.run();
        if (verdict instanceof Verdict.Category category
                && !job.plan().categories().contains(category.name())) {
            throw new IllegalArgumentException("not a category of the job: " + category.name());
        }
        synchronized (job) {
            if (!job.outcomes().containsKey(row)) {
                throw new IllegalArgumentException("row " + row + " has no outcome");
            }
            return job.reviews().add(row, verdict, OptionalLong.empty());
        }
    }

    @Override
    public Optional<Review> undo() {
        requireThere.run();
        synchronized (job) {
            return job.reviews().undo();
        }
    }

    @Override
    public List<Review> reviews(int most) {
        requireThere.run();
        synchronized (job) {
            return job.reviews().latest(most);
        }
    }

    @Override
    public long reviewed() {
        return judged().filter(seen -> seen.review().isPresent()).count();
    }

    @Override
    public long unpublished() {
        return judged().filter(seen -> !seen.published()).count();
    }

    private Stream<SeenRow> judged() {
        requireThere.run();
        synchronized (job) {
            return job.reviews().newest().stream().flatMap(review -> find(review.row()).stream()).toList().stream();
        }
    }
}
