package dev.pigeonhole.quality.sentinel;

import dev.pigeonhole.core.categorize.Lane;
import dev.pigeonhole.core.categorize.LaneStatus;
import dev.pigeonhole.core.categorize.Question;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A lane into whose questions known texts are put; they come out when the answers are read. Thread-safe. */
final class SentinelLane implements Lane {
    private final Lane inner;
    private final UnaryOperator<Question> join;

    SentinelLane(Lane inner, UnaryOperator<Question> join) {
        this.inner = inner;
        this.join = join;
    }

    @Override
    public boolean isUnderWay(long row) {
        return inner.isUnderWay(row);
    }

    @Override
    public boolean takes(long row) {
        return inner.takes(row);
    }

    @Override
    public boolean put(Question question) {
        return inner.put(join.apply(question));
    }

    @Override
    public Delivery await(Duration atMost) {
        return inner.await(atMost);
    }

    @Override
    public boolean wantsMore() {
        return inner.wantsMore();
    }

    @Override
    public LaneStatus status() {
        return inner.status();
    }

    @Override
    public void stop() {
        inner.stop();
    }
}
