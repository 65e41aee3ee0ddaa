package dev.pigeonhole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Answer;
import dev.pigeonhole.core.categorize.Assignment;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.Decision;
import dev.pigeonhole.core.categorize.Pass;
import dev.pigeonhole.core.categorize.Question;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The stand-in for the engine takes rows through the passes, and counts what was asked. */
class CascadeJobTest {
    private static final CascadeTable TABLE = new CascadeTable(IntStream.rangeClosed(1, 10)
            .mapToObj(i -> new LabelledText("text " + i, i <= 8 ? "a" : "b"))
            .toList());

    /** Asks about the first four rows, then says "a" to all others. */
    private record FirstFour(Categorizer oracle) implements Categorizer {
        @Override
        public List<Outcome> categorize(List<Item> items) {
            return oracle.categorize(items);
        }

        @Override
        public Conversation begin(Assignment assignment) {
            return new Conversation() {
                @Override
                public Answer ask(Question question) {
                    throw new IllegalStateException("asked");
                }

                @Override
                public Optional<Pass> nextPass(int passes) {
                    return passes == 2 ? Optional.empty() : Optional.of(pass(passes == 1));
                }
            };
        }

        private static Pass pass(boolean last) {
            return new Pass() {
                @Override
                public boolean isLast() {
                    return last;
                }

                @Override
                public Decision decide(Item item) {
                    if (!last) {
                        return item.row() <= 4 ? Decision.ASK : Decision.LEAVE;
                    }
                    assertThat(item.row()).isGreaterThan(4);
                    return new Decision.Settle(
                            new Outcome.Categorized("a", OptionalDouble.of(item.row() / 10.0), "local"));
                }
            };
        }
    }

    @Test
    void countsWhatWasAskedAndWhatAgrees() {
        CascadeJob job = new CascadeJob(TABLE, Path.of("unused"));
        job.run(FirstFour::new);
        assertThat(job.saved()).isEqualTo(0.6);
        assertThat(job.agreement()).isEqualTo(0.8);
    }

    @Test
    void reopensWhatWasTooBold() {
        CascadeJob job = new CascadeJob(TABLE, Path.of("unused"));
        job.run(FirstFour::new);
        assertThat(job.reopen("local", 0.75)).isEqualTo(3);
        assertThat(job.reopen("local", 0.75)).isZero();
        assertThat(job.agreement()).isEqualTo(0.5);
    }
}
