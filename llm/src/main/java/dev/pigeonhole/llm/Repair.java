package dev.pigeonhole.llm;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Answer;
import dev.pigeonhole.core.categorize.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Says how to go on after a call. Every round is entered at most once, so a record is asked about four times at most: first, a
 * second time in the same company, in a group of five, alone. Stateless.
 */
final class Repair {
    /** As the first, in the same company. */
    static final int SAME_SIZE = 1;
    /** In groups of at most {@link #GROUP}. */
    static final int GROUPS = 2;
    /** Alone, for the last time. */
    static final int SINGLE = 3;

    static final int GROUP = 5;

    private Repair() {}

    /** What follows from a verdict: outcomes, failures among them, and what is asked next. */
    static Answer answer(Question question, Verdict verdict, OptionalLong call) {
        SortedMap<Long, Outcome> outcomes = new TreeMap<>();
        verdict.settled().forEach((i, outcome) -> outcomes.put(row(question, i), outcome));
        if (isOver(question, verdict)) {
            verdict.open().forEach((i, trouble) -> outcomes.put(row(question, i), failed(trouble, verdict)));
            return new Answer(outcomes, List.of(), call);
        }
        List<Item> open =
                verdict.open().keySet().stream().map(question.items()::get).toList();
        return new Answer(outcomes, again(question, verdict, open), call);
    }

    /** What follows when there is no answer to read, and a smaller request may fare better. */
    static Answer halves(Question question, Trouble trouble) {
        List<Item> items = question.items();
        if (items.size() == 1) {
            Outcome failed = new Outcome.Failed(trouble.cause(), trouble.message());
            return new Answer(new TreeMap<>(Map.of(items.get(0).row(), failed)), List.of(), OptionalLong.empty());
        }
        int middle = items.size() / 2;
        List<Question> halves = List.of(
                new Question(items.subList(0, middle), question.round()),
                new Question(items.subList(middle, items.size()), question.round()));
        return Answer.none(halves, OptionalLong.empty());
    }

    private static long row(Question question, int position) {
        return question.items().get(position).row();
    }

    private static Outcome failed(Trouble trouble, Verdict verdict) {
        Trouble reason = trouble == Trouble.MISSING ? verdict.whole().orElse(trouble) : trouble;
        return new Outcome.Failed(reason.cause(), reason.message());
    }

    private static boolean isOver(Question question, Verdict verdict) {
        return question.round() >= SINGLE
                || (question.items().size() == 1 && verdict.whole().stream().anyMatch(Repair::isRefusal));
    }

    private static boolean isRefusal(Trouble trouble) {
        return trouble == Trouble.FILTERED || trouble == Trouble.REFUSED;
    }

    private static List<Question> again(Question question, Verdict verdict, List<Item> open) {
        if (open.isEmpty()) {
            return List.of();
        }
        int round = next(question, verdict);
        return inGroups(open, round);
    }

    /** The same items in groups, as large as they are in that round. */
    static List<Question> inGroups(List<Item> items, int round) {
        int size = round == SAME_SIZE ? items.size() : round == GROUPS ? GROUP : 1;
        List<Question> questions = new ArrayList<>();
        for (int from = 0; from < items.size(); from += size) {
            questions.add(new Question(items.subList(from, Math.min(items.size(), from + size)), round));
        }
        return questions;
    }

    private static int next(Question question, Verdict verdict) {
        int later = question.round() < GROUPS ? GROUPS : SINGLE;
        if (verdict.whole().isEmpty() || verdict.whole().get() == Trouble.CUT_OFF) {
            return later;
        }
        if (isRefusal(verdict.whole().get())) {
            // The same few once more would be refused once more.
            return question.items().size() <= GROUP ? SINGLE : later;
        }
        return question.round() + 1;
    }
}
