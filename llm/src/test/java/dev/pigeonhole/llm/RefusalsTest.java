package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.Assignment;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.categorize.PermanentCategorizerException;
import dev.pigeonhole.core.categorize.Question;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {
    private static final List<Item> TWENTY = Bench.items(20);

    private static ChatRefusedException refused(ChatRefusedException.Kind kind) {
        return new ChatRefusedException(kind, "no model \"m-1\"", null);
    }

    @ParameterizedTest
    @CsvSource({"KEY_REJECTED,KEY_REJECTED,key", "UNKNOWN_MODEL,KEY_REJECTED,name of the model", "QUOTA,QUOTA,credit"})
    void whatOnlyTheUserCanMendPausesAtOnceAndSaysHow(
            ChatRefusedException.Kind kind, PauseReason reason, String advice) {
        Bench bench = new Bench(new ScriptedChatModel(seen -> {
            throw refused(kind);
        }));
        assertThatThrownBy(() -> bench.ask(TWENTY)).isInstanceOfSatisfying(JobPausedException.class, e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e).hasMessageContaining("no model \"m-1\"").hasMessageContaining(advice);
        });
        assertThat(bench.model.calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1,ARRAY", "2,JSON_OBJECT", "3,LINES"})
    void formatThatTheServerLacksIsReplacedByTheNextAndRemembered(int lacking, ReplyMode left) {
        Set<ReplyMode> lacks = Set.copyOf(List.of(ReplyMode.values()).subList(0, lacking));
        Bench bench = new Bench(new ScriptedChatModel(seen -> {
            if (lacks.contains(ScriptedChatModel.mode(seen.request().format()))) {
                throw refused(ChatRefusedException.Kind.FORMAT_UNSUPPORTED);
            }
            return ScriptedChatModel.reply(ScriptedChatModel.words(seen), seen);
        }));
        Rounds rounds = bench.ask(TWENTY);
        rounds.assertRight(TWENTY);
        assertThat(rounds.asked).allMatch(question -> question.round() == 0).hasSize(lacking + 1);

        bench.ask(TWENTY).assertRight(TWENTY); // Another run with the same categorizer.
        assertThat(bench.model.calls()).isEqualTo(lacking + 2);
        assertThat(ScriptedChatModel.mode(
                        bench.model.seen().get(lacking + 1).request().format()))
                .isEqualTo(left);
    }

    @Test
    void serverWithoutAnyFormatFails() {
        Bench bench = new Bench(new ScriptedChatModel(seen -> {
            throw refused(ChatRefusedException.Kind.FORMAT_UNSUPPORTED);
        }));
        assertThatThrownBy(() -> bench.ask(TWENTY))
                .isInstanceOfSatisfying(
                        PermanentCategorizerException.class,
                        e -> assertThat(e.failure()).isEqualTo(FailureCause.HTTP_4XX));
        assertThat(bench.model.calls()).isEqualTo(4);
    }

    @Test
    void adaptedModelIsAskedTheSameAgain() {
        Bench bench = new Bench(new ScriptedChatModel(seen -> {
            if (seen.call() <= 2) {
                throw refused(ChatRefusedException.Kind.ADAPTED);
            }
            return ScriptedChatModel.reply(ScriptedChatModel.words(seen), seen);
        }));
        Rounds rounds = bench.ask(TWENTY);
        rounds.assertRight(TWENTY);
        assertThat(rounds.asked).hasSize(3).allMatch(question -> question.equals(rounds.asked.get(0)));
    }

    @Test
    void badRequestIsHalvedUntilTheRowThatCausesItStandsAlone() {
        Bench bench = new Bench(new ScriptedChatModel(seen -> {
            if (seen.holds("message 11 ")) {
                throw refused(ChatRefusedException.Kind.BAD_REQUEST);
            }
            return ScriptedChatModel.reply(ScriptedChatModel.words(seen), seen);
        }));
        Rounds rounds = bench.ask(TWENTY);
        assertThat(rounds.failedWith(FailureCause.HTTP_4XX)).containsExactly(11L);
        rounds.assertRight(TWENTY.stream().filter(item -> item.row() != 11).toList());
    }

    @ParameterizedTest
    @CsvSource({"ADAPTED,0", "BAD_REQUEST,1"})
    void manyRefusalsInARowPauseTheJob(ChatRefusedException.Kind kind, int answered) {
        Bench bench = new Bench(new ScriptedChatModel(seen -> {
            if (seen.call() <= answered) {
                return ScriptedChatModel.reply("");
            }
            throw refused(kind);
        }));
        assertThatThrownBy(() -> bench.ask(Bench.items(110)))
                .isInstanceOfSatisfying(
                        JobPausedException.class,
                        e -> assertThat(e.reason()).isEqualTo(PauseReason.PROVIDER_UNAVAILABLE));
        assertThat(bench.model.calls()).isEqualTo(200 + answered);
    }

    @Test
    void serverThatRefusesFromTheFirstCallOnPausesTheJobSoonAndLosesNoRow() {
        Bench bench = new Bench(new ScriptedChatModel(seen -> {
            throw refused(ChatRefusedException.Kind.BAD_REQUEST);
        }));
        Rounds rounds = new Rounds(bench.categorizer.begin(new Assignment(bench.ledger, 4, true)));
        assertThatThrownBy(() -> rounds.run(Bench.items(200))).isInstanceOfSatisfying(JobPausedException.class, e -> {
            assertThat(e.reason()).isEqualTo(PauseReason.PROVIDER_UNAVAILABLE);
            assertThat(e).hasMessageContaining("no model \"m-1\"").hasMessageContaining("resume");
        });
        assertThat(bench.model.calls()).isEqualTo(8);
        assertThat(rounds.outcomes).isEmpty();
    }

    /** A refusal comes sooner than an answer: the halves of one bad row must not pause a job whose other calls are under way. */
    @Test
    void callsUnderWayMayYetBeAnswered() {
        Refusals refusals = new Refusals(new ModeMemory());
        Question question = Question.first(TWENTY);
        for (int i = 0; i < 5; i++) {
            refusals.begins();
        }
        ChatRefusedException bad = refused(ChatRefusedException.Kind.BAD_REQUEST);
        for (int i = 0; i < 15; i++) {
            assertThat(refusals.answer(question, ReplyMode.KEYED, bad).again()).hasSize(2);
        }
        assertThatThrownBy(() -> refusals.answer(question, ReplyMode.KEYED, bad))
                .isInstanceOf(JobPausedException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 60})
    void oneBadRowInTheFirstQuestionStandsAloneBeforeTheJobPauses(int row) {
        Bench bench = new Bench(new ScriptedChatModel(seen -> {
            if (seen.holds("message " + row + " ")) {
                throw refused(ChatRefusedException.Kind.BAD_REQUEST);
            }
            return ScriptedChatModel.reply(ScriptedChatModel.words(seen), seen);
        }));
        assertThat(bench.ask(Bench.items(60)).failedWith(FailureCause.HTTP_4XX)).containsExactly((long) row);
    }
}
