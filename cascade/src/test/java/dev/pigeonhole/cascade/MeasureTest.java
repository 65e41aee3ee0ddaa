package dev.pigeonhole.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Agreement;
import dev.pigeonhole.core.categorize.JobMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

class MeasureTest {
    private static final int ROWS = 10_000;
    private static final CascadeState.Verdict VERDICT = new CascadeState.Verdict(0.5, 1, 0);

    /** The first thousand rows were audited, and are right; the others were answered here. */
    private record Memory(int texts) implements JobMemory {
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
                consumer.accept(
                        new Item(row, "text " + row % texts),
                        row <= 1_000
                                ? Outcome.categorized("c1", Corpus.MODEL)
                                : new Outcome.Categorized("c1", OptionalDouble.of(0.9), Lesson.LOCAL));
            }
        }

        @Override
        public long reopen(String source, double confidence) {
            return 0;
        }
    }

    private static Agreement agreement(int texts) {
        Census census = new Census(
                        new Draw(1), 0, Set.of(), Labels.of(Corpus.taxonomy()), text -> new Guess("c1", 0.9), VERDICT)
                .of(new Memory(texts));
        Sample judges = new Sample(300, Collections.nCopies(300, new Sample.Judged(0.9, true)));
        return new Measure(CascadeSettings.of(0.95), 1, ROWS, 300, 0, 1).agreement(VERDICT, census, judges);
    }

    @Test
    void auditedRowsThatWereDrawnTogetherAreComparedButProveNothing() {
        Agreement single = agreement(ROWS);
        Agreement repeated = agreement(500);
        assertThat(repeated.compared()).isEqualTo(single.compared()).isEqualTo(1_300);
        assertThat(repeated.estimate()).isEqualTo(single.estimate()).isEqualTo(1);
        // No wrong one among n: about three in n can be wrong, at 95 %.
        assertThat(single.lowerBound()).isBetween(1 - 3.0 / 1_300, 0.999);
        assertThat(repeated.lowerBound()).isBetween(1 - 3.0 / 300, 1 - 2.5 / 300);
    }

    /** Who may look ten times at the same chance errs ten times as often. */
    @Test
    void everyLookHasOnlyItsPartOfTheChanceOfError() {
        CascadeSettings settings = CascadeSettings.of(0.95);
        int sample = 300;
        long one = Bound.mostWrong(ROWS, sample, 500, settings.delta());
        long ofTen = Bound.mostWrong(ROWS, sample, 500, settings.delta() / 10);
        assertThat(ofTen).isBetween(0L, one - 1);
        Sample judges = withWrong(sample, one);

        assertThat(new Measure(settings, 1, ROWS, 300, 0, 1).verdict(judges).threshold())
                .isZero();
        assertThat(new Measure(settings, 10, ROWS, 300, 0, 1).verdict(judges).threshold())
                .isEqualTo(Math.nextUp(confidence(sample, (int) (one - ofTen))));
    }

    /** The wrong ones are those that the classifier is least sure of. */
    private static Sample withWrong(int size, long wrong) {
        List<Sample.Judged> judged = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            judged.add(new Sample.Judged(confidence(size, i), i > wrong));
        }
        return new Sample(size, judged);
    }

    private static double confidence(int size, int place) {
        return 0.5 + place / (2.0 * size);
    }
}
