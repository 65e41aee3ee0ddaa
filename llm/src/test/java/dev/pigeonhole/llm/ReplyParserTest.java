package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyParserTest {
    private static final Labels LABELS = new Labels(Bench.TICKETS, "m");

    /** One line for each case: mode, number of records, answer (with backslash escapes), what is settled, what is open. */
    static Stream<List<String>> cases() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(ReplyParserTest.class.getResourceAsStream("answers.txt"), "answers.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .map(line -> Stream.of(line.split(" ¦ ", -1))
                                    .map(String::strip)
                                    .toList())
                            .toList()
                            .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answersOfTheTable(List<String> fields) {
        ReplyMode mode = ReplyMode.ofKey(fields.get(0)).orElseThrow();
        String text = fields.get(2).replace("\\n", "\n").replace("\\t", "\t").replace("\\ufeff", "\ufeff");
        assertThat(describe(read(text, mode, Integer.parseInt(fields.get(1)), false)))
                .isEqualTo(fields.get(3));
    }

    private static Verdict read(String text, ReplyMode mode, int count, boolean cutOff) {
        ChatReply.Finish finish = cutOff ? ChatReply.Finish.LENGTH : ChatReply.Finish.STOP;
        return Verdict.of(ReplyParser.parse(text, mode, count, finish), LABELS, cutOff);
    }

    private static String describe(Verdict verdict) {
        Map<Integer, String> all = new TreeMap<>();
        verdict.settled().forEach((i, outcome) -> all.put(i, describe(outcome)));
        verdict.open().forEach((i, trouble) -> all.put(i, trouble.name()));
        String whole = verdict.whole().map(trouble -> " (" + trouble + ")").orElse("");
        return all.values().stream().collect(Collectors.joining(", ")) + whole;
    }

    private static String describe(Outcome outcome) {
        return outcome instanceof Outcome.Categorized categorized ? categorized.category() : "-";
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void allModesGiveEqualResultsForEqualAnswers(long seed) {
        Random random = new Random(seed);
        List<String> pool =
                List.of("Billing", "billing", "Shipping", "__none__", "Account_Access", "Refunds", "", "Bill");
        Map<String, String> words = new LinkedHashMap<>();
        IntStream.rangeClosed(1, 20)
                .filter(i -> random.nextInt(8) > 0)
                .forEach(i -> words.put(String.format("r%02d", i), pool.get(random.nextInt(pool.size()))));
        String keyed = describe(read(ScriptedChatModel.render(words, ReplyMode.KEYED), ReplyMode.KEYED, 20, false));
        for (ReplyMode mode : ReplyMode.values()) {
            assertThat(describe(read(ScriptedChatModel.render(words, mode), mode, 20, false)))
                    .as("seed %d, %s", seed, mode)
                    .isEqualTo(keyed);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "KEYED,true",
        "KEYED,false",
        "ARRAY,true",
        "ARRAY,false",
        "JSON_OBJECT,true",
        "JSON_OBJECT,false",
        "LINES,true"
    })
    void answerCutAtAnyPlaceGivesNoWrongLabel(ReplyMode mode, boolean told) {
        Map<String, String> words = new LinkedHashMap<>();
        // One name is the beginning of another: the trap.
        IntStream.rangeClosed(1, 20)
                .forEach(i -> words.put(String.format("r%02d", i), i % 3 == 0 ? "Bill" : "Billing"));
        String whole = ScriptedChatModel.render(words, mode);
        for (int end = 0; end <= whole.length(); end++) {
            Verdict verdict = read(whole.substring(0, end), mode, 20, told);
            verdict.settled()
                    .forEach((i, outcome) ->
                            assertThat(describe(outcome)).isEqualTo(words.get(String.format("r%02d", i + 1))));
            assertThat(verdict.settled().size() + verdict.open().size()).isEqualTo(20);
        }
    }

    @ParameterizedTest
    @CsvSource({"STOP,1", "OTHER,0", "LENGTH,0"})
    void lastLineWithoutItsEndCountsOnlyIfTheModelEndedTheAnswer(ChatReply.Finish finish, int said) {
        Reply reply = ReplyParser.parse("r01\tBilling\nr02\tBill", ReplyMode.LINES, 2, finish);
        assertThat(reply.words(0)).hasSize(1);
        assertThat(reply.words(1)).hasSize(said);
        assertThat(ReplyParser.parse("r01\tBilling\n", ReplyMode.LINES, 1, finish)
                        .words(0))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(ReplyMode.class)
    void anythingIsReadToAnEnd(ReplyMode mode) {
        List<String> monsters = List.of(
                "{".repeat(1_000_000),
                "[".repeat(1_000_000),
                "{\"a\":".repeat(200_000),
                "[[[{\"r01\":".repeat(100_000),
                "{\"r01\":\"" + "x".repeat(5_000_000),
                "{} ".repeat(500_000),
                "\"".repeat(1_000_000),
                "r01" + " ".repeat(1_000_000),
                "r01\t".repeat(200_000),
                "\n".repeat(1_000_000),
                "{\"" + "k".repeat(1_000_000) + "\":1}",
                "<think>" + "hm ".repeat(100_000));
        monsters.forEach(text -> assertThat(read(text, mode, 20, false).open()).hasSizeGreaterThanOrEqualTo(19));
    }

    @Test
    void extraIsCountedOnlyForWhatStandsInPlaceOfAnId() {
        assertThat(ReplyParser.parse("{\"r01\":\"Bill\",\"r03\":\"Bill\"}", ReplyMode.KEYED, 2, ChatReply.Finish.STOP)
                        .extra())
                .isEqualTo(1);
        assertThat(ReplyParser.parse("{\"answer\":{\"r01\":\"Bill\"}}", ReplyMode.KEYED, 2, ChatReply.Finish.STOP)
                        .extra())
                .isZero();
    }
}
