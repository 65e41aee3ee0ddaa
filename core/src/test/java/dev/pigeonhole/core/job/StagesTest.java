package dev.pigeonhole.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.Answer;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StagesTest {
    private static final int CONCURRENCY = 2;
    private static final TransientCategorizerException TIMEOUT =
            new TransientCategorizerException(FailureCause.TIMEOUT, "no answer", null, null);

    private final AtomicInteger stops = new AtomicInteger();
    private final Stages stages = stages(true, false);
    private final List<Report> seen = new ArrayList<>();

    private Stages stages(boolean patient, boolean free) {
        return new Stages(
                "job",
                CONCURRENCY,
                new Window(100, 10_000),
                new Window(100, 100),
                new SharedTexts(),
                patient,
                free,
                () -> stops.incrementAndGet());
    }

    private static Answer unmatched(Work work) {
        return Answer.of(work.items(), Collections.nCopies(work.items().size(), Outcome.unmatched("x")));
    }

    private Work next(int subBatch) {
        stages.send(1, subBatch, List.of(new Item(subBatch, "text")), 4);
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
            Work answered = next(i + 1);
            stages.answered(answered, unmatched(answered), System.nanoTime());
        }

        assertThat(reports(Report.Settled.class)).hasSize(20);
        assertThat(reports(Report.Pause.class)).isEmpty();
        assertThat(stages.isStopping()).isFalse();
    }

    /** The last attempt of a work that failed for the first time so long ago. */
    private Work failing(int subBatch, Duration ago) {
        return next(subBatch).afterFailure(System.nanoTime() - ago.toNanos()).afterAttempt();
    }

    @Test
    void ifNobodyWasAnsweredMeanwhileTheJobWaits() {
        stages.gaveUp(failing(1, Duration.ofSeconds(5)), TIMEOUT);

        assertThat(reports(Report.Settled.class)).isEmpty();
        assertThat(reports(Report.Pause.class))
                .containsExactly(new Report.Pause(PauseReason.PROVIDER_UNAVAILABLE, "no answer"));
    }

    @Test
    void whatFailsForAMomentOnlySaysNothingAboutTheProvider() {
        stages.gaveUp(failing(1, Duration.ZERO), TIMEOUT);

        assertThat(reports(Report.Settled.class)).hasSize(1);
    }

    @Test
    void ifAnotherWasAnsweredMeanwhileTheWorkIsGivenUp() {
        Work stuck = failing(1, Duration.ofSeconds(5));
        Work answered = next(2);
        stages.answered(answered, unmatched(answered), System.nanoTime());
        stages.gaveUp(stuck, TIMEOUT);

        assertThat(reports(Report.Settled.class)).hasSize(2);
        assertThat(reports(Report.Pause.class)).isEmpty();
    }

    @Test
    void aJobThatHasWaitedAlreadyGivesUpTheWorkThatMayBeTheCause() {
        Stages again = stages(false, false);
        again.send(1, 1, List.of(new Item(1, "text")), 4);
        Work work = again.take()
                .orElseThrow()
                .afterFailure(System.nanoTime() - Duration.ofSeconds(5).toNanos())
                .afterAttempt();
        again.gaveUp(work, TIMEOUT);

        assertThat(again.reports(10)).singleElement().isInstanceOf(Report.Settled.class);
    }

    @Test
    void aJobThatHasWaitedAlreadyAndIsNotAnsweredGivesUpNoMoreThanOne() {
        Stages again = stages(false, false);
        for (int i = 1; i <= 2; i++) {
            again.send(1, i, List.of(new Item(i, "text")), 4);
            again.gaveUp(again.take().orElseThrow().afterAttempt(), TIMEOUT);
        }

        assertThat(again.reports(10)).hasSize(2).last().isInstanceOf(Report.Pause.class);
    }

    @Test
    void theFirstReasonToPauseIsKept() {
        stages.pause(PauseReason.BUDGET, "first");
        stages.pause(PauseReason.USER, "second");

        assertThat(stages.stop()).isFalse();
        assertThat(stops).as("who waits within a call is told").hasPositiveValue();
        assertThat(reports(Report.Pause.class)).containsExactly(new Report.Pause(PauseReason.BUDGET, "first"));
    }

    @Test
    void afterAStopNothingIsSentAndAnswersUnderWayAreReported() {
        Work underWay = next(1);
        stages.stop();
        stages.send(1, 2, List.of(new Item(2, "text")), 4);
        stages.answered(underWay, unmatched(underWay), System.nanoTime());

        assertThat(stages.take()).isEmpty();
        assertThat(reports(Report.Settled.class)).hasSize(1);
    }

    @Test
    void everyOutcomeSaysWhichRowItIsOfAndHowManyCallsItTook() {
        stages.send(7, 3, List.of(new Item(61, "a"), new Item(62, "b")), 9);
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
        stages.send(1, 1, List.of(new Item(1, "a"), new Item(2, "b"), new Item(3, "c")), 9);
        stages.readerEnds();
        stages.split(stages.take().orElseThrow());

        for (int i = 0; i < 2; i++) {
            Work half = stages.take().orElseThrow();
            stages.answered(half, unmatched(half), System.nanoTime());
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

    @Test
    void freeAnswersAreGatheredUntilSomethingElseIsReported() {
        Stages free = stages(true, true);
        for (int i = 1; i <= 3; i++) {
            free.send(1, i, List.of(new Item(i, "text")), 4);
            Work work = free.take().orElseThrow().afterAttempt();
            free.answered(work, unmatched(work), System.nanoTime());
        }
        free.report(new Report.StageEnded(null));

        assertThat(free.reports(2)).hasSize(2).allMatch(Report.Settled.class::isInstance);
        assertThat(free.reports(256)).hasSize(2).last().isInstanceOf(Report.StageEnded.class);
    }
}
