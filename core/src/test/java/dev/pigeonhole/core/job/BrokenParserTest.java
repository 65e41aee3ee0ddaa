package dev.pigeonhole.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Answer;
import dev.pigeonhole.core.categorize.Assignment;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.ledger.PaidCall;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A categorizer that pays for answers and cannot read them: what is paid is kept, and once it is mended nobody is paid again. */
class BrokenParserTest {
    private static final int ROWS = 40;

    @TempDir
    Path directory;

    private final PayingCategorizer paying = new PayingCategorizer();
    private JobHarness harness;

    @BeforeEach
    void input() {
        harness = new JobHarness(directory)
                .content("id,text\n"
                        + IntStream.rangeClosed(1, ROWS)
                                .mapToObj(row -> row + ",text " + row + (row % 2 == 0 ? " red" : " green") + "\n")
                                .collect(Collectors.joining()));
        harness.settings = harness.settings.withSubBatchSize(8).withConcurrency(2);
    }

    /** Reads nothing that speaks of red; what it says of that quotes a text. */
    private final class Broken implements Categorizer {
        @Override
        public List<Outcome> categorize(List<Item> items) {
            return paying.categorize(items);
        }

        @Override
        public Map<String, String> fingerprint() {
            return paying.fingerprint();
        }

        @Override
        public Conversation begin(Assignment assignment) {
            Conversation inner = paying.begin(assignment);
            return new Conversation() {
                @Override
                public Answer ask(Question question) {
                    Answer answer = inner.ask(question);
                    question.items().forEach(item -> stumble(item.text()));
                    return answer;
                }

                @Override
                public Answer read(PaidCall call) {
                    stumble(call.answer().text());
                    return inner.read(call);
                }

                @Override
                public void stop() {
                    inner.stop();
                }

                @Override
                public int held() {
                    return inner.held();
                }
            };
        }

        private void stumble(String text) {
            if (text.contains("red")) {
                throw new NumberFormatException("For input string: \"" + text + "\"");
            }
        }
    }

    private void requireAllRight(String output) {
        List<String> lines = output.lines().toList();
        assertThat(lines).hasSize(ROWS + 1);
        for (int row = 1; row <= ROWS; row++) {
            assertThat(lines.get(row)).contains(row % 2 == 0 ? ",red,categorized," : ",green,categorized,");
        }
    }

    @Test
    void theJobEndsWithFailuresAndIsMadeAnewFromWhatWasPaid() {
        Summary summary = harness.run(new Broken());
        assertThat(summary.state()).isEqualTo(JobState.COMPLETED_WITH_FAILURES);
        assertThat(summary.tally().byCause()).isEqualTo(Map.of(FailureCause.CATEGORIZER_ERROR, ROWS / 2L));
        assertThat(harness.outputText()).doesNotContain("NumberFormat");
        assertThat(JobHarness.read(harness.store.jobs().get(0).directory().resolve("errors.csv")))
                .contains("NumberFormatException")
                .doesNotContain("For input string");
        long paid = paying.questions.size();

        Summary mended = harness.run(paying, job -> job.rebuild(true));

        assertThat(mended.state()).isEqualTo(JobState.COMPLETED);
        assertThat(paying.questions).hasSize((int) paid);
        requireAllRight(harness.outputText());
    }

    /** Each halving is a call of its own, so that the row is found; that has a bound. */
    @Test
    void theCallsThatItCostsAreBounded() {
        harness.run(new Broken());
        assertThat(paying.questions.size()).isLessThanOrEqualTo(ROWS / 8 * 15);
    }

    @Test
    @SuppressWarnings("removal") // Only as an error that no code of ours makes.
    void answersThatWereNotUsedWaitUntilItIsMended() {
        AtomicInteger paidCalls =
                new AtomicInteger(); // Counted here: two may be asked before the first of them is paid.
        paying.whenPaid = question -> {
            if (paidCalls.incrementAndGet() == 3) {
                throw new ThreadDeath();
            }
        };
        assertThatThrownBy(() -> harness.run(paying)).isInstanceOf(ThreadDeath.class);
        paying.whenPaid = question -> {};
        long paid = paying.rowsBilled();
        assertThat(paid).isPositive();

        for (int tries = 0; tries < 3; tries++) {
            assertThatThrownBy(() -> harness.run(new Broken())).isInstanceOf(RuntimeException.class);
        }
        assertThat(paying.rowsBilled())
                .as("nothing is sent before what was paid is read")
                .isEqualTo(paid);

        assertThat(harness.run(paying).state()).isEqualTo(JobState.COMPLETED);
        assertThat(paying.rowsBilled()).isEqualTo(ROWS);
        assertThat(paying.billed.values()).allMatch(times -> times.sum() == 1);
        requireAllRight(harness.outputText());
    }
}
