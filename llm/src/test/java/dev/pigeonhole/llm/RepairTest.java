package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.llm.pace.RateLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepairTest {
    private static final List<Item> TWENTY = Bench.items(20);

    @Test
    void honestModelIsAskedOnce() {
        Bench bench = new Bench(ScriptedChatModel.honest());
        bench.ask(TWENTY).assertRight(TWENTY);
        assertThat(bench.model.calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void droppedAnswersAreAskedAgainAndNoOthers(long seed) {
        Random random = new Random(seed);
        Set<Long> dropped = new HashSet<>();
        TWENTY.stream().filter(item -> random.nextInt(3) == 0).forEach(item -> dropped.add(item.row()));
        Bench bench = new Bench(new ScriptedChatModel(seen -> {
            Map<String, String> words = ScriptedChatModel.words(seen);
            if (seen.call() == 1) {
                dropped.forEach(row -> words.remove(new RecordIds(20).id((int) (row - 1))));
            }
            return ScriptedChatModel.reply(words, seen);
        }));

        Rounds rounds = bench.ask(TWENTY);
        rounds.assertRight(TWENTY);
        List<Long> again = rounds.rowsAsked().stream()
                .skip(1)
                .flatMap(List::stream)
                .sorted()
                .toList();
        assertThat(again).as("seed %d", seed).containsExactlyElementsOf(new TreeSet<>(dropped));
        assertThat(rounds.asked.stream().skip(1)).allSatisfy(question -> {
            assertThat(question.round()).isEqualTo(Repair.GROUPS);
            assertThat(question.items()).hasSizeLessThanOrEqualTo(Repair.GROUP);
        });
    }

    @Test
    void sameAnswerTwiceCountsOnceAndConflictIsAskedAgain() {
        Bench bench = new Bench(new ScriptedChatModel(seen -> {
            String honest = ScriptedChatModel.render(ScriptedChatModel.words(seen), ReplyMode.KEYED);
            String first = ScriptedChatModel.words(seen).get("r01");
            return ScriptedChatModel.reply(
                    seen.call() > 1
                            ? honest
                            : honest.replaceFirst("}$", ",\"r01\":\"" + first + "\",\"r02\":\"Account access\"}"));
        }));
        Rounds rounds = bench.ask(TWENTY);
        rounds.assertRight(TWENTY);
        assertThat(rounds.rowsAsked().subList(1, rounds.asked.size())).containsExactly(List.of(2L));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void orderOfAnswersDoesNotMatter(long seed) {
        Bench bench = new Bench(ScriptedChatModel.changing(words -> {
            List<String> ids = new ArrayList<>(words.keySet());
            Collections.shuffle(ids, new Random(seed));
            Map<String, String> shuffled = new LinkedHashMap<>();
            ids.forEach(id -> shuffled.put(id, words.get(id)));
            return shuffled;
        }));
        bench.ask(TWENTY).assertRight(TWENTY);
        assertThat(bench.model.calls()).isEqualTo(1);
    }

    @Test
    void shiftedAnswerIsDiscardedAsAWhole() {
        Bench bench = new Bench(new ScriptedChatModel(seen -> {
            Map<String, String> words = ScriptedChatModel.words(seen);
            if (seen.call() == 1) {
                words.remove("r01");
                words.put("r21", "Billing");
            }
            return ScriptedChatModel.reply(words, seen);
        }));
        Rounds rounds = bench.ask(TWENTY);
        rounds.assertRight(TWENTY);
        assertThat(rounds.asked).containsExactly(Question.first(TWENTY), new Question(TWENTY, Repair.SAME_SIZE));
    }

    @Test
    void extraAnswersAloneDoNoHarm() {
        Bench bench = new Bench(ScriptedChatModel.changing(words -> {
            words.put("r77", "Billing");
            words.put("note", "done");
            return words;
        }));
        bench.ask(TWENTY).assertRight(TWENTY);
        assertThat(bench.model.calls()).isEqualTo(1);
    }

    @Test
    void unknownCategoryIsAskedAboutAloneInTheEndAndThenFails() {
        Bench bench = new Bench(new ScriptedChatModel(seen -> {
            Map<String, String> words = ScriptedChatModel.words(seen);
            seen.records().forEach((id, text) -> {
                if (text.startsWith("message 7 ")) {
                    words.put(id, "Invoices");
                }
            });
            return ScriptedChatModel.reply(words, seen);
        }));
        Rounds rounds = bench.ask(TWENTY);
        assertThat(rounds.failedWith(FailureCause.UNKNOWN_CATEGORY)).containsExactly(7L);
        assertThat(bench.model.mostTimesAsked()).isEqualTo(3);
        assertThat(rounds.asked).extracting(Question::round).containsExactly(0, 2, 3);
    }

    @ParameterizedTest
    @EnumSource(
            value = ChatReply.Finish.class,
            names = {"CONTENT_FILTER", "REFUSAL"})
    void poisonedRecordCostsItselfAloneAndAtMostTenCalls(ChatReply.Finish finish) {
        Bench bench = new Bench(poisonedBy(finish, List.of("message 9 ")));
        Rounds rounds = bench.ask(TWENTY);
        assertThat(rounds.failedWith(FailureCause.CONTENT_FILTER)).containsExactly(9L);
        rounds.assertRight(TWENTY.stream().filter(item -> item.row() != 9).toList());
        assertThat(bench.model.calls()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"1,2", "2,3", "3,4", "4,5", "5,6", "10,7", "20,8"})
    void severalPoisonedRecordsCostAtMostTwentyFiveCalls(int count, long seed) {
        List<Item> items = new ArrayList<>(TWENTY);
        Collections.shuffle(items, new Random(seed));
        List<Item> bad = items.subList(0, count);
        List<String> poison = bad.stream().map(item -> item.text() + "$").toList();
        Bench bench = new Bench(new ScriptedChatModel(seen -> {
            if (seen.records().values().stream().anyMatch(text -> poison.contains(text + "$"))) {
                throw new ChatRefusedException(ChatRefusedException.Kind.CONTENT_FILTER, "filtered", null);
            }
            return ScriptedChatModel.reply(ScriptedChatModel.words(seen), seen);
        }));
        Rounds rounds = bench.ask(TWENTY);
        assertThat(rounds.failedWith(FailureCause.CONTENT_FILTER))
                .containsExactlyElementsOf(bad.stream().map(Item::row).sorted().toList());
        assertThat(bench.model.calls()).isLessThanOrEqualTo(count == 1 ? 10 : 25);
        assertThat(bench.ledger.bill().unanswered()).isZero();
    }

    @Test
    void recordRefusedAloneIsFinalAtOnce() {
        Bench bench = new Bench(poisonedBy(ChatReply.Finish.REFUSAL, List.of("message")));
        assertThat(bench.ask(Bench.items(1)).of(1)).isEqualTo("CONTENT_FILTER");
        assertThat(bench.model.calls()).isEqualTo(1);
    }

    private static ScriptedChatModel poisonedBy(ChatReply.Finish finish, List<String> poison) {
        return new ScriptedChatModel(seen -> poison.stream().anyMatch(seen::holds)
                ? ScriptedChatModel.reply("I cannot help with that.", finish)
                : ScriptedChatModel.reply(ScriptedChatModel.words(seen), seen));
    }

    @Test
    void cutOffAnswerKeepsWhatIsClosedAndAsksTheRestWithMoreRoom() {
        Bench bench = new Bench(new ScriptedChatModel(seen -> {
            String whole = ScriptedChatModel.render(ScriptedChatModel.words(seen), ReplyMode.KEYED);
            return seen.call() == 1
                    ? ScriptedChatModel.reply(whole.substring(0, whole.indexOf("r11")), ChatReply.Finish.LENGTH)
                    : ScriptedChatModel.reply(whole);
        }));
        Rounds rounds = bench.ask(TWENTY);
        rounds.assertRight(TWENTY);
        assertThat(rounds.answers.get(0).outcomes()).hasSize(9);
        assertThat(rounds.asked).extracting(Question::round).containsExactly(0, 2, 2, 2);
    }

    @Test
    void cutOffAnswerAboutOneRecordGetsTwiceTheRoomAndThenFails() {
        Bench bench = new Bench(new ScriptedChatModel(seen -> ScriptedChatModel.reply("", ChatReply.Finish.LENGTH)));
        assertThat(bench.ask(Bench.items(1)).of(1)).isEqualTo("BAD_ANSWER");
        List<Integer> room = bench.model.seen().stream()
                .map(seen -> seen.request().maxOutputTokens())
                .toList();
        assertThat(room).containsExactly(room.get(0), 2 * room.get(0), 2 * room.get(0));
    }

    @Test
    void unreadableAnswerIsAskedForOnceMoreBeforeTheQuestionIsSplit() {
        Bench bench = new Bench(new ScriptedChatModel(seen -> seen.count() > 5
                ? ScriptedChatModel.reply("Sorry, here you go:")
                : ScriptedChatModel.reply(ScriptedChatModel.words(seen), seen)));
        Rounds rounds = bench.ask(TWENTY);
        rounds.assertRight(TWENTY);
        assertThat(rounds.asked).extracting(Question::round).containsExactly(0, 1, 2, 2, 2, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no", "{}", "[]", "null", "{\"r01\":", "\"r01\"", "r01"})
    void nothingUsableEverEndsAfterFourAnswers(String garbage) {
        Bench bench = new Bench(new ScriptedChatModel(seen -> ScriptedChatModel.reply(garbage)));
        Rounds rounds = bench.ask(TWENTY);
        assertThat(rounds.outcomes.values()).allMatch(Outcome.Failed.class::isInstance);
        assertThat(bench.model.mostTimesAsked()).isLessThanOrEqualTo(4);
    }

    @Test
    void tooLongARequestIsHalvedAndTheRecordThatIsTooLongFails() {
        Bench bench = new Bench(new ScriptedChatModel(seen -> {
            if (seen.count() > 4 || seen.holds("message 3 ")) {
                throw new ChatRefusedException(ChatRefusedException.Kind.TOO_LONG, "too long", null);
            }
            return ScriptedChatModel.reply(ScriptedChatModel.words(seen), seen);
        }));
        Rounds rounds = bench.ask(TWENTY);
        assertThat(rounds.failedWith(FailureCause.TOO_LONG)).containsExactly(3L);
        assertThat(rounds.asked).allMatch(question -> question.round() == 0);
        rounds.assertRight(TWENTY.stream().filter(item -> item.row() != 3).toList());
    }

    @ParameterizedTest
    @EnumSource(ChatFailedException.Kind.class)
    void failedCallsUseUpNoRound(ChatFailedException.Kind kind) {
        Bench bench = new Bench(new ScriptedChatModel(seen -> {
            if (seen.call() % 3 != 0) {
                throw new ChatFailedException(kind, "down", null, RateLimits.UNKNOWN, null);
            }
            Map<String, String> words = ScriptedChatModel.words(seen);
            words.remove("r02");
            return ScriptedChatModel.reply(words, seen);
        }));
        Rounds rounds = bench.ask(TWENTY);
        rounds.assertRight(TWENTY);
        assertThat(rounds.failedCalls).isEqualTo(4);
        assertThat(rounds.asked).extracting(Question::round).containsExactly(0, 0, 0, 2, 2, 2);
    }
}
