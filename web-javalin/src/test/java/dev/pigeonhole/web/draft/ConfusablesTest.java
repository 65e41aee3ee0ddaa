package dev.pigeonhole.web.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.categorize.RankerProvider;
import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConfusablesTest {
    private static Draft draft(String example) {
        Category one = new Category("a", "", List.of(), List.of(example));
        return Draft.empty("d", Instant.EPOCH)
                .withCategories(new CategoryList("", true, List.of(one, Category.of("b"))));
    }

    @Test
    void theSameIsLookedAtOnce() {
        AtomicInteger made = new AtomicInteger();
        RankerProvider rankers = (taxonomy, known) -> {
            made.incrementAndGet();
            return (text, most) -> List.of();
        };
        Confusables confusables = new Confusables(Optional.of(rankers), new Json(), Duration.ZERO);

        confusables.of(draft("x"), null, Optional.empty());
        confusables.of(draft("x").numbered(7, Instant.MAX), null, Optional.empty());
        assertThat(made).hasValue(1);
        confusables.of(draft("y"), null, Optional.empty());
        assertThat(made).hasValue(2);
    }

    @Test
    void withoutARankerNothingIsForetold() {
        assertThat(new Confusables(Optional.empty(), new Json(), Duration.ZERO).of(draft("x"), null, Optional.empty()))
                .containsEntry("notes", List.of());
    }

    @Test
    void whoComesWhileTwoAreLookedAtIsSentAwayAndNobodyElse() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        RankerProvider slow = (taxonomy, known) -> {
            begun.countDown();
            await(go);
            return (text, most) -> List.of();
        };
        Confusables confusables = new Confusables(Optional.of(slow), new Json(), Duration.ZERO);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> first = threads.submit(() -> confusables.of(draft("x"), null, Optional.empty()));
            Future<?> second = threads.submit(() -> confusables.of(draft("y"), null, Optional.empty()));
            await(begun);
            assertThatThrownBy(() -> confusables.of(draft("z"), null, Optional.empty()))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.TOO_MANY));
            go.countDown();
            first.get(10, TimeUnit.SECONDS);
            second.get(10, TimeUnit.SECONDS);
            assertThat(confusables.of(draft("z"), null, Optional.empty())).containsEntry("notes", List.of());
        } finally {
            go.countDown();
            threads.shutdown();
        }
    }

    @Test
    void whoAsksForTheSameMeanwhileTakesNoPlace() throws Exception {
        AtomicInteger made = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        RankerProvider slow = (taxonomy, known) -> {
            made.incrementAndGet();
            begun.countDown();
            await(go);
            return (text, most) -> List.of();
        };
        Confusables confusables = new Confusables(Optional.of(slow), new Json(), Duration.ZERO);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> asked = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                asked.add(threads.submit(() -> confusables.of(draft("x"), null, Optional.empty())));
            }
            await(begun);
            go.countDown();
            for (Future<?> each : asked) {
                each.get(10, TimeUnit.SECONDS);
            }
        } finally {
            go.countDown();
            threads.shutdown();
        }
        assertThat(made).hasValue(1);
    }

    @Test
    void aLookThatFailedIsTakenAgain() {
        AtomicInteger made = new AtomicInteger();
        RankerProvider failing = (taxonomy, known) -> {
            if (made.incrementAndGet() == 1) {
                throw new StorageException("the disk is gone", null);
            }
            return (text, most) -> List.of();
        };
        Confusables confusables = new Confusables(Optional.of(failing), new Json(), Duration.ZERO);

        assertThatThrownBy(() -> confusables.of(draft("x"), null, Optional.empty()))
                .isInstanceOf(StorageException.class);
        assertThat(confusables.of(draft("x"), null, Optional.empty())).containsEntry("notes", List.of());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
