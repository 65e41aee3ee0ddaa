package dev.pigeonhole.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The batcher of groups of one size. */
class BatcherTest extends BatcherContract {
    @Override
    Batcher<Integer> ofAtMost(int size) {
        return Batcher.ofSize(size);
    }

    @Test
    void fillsEveryGroupButTheLast() {
        assertThat(Batcher.<Integer>ofSize(2).split(List.of(1, 2, 3, 4, 5)))
                .containsExactly(List.of(1, 2), List.of(3, 4), List.of(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aGroupHasAtLeastOneElement(int size) {
        assertThatThrownBy(() -> Batcher.ofSize(size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1");
    }

    @Test
    void theLargestSizeDoesNotOverflow() {
        assertThat(Batcher.<Integer>ofSize(Integer.MAX_VALUE).split(List.of(1, 2, 3)))
                .containsExactly(List.of(1, 2, 3));
    }
}
