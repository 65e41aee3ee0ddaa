package dev.pigeonhole.web.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateFloorTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(-5);
    private final RateFloor floor = new RateFloor(1024, now::get);

    private void after(long seconds, int bytes) {
        floor.waits();
        now.addAndGet(seconds * SECOND);
        floor.arrived(bytes);
    }

    @Test
    void oneByteASecondIsTooSlow() {
        for (int i = 0; i < 5; i++) {
            after(1, 1);
            assertThat(floor.isTooSlow()).isFalse();
        }
        after(1, 1);
        assertThat(floor.isTooSlow()).isTrue();
    }

    @Test
    void theFloorItselfIsFastEnough() {
        for (int i = 0; i < 1000; i++) {
            after(1, 1024);
            assertThat(floor.isTooSlow()).isFalse();
        }
    }

    @Test
    void timeThatWeNeedOurselvesDoesNotCount() {
        after(1, 10);
        now.addAndGet(3600 * SECOND);
        floor.arrived(10);
        assertThat(floor.isTooSlow()).isFalse();
    }

    @Test
    void waitingTwiceIsWaitingOnce() {
        floor.waits();
        now.addAndGet(4 * SECOND);
        floor.waits();
        now.addAndGet(4 * SECOND);
        floor.arrived(1);
        assertThat(floor.isTooSlow()).isTrue();
    }
}
