package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.llm.pace.RateLimits;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomFaultsTest {
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30})
    void everyRowEndsOnceWithALabelOfTheListOrAReason(long seed) {
        Random random = new Random(seed);
        Bench bench = new Bench(new ScriptedChatModel(seen -> faulty(seen, random)));
        List<Item> items = Bench.items(1 + random.nextInt(60));
        Rounds rounds = bench.ask(items);
        items.forEach(item -> assertThat(rounds.of(item.row()))
                .as("seed %d, row %d", seed, item.row())
                .isIn(Bench.expected(item), "WRONG_IDS", "UNKNOWN_CATEGORY", "BAD_ANSWER", "CONTENT_FILTER"));
        assertThat(rounds.asked).allMatch(question -> question.round() <= 3);
        assertThat(bench.pacer.open()).isZero();
        assertThat(bench.budget.open()).isZero();
    }

    private static ChatReply faulty(ScriptedChatModel.Seen seen, Random random) {
        Map<String, String> words = ScriptedChatModel.words(seen);
        ReplyMode mode = ScriptedChatModel.mode(seen.request().format());
        String honest = ScriptedChatModel.render(words, mode);
        switch (random.nextInt(9)) {
            case 0:
                throw new ChatFailedException(
                        ChatFailedException.Kind.values()[random.nextInt(5)], "down", null, RateLimits.UNKNOWN, null);
            case 1:
                throw new ChatRefusedException(ChatRefusedException.Kind.CONTENT_FILTER, "filtered", null);
            case 2:
                return ScriptedChatModel.reply(
                        honest.substring(0, random.nextInt(honest.length())), ChatReply.Finish.LENGTH);
            case 3:
                words.remove("r01");
                break;
            case 4:
                words.put("r0" + (1 + random.nextInt(9)), "Something else");
                break;
            case 5:
                return ScriptedChatModel.reply(garbage(random));
            case 6:
                return ScriptedChatModel.reply("", ChatReply.Finish.REFUSAL);
            default:
                break;
        }
        return ScriptedChatModel.reply(words, seen);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void garbageEndsAfterFourAnswersForEachRecord(long seed) {
        Random random = new Random(seed);
        Bench bench = new Bench(new ScriptedChatModel(seen -> ScriptedChatModel.reply(garbage(random))));
        Rounds rounds = bench.ask(Bench.items(20));
        assertThat(rounds.outcomes.values()).as("seed %d", seed).allMatch(Outcome.Failed.class::isInstance);
        assertThat(bench.model.mostTimesAsked()).isLessThanOrEqualTo(4);
    }

    @Test
    void capEndsItAllWhateverTheModelSays() {
        Bench bench = new Bench(
                new ScriptedChatModel(seen -> ScriptedChatModel.reply("?")), Bench.TICKETS, LlmSettings.defaults(), 3);
        Assertions.assertThatThrownBy(() -> bench.ask(Bench.items(20)))
                .isInstanceOfSatisfying(
                        JobPausedException.class, e -> assertThat(e.reason()).isEqualTo(PauseReason.BUDGET));
        assertThat(bench.model.calls()).isEqualTo(3);
        assertThat(bench.pacer.open()).isZero();
    }

    private static String garbage(Random random) {
        String pieces = "{}[]\":,\\\n\tr 0123456789\u0000\ufeff\ud83dnullé";
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(400);
        for (int i = 0; i < length; i++) {
            text.append(pieces.charAt(random.nextInt(pieces.length())));
        }
        return text.toString();
    }
}
