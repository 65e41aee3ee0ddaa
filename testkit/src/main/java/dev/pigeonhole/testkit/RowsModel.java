package dev.pigeonhole.testkit;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.Facets;
import dev.pigeonhole.core.checkpoint.Review;
import dev.pigeonhole.core.checkpoint.RowFilter;
import dev.pigeonhole.core.checkpoint.RowOrder;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.checkpoint.RowStatus;
import dev.pigeonhole.core.checkpoint.Tally;
import dev.pigeonhole.core.checkpoint.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the rows of a job must be, worked out in the simplest way: the outcomes as categorizers gave them, and all reviews. */
final class RowsModel {
    private static final List<String> WORDS =
            List.of("card", "Cärd", "late", "refund", "e-mail", "42", "CARDS", "mailbox");

    final NavigableMap<Long, RowOutcome> recorded = new TreeMap<>();
    final List<Review> reviews = new ArrayList<>();

    static String text(long row) {
        Random random = new Random(row);
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(i % 2 == 0 ? " " : ", ");
        }
        return text.toString();
    }

    static List<Item> texts(long rows) {
        return Stream.iterate(1L, row -> row <= rows, row -> row + 1)
                .map(row -> new Item(row, text(row)))
                .toList();
    }

    /** Without case and the one accent that the words have; each word of a query the beginning of one. */
    private static boolean has(long row, String words) {
        List<String> all = Stream.of(
                        text(row).toLowerCase(Locale.ROOT).replace('ä', 'a').split("[ ,-]+"))
                .toList();
        return Stream.of(words.trim().split(" +"))
                .filter(word -> !word.isEmpty())
                .allMatch(word -> all.stream().anyMatch(other -> other.startsWith(word)));
    }

    Optional<Review> newest(long row) {
        return reviews.stream().filter(review -> review.row() == row).reduce((first, second) -> second);
    }

    boolean isReviewed(long row) {
        return newest(row)
                .filter(review -> !(review.verdict() instanceof Verdict.Withdrawn))
                .isPresent();
    }

    RowOutcome now(long row) {
        RowOutcome machine = recorded.getOrDefault(row, SampleJobs.categorized(row));
        Verdict verdict = newest(row).map(Review::verdict).orElse(new Verdict.Withdrawn());
        Outcome now = machine.outcome();
        if (verdict instanceof Verdict.Category category) {
            now = Outcome.categorized(category.name(), "human");
        } else if (verdict instanceof Verdict.NoCategory) {
            now = Outcome.unmatched("human");
        }
        return new RowOutcome(row, now, machine.subBatch(), machine.attempts());
    }

    List<RowOutcome> all() {
        return recorded.keySet().stream().map(this::now).toList();
    }

    List<RowOutcome> rows(RowFilter filter, RowOrder order) {
        return all().stream()
                .filter(row -> passes(row, filter))
                .sorted(comparator(order))
                .toList();
    }

    private boolean passes(RowOutcome row, RowFilter filter) {
        Outcome outcome = row.outcome();
        return filter.category()
                        .map(name -> outcome instanceof Outcome.Categorized o
                                && o.category().equals(name))
                        .orElse(true)
                && filter.status()
                        .map(status -> RowStatus.of(outcome) == status)
                        .orElse(true)
                && filter.cause()
                        .map(cause -> outcome instanceof Outcome.Failed o && o.cause() == cause)
                        .orElse(true)
                && filter.reviewed().map(by -> isReviewed(row.row()) == by).orElse(true)
                && has(row.row(), filter.words());
    }

    private static Comparator<RowOutcome> comparator(RowOrder order) {
        Comparator<RowOutcome> byRow = Comparator.comparingLong(RowOutcome::row);
        return switch (order) {
            case ROW -> byRow;
            case ROW_BACKWARDS -> byRow.reversed();
            case CATEGORY ->
                Comparator.<RowOutcome, String>comparing(
                                row -> row.outcome() instanceof Outcome.Categorized o ? o.category() : "\uffff")
                        .thenComparing(byRow);
            case CONFIDENCE ->
                Comparator.<RowOutcome>comparingDouble(
                                row -> confidence(row.outcome()).orElse(9))
                        .thenComparing(byRow);
            case CONFIDENCE_BACKWARDS ->
                Comparator.<RowOutcome>comparingDouble(
                                row -> 1 - confidence(row.outcome()).orElse(-9))
                        .thenComparing(byRow);
            case DOUBT -> Comparator.comparingDouble(RowsModel::doubt).thenComparing(byRow);
        };
    }

    private static double doubt(RowOutcome row) {
        if (row.outcome() instanceof Outcome.Failed) {
            return -2;
        } else if (row.outcome() instanceof Outcome.Unmatched) {
            return -1;
        }
        return row.outcome() instanceof Outcome.Skipped
                ? 99
                : confidence(row.outcome()).orElse(9);
    }

    private static OptionalDouble confidence(Outcome outcome) {
        if (outcome instanceof Outcome.Categorized o) {
            return o.confidence();
        }
        return outcome instanceof Outcome.Unmatched o ? o.confidence() : OptionalDouble.empty();
    }

    Facets facets(RowFilter filter) {
        Tally.Builder tally = Tally.builder(SampleJobs.CATEGORIES);
        Map<String, Long> sources = new TreeMap<>();
        long reviewed = 0;
        for (RowOutcome row : rows(filter, RowOrder.ROW)) {
            tally.add(row.outcome());
            if (row.outcome() instanceof Outcome.Categorized o) {
                sources.merge(o.source(), 1L, Long::sum);
            } else if (row.outcome() instanceof Outcome.Unmatched o) {
                sources.merge(o.source(), 1L, Long::sum);
            }
            reviewed += isReviewed(row.row()) ? 1 : 0;
        }
        Tally sums = tally.build();
        return new Facets(sums.counts(), sums.byCategory(), sums.byCause(), sources, reviewed, true);
    }

    static RowFilter randomFilter(Random random) {
        RowFilter filter = RowFilter.ALL;
        if (random.nextInt(3) == 0) {
            List<String> names = List.of("Billing", "Other", "It's \"odd\"; ünïcode 🙂", "none of the job");
            filter = filter.withCategory(names.get(random.nextInt(names.size())));
        }
        if (random.nextInt(3) == 0) {
            filter = filter.withStatus(List.of(RowStatus.values()).get(random.nextInt(4)));
        }
        if (random.nextInt(6) == 0) {
            filter = filter.withCause(List.of(FailureCause.values()).get(random.nextInt(FailureCause.values().length)));
        }
        if (random.nextInt(4) == 0) {
            filter = filter.withReviewed(random.nextBoolean());
        }
        if (random.nextInt(3) == 0) {
            List<String> words = List.of("card", "c", "card late", "mail", "42 re", " ", "nothing", "e m");
            filter = filter.withWords(words.get(random.nextInt(words.size())));
        }
        return filter;
    }

    static Verdict randomVerdict(Random random) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> new Verdict.Category(SampleJobs.CATEGORIES.get(random.nextInt(SampleJobs.CATEGORIES.size())));
            case 2 -> new Verdict.NoCategory();
            case 3 -> new Verdict.Confirmed();
            default -> new Verdict.Withdrawn();
        };
    }
}
