package dev.pigeonhole.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagesTest {
    private static final int CONCURRENCY = 2;
    private static final TransientCategorizerException TIMEOUT =
            new TransientCategorizerException(FailureCause.TIMEOUT, "no answer", null, null);

    private final Stages stages = new Stages("job", CONCURRENCY, new Window(100, 10_000), new Window(100, 100));
    private final List<Report> seen = new ArrayList<>();

    private Work next(int subBatch) {
        stages.send(1, subBatch, List.of(new Item(subBatch, "text")));
        return stages.take().orElseThrow().afterAttempt();
    }

    private <T extends Report> List<T> reports(Class<T> kind) {
        if (seen.isEmpty()) {
            seen.addAll(stages.reports(1_000));
        }
        return seen.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Test
    void oneAfterTheOtherGivingUpIsNoTroubleOfTheRows() {
        for (int i = 1; i <= 4; i++) {
            stages.gaveUp(next(i), TIMEOUT);
        }

        assertThat(reports(Report.Settled.class)).hasSize(3);
        assertThat(reports(Report.Pause.class))
                .containsExactly(new Report.Pause(PauseReason.PROVIDER_UNAVAILABLE, "no answer"));
        assertThat(stages.take()).isEmpty();
    }

    @Test
    void anAnswerInBetweenShowsThatTheProviderIsThere() {
        for (int i = 1; i <= 20; i += 2) {
            stages.gaveUp(next(i), TIMEOUT);
            stages.answered(next(i + 1), List.of(Outcome.unmatched("x")), System.nanoTime());
        }

        assertThat(reports(Report.Settled.class)).hasSize(20);
        assertThat(reports(Report.Pause.class)).isEmpty();
        assertThat(stages.isStopping()).isFalse();
    }

    @Test
    void theFirstReasonToPauseIsKept() {
        stages.pause(PauseReason.BUDGET, "first");
        stages.pause(PauseReason.USER, "second");

        assertThat(stages.stop()).isFalse();
        assertThat(reports(Report.Pause.class)).containsExactly(new Report.Pause(PauseReason.BUDGET, "first"));
    }

    @Test
    void afterAStopNothingIsSentAndAnswersUnderWayAreReported() {
        Work underWay = next(1);
        stages.stop();
        stages.send(1, 2, List.of(new Item(2, "text")));
        stages.answered(underWay, List.of(Outcome.unmatched("x")), System.nanoTime());

        assertThat(stages.take()).isEmpty();
        assertThat(reports(Report.Settled.class)).hasSize(1);
    }

    @Test
    void everyOutcomeSaysWhichRowItIsOfAndHowManyCallsItTook() {
        stages.send(7, 3, List.of(new Item(61, "a"), new Item(62, "b")));
        Work work = stages.take().orElseThrow().afterAttempt();
        stages.retry(work, Duration.ZERO, TIMEOUT);
        stages.failed(stages.take().orElseThrow().afterAttempt(), FailureCause.HTTP_4XX, "no");

        Report.Settled settled = reports(Report.Settled.class).get(0);
        assertThat(settled.batch()).isEqualTo(7);
        assertThat(settled.rows()).extracting(row -> row.row()).containsExactly(61L, 62L);
        assertThat(settled.rows()).allMatch(row -> row.subBatch() == 3 && row.attempts() == 2);
        assertThat(settled.weight()).isEqualTo(work.weight());
        assertThat(reports(Report.Told.class)).hasSize(1);
    }

    @Test
    void whatIsSplitGoesOnAsHalves() {
        stages.send(1, 1, List.of(new Item(1, "a"), new Item(2, "b"), new Item(3, "c")));
        stages.readerEnds();
        stages.split(stages.take().orElseThrow());

        for (int i = 0; i < 2; i++) {
            Work half = stages.take().orElseThrow();
            stages.answered(half, Collections.nCopies(half.items().size(), Outcome.unmatched("x")), System.nanoTime());
        }

        assertThat(stages.take()).isEmpty();
        assertThat(reports(Report.Settled.class).stream().flatMap(s -> s.rows().stream()))
                .extracting(row -> row.row())
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void callsInFlightAreCounted() {
        stages.callBegins();
        stages.callBegins();
        stages.callEnds();

        assertThat(stages.inFlight()).isEqualTo(1);
    }
}
