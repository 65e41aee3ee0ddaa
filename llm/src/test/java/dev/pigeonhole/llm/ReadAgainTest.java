package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Answer;
import dev.pigeonhole.core.categorize.Assignment;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.PaidCall;
import dev.pigeonhole.core.ledger.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadAgainTest {
    @ParameterizedTest
    @CsvSource({"KEYED", "ARRAY", "JSON_OBJECT", "LINES"})
    void answersOfAnEarlierRunGiveTheSameOutcomesWithoutACall(ReplyMode mode) {
        Bench bench = new Bench(
                new ScriptedChatModel(seen -> {
                    Map<String, String> words = ScriptedChatModel.words(seen);
                    words.remove("r04");
                    words.computeIfPresent("r02", (id, word) -> "Nonsense");
                    return seen.call() == 3
                            ? ScriptedChatModel.reply("", ChatReply.Finish.CONTENT_FILTER)
                            : ScriptedChatModel.reply(words, seen);
                }),
                LlmSettings.builder().format(mode).build());
        Rounds rounds = bench.ask(Bench.items(40));
        int calls = bench.model.calls();

        Conversation later = bench.categorizer.begin(new Assignment(bench.ledger, 4, true));
        Map<Long, Outcome> read = new TreeMap<>();
        List<PaidCall> paid = new ArrayList<>();
        bench.ledger.forEachAnswer(paid::add);
        paid.forEach(call -> {
            Answer answer = later.read(call);
            assertThat(answer.again()).isEmpty();
            assertThat(answer.call()).hasValue(call.number());
            read.putAll(answer.outcomes());
        });
        assertThat(read).isEqualTo(rounds.outcomes);
        assertThat(bench.model.calls()).isEqualTo(calls);
    }

    @Test
    void answerOfAnotherVersionSettlesNothing() {
        Bench bench = new Bench(ScriptedChatModel.honest());
        Conversation conversation = bench.categorizer.begin(new Assignment(bench.ledger, 4, true));
        assertThat(conversation.read(paid("xml", "STOP")).outcomes()).isEmpty();
        assertThat(conversation.read(paid("keyed", "DONE")).outcomes()).isEmpty();
        assertThat(conversation.read(paid("keyed", "STOP")).outcomes()).containsOnlyKeys(5L);
    }

    private static PaidCall paid(String format, String finish) {
        return new PaidCall(
                1,
                new CallIntent(List.of(5L), 0, "m", format, Optional.empty()),
                new CallAnswer("{\"r01\":\"Bill\"}", finish, "", TokenUsage.NONE, Optional.empty()));
    }
}
