package dev.pigeonhole.fakellm;

import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Content faults that change the answer as a text. */
final class WrongText {
    private WrongText() {}

    static Draft spoil(Fault fault, Draft draft, Question question, RandomGenerator random) {
        String text = draft.content() == null ? "" : draft.content();
        List<Question.Asked> all = question.records();
        return switch (fault) {
            case REFUSAL ->
                draft.refusing("I'm sorry, but I can't help with that.").spoiling(all);
            case FINISH_CONTENT_FILTER ->
                draft.withContent(cut(text, random)).ending("content_filter").spoiling(all);
            case TRUNCATED -> {
                String rest = cut(text, random);
                yield draft.withContent(rest).ending("length").spoiling(cutOff(rest, question));
            }
            case INVALID_JSON -> draft.withContent(broken(text)).spoiling(all);
            case EMPTY_CONTENT -> draft.withContent("").spoiling(all);
            case NULL_CONTENT -> draft.withContent(null).spoiling(all);
            case PROSE_AROUND ->
                draft.withContent(
                        "Sure! Here are the categories {as asked}:\n" + text + "\nLet me know [if] that helps.");
            case CODE_FENCE -> draft.withContent("```json\n" + text + "\n```");
            case ANSWERED_TWICE -> draft.withContent(text + "\n" + text).spoiling(all);
            case DEEP_JSON ->
                draft.withContent("[".repeat(10_000) + "]".repeat(10_000)).spoiling(all);
            case HUGE_NUMBER -> draft.withContent(hugeNumber(question)).spoiling(all);
            case NO_CHOICES -> draft.withoutChoices().spoiling(all);
            case NO_USAGE -> draft.withoutUsage();
            default -> draft;
        };
    }

    /** Something of it, never all. */
    private static String cut(String text, RandomGenerator random) {
        return text.isEmpty() ? text : text.substring(0, random.nextInt(text.length()));
    }

    /** Ids that do not stand in what is left with another one after them. The last one may be cut, so it does not count. */
    static Set<String> cutOff(String rest, Question question) {
        List<String> ids = question.records().stream().map(Question.Asked::id).toList();
        int last = -1;
        for (int i = 0; i < ids.size(); i++) {
            String quoted = question.shape() == Question.Shape.LINES ? ids.get(i) + "\t" : '"' + ids.get(i) + '"';
            if (rest.contains(quoted)) {
                last = i;
            }
        }
        return Set.copyOf(ids.subList(Math.max(0, last), ids.size()));
    }

    /** A comma and the end are wrong. */
    private static String broken(String text) {
        return text.replaceFirst(",", ",,").replaceFirst("[}\\]]\\s*$", ")");
    }

    private static String hugeNumber(Question question) {
        return "{\"" + question.records().get(0).id() + "\":" + "9".repeat(100_000) + "}";
    }
}
