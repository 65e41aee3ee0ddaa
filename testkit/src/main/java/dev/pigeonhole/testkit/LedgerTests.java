package dev.pigeonhole.testkit;

import static dev.pigeonhole.testkit.SampleCalls.answer;
import static dev.pigeonhole.testkit.SampleCalls.answers;
import static dev.pigeonhole.testkit.SampleCalls.intent;
import static dev.pigeonhole.testkit.SampleCalls.settle;
import static dev.pigeonhole.testkit.SampleCalls.unsettled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.Recording;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.core.ledger.PaidCall;
import dev.pigeonhole.core.ledger.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call that may cost money is known before it is sent, and every answer before it is read. */
interface LedgerTests extends StoreUnderTest {
    @Test
    default void aNewJobOwesNothing() {
        try (JobLease lease = newJob()) {
            assertThat(lease.ledger().bill()).isEqualTo(Bill.NONE);
            assertThat(store().bill(lease.job().id())).isEqualTo(Bill.NONE);
            assertThat(answers(lease.ledger())).isEmpty();
            assertThat(unsettled(lease.ledger())).isEmpty();
            assertThatThrownBy(() -> store().bill("nosuchjob1")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    default void callsAreNumberedFromOneInEachJob() {
        try (JobLease first = newJob();
                JobLease second = newJob()) {
            assertThat(first.ledger().begin(intent(1))).isEqualTo(1);
            assertThat(second.ledger().begin(intent(1))).isEqualTo(1);
            assertThat(first.ledger().begin(intent(1))).isEqualTo(2);
            second.ledger().answered(1, answer("second's", 5));

            assertThat(first.ledger().bill().answered()).isZero();
            assertThat(answers(first.ledger())).isEmpty();
            assertThat(answers(second.ledger())).containsExactly(new PaidCall(1, intent(1), answer("second's", 5)));
        }
    }

    @Test
    default void whatIsNotKnownToBeFreeMayHaveBeenBilled() {
        try (JobLease lease = newJob()) {
            CallLedger ledger = lease.ledger();
            for (int i = 0; i < 4; i++) {
                ledger.begin(intent(1));
            }
            ledger.answered(2, answer("two", 10));
            ledger.unbilled(3);

            Bill bill = new Bill(4, 1, 1, new TokenUsage(10, 1, 2, 3), new Money(10), new Money(2 * 123_456_789), 0);
            assertThat(ledger.bill()).isEqualTo(bill);
            assertThat(ledger.bill().unanswered()).isEqualTo(2);
            assertThat(store().bill(lease.job().id())).isEqualTo(bill);
        }
    }

    @Test
    default void rowsAreKeptInTheOrderOfTheRequest() {
        List<List<Long>> lists = List.of(
                List.of(1L),
                List.of(Long.MAX_VALUE),
                List.of(Long.MAX_VALUE - 1, Long.MAX_VALUE, 1L, 2L),
                List.of(3L, 2L, 1L),
                List.of(7L, 8L, 10L, 11L, 12L, 9L, 20L),
                LongStream.rangeClosed(1, 2000).map(row -> row * 3).boxed().toList());
        try (JobLease lease = newJob()) {
            for (List<Long> rows : lists) {
                long call = lease.ledger().begin(new CallIntent(rows, 3, "", "", Optional.empty()));
                lease.ledger().answered(call, answer("", 0));
            }
            assertThat(answers(lease.ledger()))
                    .extracting(call -> call.intent().rows())
                    .isEqualTo(lists);
        }
    }

    @Test
    default void anAnswerNeedsACallThatIsOpen() {
        try (JobLease lease = newJob()) {
            CallLedger ledger = lease.ledger();
            ledger.begin(intent(1));
            ledger.begin(intent(21));
            ledger.answered(1, answer("one", 1));
            ledger.unbilled(2);
            Bill before = ledger.bill();
            for (long call : new long[] {-1, 0, 1, 2, 3, Long.MAX_VALUE}) {
                assertThatThrownBy(() -> ledger.answered(call, answer("again", 2)))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> ledger.unbilled(call)).isInstanceOf(IllegalArgumentException.class);
            }

            assertThat(ledger.bill()).isEqualTo(before);
            assertThat(answers(ledger)).containsExactly(new PaidCall(1, intent(1), answer("one", 1)));
        }
    }

    @Test
    default void callsThatAreSentTogetherBeginAndEndTogether() {
        try (JobLease lease = newJob()) {
            CallLedger ledger = lease.ledger();
            ledger.begin(intent(1));
            assertThat(ledger.beginAll(List.of(intent(2), intent(3), intent(4))))
                    .isEqualTo(2);
            assertThat(open(ledger)).containsExactly(1L, 2L, 3L, 4L);

            SortedMap<Long, Optional<CallAnswer>> ends = new TreeMap<>();
            ends.put(2L, Optional.of(answer("two", 10)));
            ends.put(4L, Optional.empty());
            ledger.endAll(ends);
            assertThat(open(ledger)).containsExactly(1L, 3L);
            assertThat(unsettled(ledger)).containsExactly(new PaidCall(2, intent(2), answer("two", 10)));
            Bill bill = new Bill(4, 1, 1, new TokenUsage(10, 1, 2, 3), new Money(10), new Money(2 * 123_456_789), 0);
            assertThat(ledger.bill()).isEqualTo(bill);

            // Said twice, and once otherwise: the first holds.
            ends.put(2L, Optional.of(answer("another", 99)));
            ends.put(3L, Optional.of(answer("three", 10)));
            ledger.endAll(ends);
            assertThat(answers(ledger))
                    .containsExactly(
                            new PaidCall(2, intent(2), answer("two", 10)),
                            new PaidCall(3, intent(3), answer("three", 10)));
            assertThat(ledger.bill().unanswered()).isOne();
        }
    }

    @Test
    default void ofCallsThatEndTogetherAllOrNoneHaveEnded() {
        try (JobLease lease = newJob()) {
            CallLedger ledger = lease.ledger();
            ledger.beginAll(List.of(intent(1), intent(2)));
            SortedMap<Long, Optional<CallAnswer>> ends = new TreeMap<>();
            ends.put(1L, Optional.of(answer("one", 1)));
            ends.put(3L, Optional.empty());
            assertThatThrownBy(() -> ledger.endAll(ends)).isInstanceOf(IllegalArgumentException.class);
            assertThat(open(ledger)).containsExactly(1L, 2L);
            assertThat(answers(ledger)).isEmpty();
        }
    }

    private static List<Long> open(CallLedger ledger) {
        List<Long> numbers = new ArrayList<>();
        ledger.forEachOpen((number, intent) -> numbers.add(number));
        return numbers;
    }

    @Test
    default void answersAreUsedTogetherWithTheOutcomesTheyGave() {
        try (JobLease lease = newJob()) {
            CallLedger ledger = lease.ledger();
            for (long call = 1; call <= 4; call++) {
                ledger.begin(intent(call));
            }
            ledger.answered(3, answer("three", 3));
            ledger.answered(1, answer("one", 1));
            ledger.answered(4, answer("four", 4));
            assertThat(unsettled(ledger)).extracting(PaidCall::number).containsExactly(1L, 3L, 4L);

            lease.record(new Recording(List.of(SampleJobs.categorized(1)), List.of(), List.of(3L, 1L, 3L)));
            lease.record(settle(1L));
            assertThat(unsettled(ledger)).containsExactly(new PaidCall(4, intent(4), answer("four", 4)));
            assertThat(answers(ledger)).extracting(PaidCall::number).containsExactly(1L, 3L, 4L);
            assertThat(ledger.bill().answered()).isEqualTo(3);
            assertThatThrownBy(() -> ledger.answered(1, answer("again", 1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    default void aCallWithoutAnAnswerIsNotUsedAndNeitherIsWhatCameWithIt() {
        try (JobLease lease = newJob()) {
            lease.ledger().begin(intent(1));
            lease.ledger().begin(intent(2));
            lease.ledger().begin(intent(3));
            lease.ledger().answered(1, answer("one", 1));
            lease.ledger().unbilled(2);
            for (long call : new long[] {0, 2, 3, 4}) {
                Recording wrong = new Recording(List.of(SampleJobs.categorized(1)), List.of(), List.of(1L, call));
                assertThatThrownBy(() -> lease.record(wrong)).isInstanceOf(IllegalArgumentException.class);
            }

            assertThat(lease.counts().total()).isZero();
            assertThat(unsettled(lease.ledger())).hasSize(1);
        }
    }

    @Test
    default void callsCanBeEnteredWhileAnswersAreRead() {
        try (JobLease lease = newJob()) {
            CallLedger ledger = lease.ledger();
            for (int i = 0; i < 10; i++) {
                ledger.answered(ledger.begin(intent(1)), answer("" + i, i));
            }
            List<PaidCall> seen = new ArrayList<>();
            ledger.forEachUnsettled(call -> {
                ledger.answered(ledger.begin(intent(1)), answer("new", 1));
                lease.record(settle(call.number()));
                seen.add(call);
            });

            assertThat(seen)
                    .extracting(PaidCall::number)
                    .as("the latest first")
                    .isEqualTo(LongStream.rangeClosed(1, 10)
                            .map(i -> 11 - i)
                            .boxed()
                            .toList());
            assertThat(unsettled(ledger)).hasSize(10);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.pigeonhole.testkit.Seeds#some")
    default void anyAnswerIsKeptAsItCame(long seed) {
        Random random = new Random(seed);
        try (JobLease lease = newJob()) {
            List<PaidCall> expected = new ArrayList<>();
            for (long call = 1; call <= 30; call++) {
                PaidCall paid = new PaidCall(call, SampleCalls.randomIntent(random), SampleCalls.randomAnswer(random));
                lease.ledger().begin(paid.intent());
                lease.ledger().answered(call, paid.answer());
                expected.add(paid);
            }
            assertThat(answers(lease.ledger())).as("seed %d", seed).isEqualTo(expected);
            assertThat(unsettled(lease.ledger())).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    default void aVeryLongAnswerIsKeptAsItCame() {
        String text = SampleCalls.unicode(new Random(1), 4 << 20) + '\0';
        try (JobLease lease = newJob()) {
            lease.ledger().begin(intent(1));
            lease.ledger().answered(1, answer(text, 1));
            lease.record(settle(1L));

            String kept = answers(lease.ledger()).get(0).answer().text();
            assertThat(kept.equals(text)).isTrue();
        }
    }

    /** Any order of calls, answers and settlements gives what a list of calls gives. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.pigeonhole.testkit.Seeds#some")
    default void theLedgerEqualsAModel(long seed) {
        LedgerModel model = new LedgerModel(new Random(seed));
        try (JobLease lease = newJob()) {
            for (int step = 0; step < 60; step++) {
                model.step(lease);
                String when = "seed " + seed + ", step " + step;
                assertThat(lease.ledger().bill()).as(when).isEqualTo(model.bill());
                assertThat(unsettled(lease.ledger())).as(when).isEqualTo(model.unsettled());
            }
            assertThat(answers(lease.ledger())).as("seed %d", seed).isEqualTo(model.answers());
            assertThat(store().bill(lease.job().id())).as("seed %d", seed).isEqualTo(model.bill());
        }
    }

    @Test
    default void manyThreadsEnterCallsAtOnce() throws Exception {
        int threads = 16;
        int calls = 25;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (JobLease lease = newJob()) {
            Callable<List<Long>> caller = () -> enter(lease, calls);
            List<Long> numbers = new ArrayList<>();
            for (Future<List<Long>> entered : pool.invokeAll(
                    IntStream.range(0, threads).mapToObj(i -> caller).toList())) {
                numbers.addAll(entered.get());
            }

            int all = threads * calls;
            assertThat(numbers)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, all).boxed().toList());
            assertThat(lease.ledger().bill().sent()).isEqualTo(all);
            assertThat(lease.ledger().bill().unbilled()).isEqualTo(all / 5);
            assertThat(unsettled(lease.ledger()))
                    .hasSize(all - all / 5)
                    .allMatch(call -> call.answer().text().equals("answer " + call.number()));
        } finally {
            pool.shutdown();
        }
    }

    /** Every fifth call is refused by the provider. */
    private static List<Long> enter(JobLease lease, int calls) {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            long number = lease.ledger().begin(intent(1 + i));
            numbers.add(number);
            if (i % 5 == 0) {
                lease.ledger().unbilled(number);
            } else {
                lease.ledger().answered(number, answer("answer " + number, 1));
            }
        }
        return numbers;
    }

    @Test
    default void aJobThatWasGivenBackEntersNoCall() {
        JobLease lease = newJob();
        CallLedger ledger = lease.ledger();
        ledger.begin(intent(1));
        lease.close();

        assertThatThrownBy(() -> ledger.begin(intent(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.answered(1, answer("", 1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(ledger::bill).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(lease::ledger).isInstanceOf(IllegalStateException.class);
    }
}
