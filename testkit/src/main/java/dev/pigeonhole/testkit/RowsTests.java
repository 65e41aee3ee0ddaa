package dev.pigeonhole.testkit;

import static dev.pigeonhole.testkit.SampleJobs.categorized;
import static dev.pigeonhole.testkit.SampleJobs.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.checkpoint.Facets;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobRows;
import dev.pigeonhole.core.checkpoint.PaidAttempt;
import dev.pigeonhole.core.checkpoint.RowFilter;
import dev.pigeonhole.core.checkpoint.RowOrder;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.checkpoint.RowPage;
import dev.pigeonhole.core.checkpoint.SeenRow;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Looking at the rows of a job. */
interface RowsTests extends StoreUnderTest {
    private static List<Long> numbers(RowPage page) {
        return page.rows().stream().map(seen -> seen.row().row()).toList();
    }

    private JobRows jobWithTexts(String... texts) {
        try (JobLease lease = newJob()) {
            List<Item> items = new ArrayList<>();
            for (int i = 0; i < texts.length; i++) {
                items.add(new Item(i + 1L, texts[i]));
            }
            lease.record(items.stream().map(item -> categorized(item.row())).toList());
            JobRows rows = store().rows(lease.job().id());
            rows.makeSearchable(items.iterator(), row -> {});
            return rows;
        }
    }

    /** Beside a run that records, asks again and takes what people say. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.pigeonhole.testkit.Seeds#some")
    default void pagesAndFacetsEqualAModel(long seed) {
        Random random = new Random(seed);
        RowsModel model = new RowsModel();
        try (JobLease lease = newJob()) {
            JobRows rows = store().rows(lease.job().id());
            rows.makeSearchable(RowsModel.texts(1500).iterator(), row -> {});
            for (int step = 0; step < 15; step++) {
                record(lease, model, random);
                judge(rows, model, random);
                if (random.nextInt(5) == 0) {
                    lease.applyReviews();
                }
                look(rows, model, random, seed);
            }
            lease.applyReviews();
            assertThat(rows.unpublished()).isZero();
            assertThat(StoreUnderTest.outcomes(lease, 1, 9999)).isEqualTo(model.all());
            assertThat(lease.counts()).isEqualTo(model.facets(RowFilter.ALL).counts());
            assertThat(lease.tally().counts()).isEqualTo(lease.counts());
        }
    }

    private static void record(JobLease lease, RowsModel model, Random random) {
        List<RowOutcome> some = random.longs(random.nextInt(90), 1, 1500)
                .mapToObj(row -> SampleJobs.byMachine(random, row))
                .toList();
        lease.record(some);
        some.forEach(row -> model.recorded.putIfAbsent(row.row(), row));
    }

    private static void judge(JobRows rows, RowsModel model, Random random) {
        List<Long> there = new ArrayList<>(model.recorded.keySet());
        for (int i = there.isEmpty() ? 0 : random.nextInt(6); i > 0; i--) {
            if (random.nextInt(4) == 0) {
                rows.undo().ifPresent(model.reviews::add);
            } else {
                long row = there.get(random.nextInt(there.size()));
                model.reviews.add(rows.review(row, RowsModel.randomVerdict(random)));
            }
        }
    }

    private static void look(JobRows rows, RowsModel model, Random random, long seed) {
        for (RowOrder order : RowOrder.values()) {
            RowFilter filter = RowsModel.randomFilter(random);
            List<RowOutcome> expected = model.rows(filter, order);
            int skip = random.nextInt(3) == 0 ? 0 : random.nextInt(expected.size() + 2);
            int most = random.nextInt(60);

            RowPage page = rows.page(filter, order, skip, most);

            assertThat(page.rows())
                    .as("seed %d, %s, %s, skip %d", seed, filter, order, skip)
                    .extracting(SeenRow::row)
                    .isEqualTo(expected.stream().skip(skip).limit(most).toList());
            assertThat(page.total()).isEqualTo(expected.size());
            assertThat(page.exact()).isTrue();
            assertThat(rows.facets(filter)).as("seed %d, %s", seed, filter).isEqualTo(model.facets(filter));
        }
        List<RowOutcome> all = new ArrayList<>();
        rows.forEach(all::add);
        assertThat(all).as("seed %d", seed).isEqualTo(model.all());
        assertThat(rows.reviewed())
                .isEqualTo(model.recorded.keySet().stream()
                        .filter(model::isReviewed)
                        .count());
        all.stream()
                .limit(3)
                .forEach(row -> assertThat(rows.find(row.row()))
                        .hasValueSatisfying(seen -> assertThat(seen.row()).isEqualTo(row)));
    }

    @Test
    default void aJobWithoutRowsHasAnEmptyPage() {
        JobRows rows = store().rows(store().create(SampleJobs.plan("job")).id());

        assertThat(rows.page(RowFilter.ALL, RowOrder.DOUBT, 0, 50)).isEqualTo(new RowPage(List.of(), 0, true));
        assertThat(rows.facets(RowFilter.ALL).counts().total()).isZero();
        assertThat(rows.find(1)).isEmpty();
        assertThat(rows.undo()).isEmpty();
        assertThat(rows.reviews(10)).isEmpty();
        assertThat(rows.unpublished()).isZero();
    }

    @Test
    default void rowsThatAreForgottenAreNoLongerSeen() {
        try (JobLease lease = newJob()) {
            lease.record(LongStream.rangeClosed(1, 1000)
                    .mapToObj(row -> row > 500 ? failed(row, FailureCause.TIMEOUT) : categorized(row))
                    .toList());
            JobRows rows = store().rows(lease.job().id());
            assertThat(rows.page(RowFilter.ALL, RowOrder.ROW, 0, 0).total()).isEqualTo(1000);

            lease.reopenFailures();

            assertThat(rows.page(RowFilter.ALL, RowOrder.ROW_BACKWARDS, 0, 1).total())
                    .isEqualTo(500);
            assertThat(numbers(rows.page(RowFilter.ALL, RowOrder.ROW_BACKWARDS, 0, 1)))
                    .containsExactly(500L);
            assertThat(rows.facets(RowFilter.ALL).byCause()).isEmpty();
        }
    }

    @Test
    default void aPageIsBounded() {
        JobRows rows = jobWithTexts("one");

        assertThatThrownBy(() -> rows.page(RowFilter.ALL, RowOrder.ROW, 0, JobRows.MAX_PAGE + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rows.page(RowFilter.ALL, RowOrder.ROW, -1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(rows.page(RowFilter.ALL, RowOrder.CATEGORY, Long.MAX_VALUE / 2, JobRows.MAX_PAGE)
                        .total())
                .isOne();
    }

    @Test
    default void wordsCannotBeAskedForBeforeTheTextsAreThere() {
        try (JobLease lease = newJob()) {
            lease.record(List.of(categorized(1)));
            JobRows rows = store().rows(lease.job().id());

            assertThat(rows.isSearchable()).isFalse();
            assertThatThrownBy(() -> rows.page(RowFilter.ALL.withWords("x"), RowOrder.ROW, 0, 1))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> rows.facets(RowFilter.ALL.withWords("x")))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "card | 1 2 3",
                "CARD late | 2",
                "ca | 1 2 3 4",
                "lost card | 1",
                "ard | ''",
                "cafe | 4",
                "CAFÉ | 4",
                "e-mail | 5",
                "mail | 5 6",
                "e-mails | ''",
                "\"card\" | 1 2 3",
                "card* | 1 2 3",
                "card AND late | ''",
                "card OR cafe | ''",
                "NOT | ''",
                "text:card | ''",
                "-card | 1 2 3",
                "^card | 1 2 3",
                "NEAR(card late) | ''",
                "'card\" \"late' | 2",
                "( | 1 2 3 4 5 6 7",
                "\" | 1 2 3 4 5 6 7",
                "* - + | 1 2 3 4 5 6 7",
                "🙂 | 1 2 3 4 5 6 7",
                "日本語 | 7",
                "; DROP TABLE word | ''"
            })
    default void whatPeopleTypeIsWordsAndNothingElse(String words, String found) {
        JobRows rows = jobWithTexts(
                "my lost card",
                "Card is late, 🙂",
                "cards!",
                "the café; and a cafeteria",
                "write an e-mail",
                "mailbox",
                "これ 日本語 です");

        RowPage page = rows.page(RowFilter.ALL.withWords(words), RowOrder.ROW, 0, 99);

        assertThat(numbers(page).toString().replaceAll("[\\[\\],]", "")).isEqualTo(found);
        assertThat(rows.facets(RowFilter.ALL.withWords(words)).counts().total()).isEqualTo(page.total());
    }

    @Test
    default void textsAreMadeSearchableOnceAndProgressIsTold() {
        try (JobLease lease = newJob()) {
            lease.record(List.of(categorized(1), categorized(2500)));
            JobRows rows = store().rows(lease.job().id());
            List<Long> told = new ArrayList<>();

            rows.makeSearchable(RowsModel.texts(2500).iterator(), told::add);
            rows.makeSearchable(unexpected(), row -> {});

            assertThat(told).isNotEmpty().isSorted();
            assertThat(rows.isSearchable()).isTrue();
        }
    }

    private static Iterator<Item> unexpected() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                throw new AssertionError("asked");
            }

            @Override
            public Item next() {
                throw new AssertionError("asked");
            }
        };
    }

    @Test
    default void whoIsInterruptedLeavesTheTextsUnsearchable() {
        try (JobLease lease = newJob()) {
            lease.record(List.of(categorized(1)));
            JobRows rows = store().rows(lease.job().id());
            Thread.currentThread().interrupt();

            rows.makeSearchable(List.of(new Item(1, "word")).iterator(), row -> {});

            assertThat(Thread.interrupted()).isTrue();
            assertThat(rows.isSearchable()).isFalse();
            rows.makeSearchable(List.of(new Item(1, "word")).iterator(), row -> {});
            assertThat(numbers(rows.page(RowFilter.ALL.withWords("word"), RowOrder.ROW, 0, 9)))
                    .containsExactly(1L);
        }
    }

    @Test
    default void theCallsAboutARowAreFound() {
        try (JobLease lease = newJob()) {
            lease.ledger().begin(SampleCalls.intent(1));
            lease.ledger().begin(SampleCalls.intent(21));
            lease.ledger().begin(SampleCalls.intent(20));
            lease.ledger().begin(SampleCalls.intent(15));
            lease.ledger().answered(1, SampleCalls.answer("one", 5));
            lease.ledger().unbilled(3);
            lease.record(SampleCalls.settle(1L));
            JobRows rows = store().rows(lease.job().id());

            List<PaidAttempt> attempts = rows.attempts(20);

            assertThat(attempts).extracting(PaidAttempt::number).containsExactly(1L, 3L, 4L);
            assertThat(attempts).extracting(PaidAttempt::state).containsExactly("settled", "unbilled", "sent");
            assertThat(attempts.get(0).answer()).contains("one");
            assertThat(attempts.get(0).round()).isOne();
            assertThat(attempts.get(0).rows()).isEqualTo(20);
            assertThat(attempts.get(0).cost())
                    .contains(SampleCalls.answer("one", 5).cost().orElseThrow());
            assertThat(attempts.get(2).usage()).isEmpty();
            assertThat(rows.attempts(2)).hasSize(1);
            assertThat(rows.attempts(99)).isEmpty();
        }
    }

    @Test
    default void facetsAreInTheOrderOfTheTaxonomy() {
        try (JobLease lease = newJob()) {
            lease.record(List.of(SampleJobs.in("Other", 1), SampleJobs.in("Billing", 2), SampleJobs.in("Other", 3)));

            Facets facets = store().rows(lease.job().id()).facets(RowFilter.ALL);

            assertThat(facets.byCategory().keySet()).containsExactly("Billing", "Other");
            assertThat(facets.bySource()).containsOnlyKeys("local");
        }
    }
}
