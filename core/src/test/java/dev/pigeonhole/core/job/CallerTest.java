package dev.pigeonhole.core.job;

import static dev.pigeonhole.core.job.JobHarness.expectedOutput;
import static dev.pigeonhole.core.job.JobHarness.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.testing.ScriptedCategorizer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Categorizers that break the rules. */
class CallerTest {
    @TempDir
    Path directory;

    private JobHarness harness(int rows) {
        return new JobHarness(directory).rows(rows);
    }

    private static void requireSensibleProgress(JobHarness harness) {
        assertThat(harness.events)
                .filteredOn(JobEvent.Advanced.class::isInstance)
                .extracting(event -> ((JobEvent.Advanced) event).progress().inFlight())
                .allMatch(inFlight -> inFlight >= 0 && inFlight <= 4);
    }

    @Test
    void anOutcomeThatIsNullFailsItsRowOnlyAndNobodyIsAskedTwice() {
        JobHarness harness = harness(30);
        ScriptedCategorizer categorizer = script().distortedBy(outcomes -> {
                    List<Outcome> changed = new ArrayList<>(outcomes);
                    changed.set(0, null);
                    return changed;
                })
                .build();

        Summary summary = harness.run(categorizer);

        assertThat(summary.tally().byCause()).isEqualTo(Map.of(FailureCause.BAD_ANSWER, 10L));
        assertThat(categorizer.rowsAsked()).isEqualTo(28);
        requireSensibleProgress(harness);
    }

    @Test
    void noListAtAllIsADefect() {
        JobHarness harness = harness(10);

        Summary summary = harness.run(script().distortedBy(outcomes -> null).build());

        assertThat(summary.tally().byCause()).isEqualTo(Map.of(FailureCause.CATEGORIZER_ERROR, 10L));
        requireSensibleProgress(harness);
    }

    @Test
    void aRowThatIsSkippedByTheCategorizerHasFailed() {
        JobHarness harness = harness(10);

        Summary summary = harness.run(
                ScriptedCategorizer.answering(item -> new Outcome.Skipped()).build());

        assertThat(summary.tally().byCause()).isEqualTo(Map.of(FailureCause.BAD_ANSWER, 10L));
        assertThat(summary.counts().skipped()).isZero();
    }

    @Test
    void tooManyOutcomesAreAsWrongAsTooFew() {
        JobHarness harness = harness(9);

        Summary summary = harness.run(items -> Collections.nCopies(items.size() + 1, Outcome.unmatched("x")));

        assertThat(summary.tally().byCause()).isEqualTo(Map.of(FailureCause.WRONG_IDS, 9L));
    }

    @Test
    void anErrorEndsTheRunAndTheAnswersAreKept() {
        JobHarness harness = harness(50);
        harness.settings = harness.settings.withConcurrency(1);
        ScriptedCategorizer healthy = script().build();
        AtomicInteger calls = new AtomicInteger();
        Categorizer broken = new Categorizer() {
            @Override
            public List<Outcome> categorize(List<Item> items) {
                if (calls.incrementAndGet() == 6) {
                    throw new NoClassDefFoundError("native library");
                }
                return healthy.categorize(items);
            }

            @Override
            public Map<String, String> fingerprint() {
                return healthy.fingerprint();
            }
        };

        assertThatThrownBy(() -> harness.run(broken)).isInstanceOf(NoClassDefFoundError.class);
        assertThat(harness.store.jobs().get(0).state()).isNotEqualTo(JobState.RUNNING);

        harness.run(healthy);

        assertThat(harness.outputText()).isEqualTo(expectedOutput(50));
        assertThat(healthy.rowsAsked()).isEqualTo(46);
    }

    /** The reader waits for room in the window, which only the callers make: it must not wait for ever. */
    @Test
    void aCategorizerThatInterruptsItsThreadPausesTheJob() {
        JobHarness harness = harness(2_000);
        harness.settings = harness.settings
                .withSubBatchSize(1)
                .withRetries((attempts, failure) -> Optional.of(Duration.ofDays(1)));

        Summary summary = harness.run(items -> {
            Thread.currentThread().interrupt();
            throw new TransientCategorizerException(FailureCause.TIMEOUT, "interrupted", null, null);
        });

        assertThat(summary.state()).isEqualTo(JobState.PAUSED);
        assertThat(summary.reason()).contains(PauseReason.USER);
        assertThat(summary.message()).contains("interrupted");
    }

    @Test
    void aProviderThatAsksForCenturiesDoesNotEndTheJob() {
        JobHarness harness = harness(30);
        AtomicInteger calls = new AtomicInteger();
        Job job = harness.job(items -> {
            if (calls.incrementAndGet() == 1) {
                throw new TransientCategorizerException(
                        FailureCause.RATE_LIMIT, "come back later", Duration.ofSeconds(Long.MAX_VALUE), null);
            }
            return script().build().categorize(items);
        });

        Summary summary = job.run(event -> {
            // All but the one that waits are done.
            if (event instanceof JobEvent.Advanced advanced
                    && advanced.progress().waiting() == 1
                    && advanced.progress().left() <= 3) {
                job.pause("enough");
            }
        });

        assertThat(summary.state()).isEqualTo(JobState.PAUSED);
        assertThat(summary.message()).isEqualTo("enough");
    }
}
