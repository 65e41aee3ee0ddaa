package dev.pigeonhole.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every batcher has to keep to. */
abstract class BatcherContract {
    /** A batcher whose groups have at most this size. */
    abstract Batcher<Integer> ofAtMost(int size);

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 100), LongStream.of(System.nanoTime()));
    }

    private static List<Integer> elements(Random random) {
        // Few values, so that many elements are equal.
        return random.ints(random.nextInt(60), 0, 4).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void groupsInARowAreTheSequenceAndNoneIsEmptyOrTooLarge(long seed) {
        Random random = new Random(seed);
        List<Integer> elements = elements(random);
        int size = 1 + random.nextInt(12);

        List<List<Integer>> groups = ofAtMost(size).split(elements);

        assertThat(groups.stream().flatMap(List::stream).toList()).isEqualTo(elements);
        assertThat(groups).allSatisfy(group -> assertThat(group).hasSizeBetween(1, size));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aSequenceCanBeTakenUpAtAnyCut(long seed) {
        Random random = new Random(seed);
        List<Integer> elements = elements(random);
        Batcher<Integer> batcher = ofAtMost(1 + random.nextInt(12));
        List<List<Integer>> groups = batcher.split(elements);

        int row = 0;
        for (int i = 0; i < groups.size(); i++) {
            assertThat(batcher.split(elements.subList(row, elements.size())))
                    .isEqualTo(groups.subList(i, groups.size()));
            row += groups.get(i).size();
        }
    }

    @Test
    void theFirstElementBeginsAGroup() {
        assertThat(ofAtMost(3).start().cutsBefore(1)).isTrue();
    }

    @Test
    void equalElementsStaySeveral() {
        assertThat(ofAtMost(2).split(Collections.nCopies(5, 7)).stream()
                        .mapToInt(List::size)
                        .sum())
                .isEqualTo(5);
    }

    @Test
    void sequencesDoNotDisturbEachOther() {
        Batcher<Integer> batcher = ofAtMost(2);
        Iterator<List<Integer>> one = batcher.split(List.of(1, 2, 3).iterator());
        Iterator<List<Integer>> other = batcher.split(List.of(1, 2, 3).iterator());

        List<List<Integer>> both = new ArrayList<>();
        while (one.hasNext() && other.hasNext()) {
            both.add(one.next());
            both.add(other.next());
        }

        List<List<Integer>> alone = batcher.split(List.of(1, 2, 3));
        assertThat(both)
                .isEqualTo(alone.stream().flatMap(g -> List.of(g, g).stream()).toList());
    }

    @Test
    void readsNoMoreThanOneElementAhead() {
        AtomicInteger read = new AtomicInteger();
        Iterator<Integer> counting =
                IntStream.range(0, 100).peek(i -> read.incrementAndGet()).iterator();
        Iterator<List<Integer>> groups = ofAtMost(5).split(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return read.get() < 100;
            }

            @Override
            public Integer next() {
                return counting.next();
            }
        });
        assertThat(read).hasValue(0);

        int given = 0;
        while (groups.hasNext()) {
            given += groups.next().size();
            assertThat(read.get()).isBetween(given, given + 1);
        }
        assertThat(given).isEqualTo(100);
        assertThatThrownBy(groups::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void groupsStayAsTheyWereGiven() {
        Iterator<List<Integer>> groups = ofAtMost(2).split(List.of(1, 2, 3, 4).iterator());
        List<Integer> first = groups.next();
        List<Integer> copy = List.copyOf(first);
        groups.next();

        assertThat(first).isEqualTo(copy);
        assertThatThrownBy(() -> first.add(5)).isInstanceOf(UnsupportedOperationException.class);
    }
}
