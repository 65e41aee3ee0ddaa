package dev.pigeonhole.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.JobMemory;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

class CensusTest {
    private static final int ROWS = 1_000;

    private final AtomicLong guesses = new AtomicLong();
    /** The later a row, the surer. */
    private final Classifier classifier = text -> {
        guesses.incrementAndGet();
        return new Guess("c1", Double.parseDouble(text) / ROWS);
    };

    /** Of the last hundred rows, every second is answered here; every tenth of the others failed. */
    private static Outcome outcome(long row) {
        if (row > 900 && row % 2 == 0) {
            return new Outcome.Categorized("c1", OptionalDouble.of(0.95), "local");
        }
        return row % 10 == 1
                ? new Outcome.Failed(FailureCause.BAD_ANSWER, "no")
                : Outcome.categorized("c1", Corpus.MODEL);
    }

    private static final JobMemory MEMORY = new JobMemory() {
        @Override
        public String jobId() {
            return "job";
        }

        @Override
        public long rows() {
            return ROWS;
        }

        @Override
        public Path directory() {
            return Path.of("none");
        }

        @Override
        public void forEachOutcome(LongPredicate wanted, BiConsumer<Item, Outcome> consumer) {
            for (long row = 1; row <= ROWS; row++) {
                if (wanted.test(row)) {
                    consumer.accept(new Item(row, Long.toString(row)), outcome(row));
                }
            }
        }

        @Override
        public long reopen(String source, double confidence) {
            return 0;
        }
    };

    private Census census(double threshold) {
        CascadeState.Verdict verdict = new CascadeState.Verdict(threshold, 1, 0);
        return new Census(new Draw(1), 0, Set.of(), Labels.of(Corpus.taxonomy()), classifier, verdict).of(MEMORY);
    }

    @Test
    void onlyAuditsAboveTheThresholdAreHeldTheOthersAreCounted() {
        Census census = census(0.9005);
        assertThat(census.local()).isEqualTo(50);
        assertThat(census.asked()).isEqualTo(950 - 100);
        assertThat(census.audits().rows()).isEqualTo(950 - 100);
        assertThat(census.audits().judged()).hasSize(40);
    }

    @Test
    void whereNothingIsAnsweredHereNothingIsGuessed() {
        Census census = census(CascadeState.Verdict.NOTHING);
        assertThat(census.audits().judged()).isEmpty();
        assertThat(census.audits().rows()).isEqualTo(850);
        assertThat(guesses).hasValue(0);
    }
}
