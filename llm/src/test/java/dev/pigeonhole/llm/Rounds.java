package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Answer;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Does with questions what the engine does, in one thread: asks until nothing is open. Not thread-safe. */
final class Rounds {
    private static final int MOST_QUESTIONS = 20_000;

    final Conversation conversation;
    final Map<Long, Outcome> outcomes = new TreeMap<>();
    final List<Question> asked = new ArrayList<>();
    final List<Answer> answers = new ArrayList<>();
    int failedCalls;

    Rounds(Conversation conversation) {
        this.conversation = conversation;
    }

    Rounds run(List<Item> items) {
        Deque<Question> open = new ArrayDeque<>(List.of(Question.first(items)));
        while (!open.isEmpty()) {
            assertThat(asked.size()).as("questions").isLessThan(MOST_QUESTIONS);
            Question question = open.remove();
            asked.add(question);
            try {
                Answer answer = conversation.ask(question);
                take(question, answer);
                answer.again().forEach(open::addFirst);
            } catch (TransientCategorizerException e) {
                failedCalls++;
                open.addFirst(question);
            }
        }
        assertThat(outcomes.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        items.stream().map(Item::row).toList());
        return this;
    }

    /** Each row is settled or asked again, exactly once. */
    private void take(Question question, Answer answer) {
        answers.add(answer);
        Set<Long> left = new HashSet<>();
        question.items().forEach(item -> left.add(item.row()));
        answer.outcomes().forEach((row, outcome) -> {
            assertThat(left.remove(row)).as("row %d", row).isTrue();
            assertThat(outcomes.put(row, outcome)).isNull();
        });
        answer.again().forEach(next -> {
            assertThat(next.round()).isBetween(question.round(), 3);
            next.items().forEach(item -> assertThat(left.remove(item.row())).isTrue());
        });
        assertThat(left).isEmpty();
    }

    /** The category of a row; "-" if none fits, the cause if it failed. */
    String of(long row) {
        Outcome outcome = outcomes.get(row);
        if (outcome instanceof Outcome.Categorized categorized) {
            return categorized.category();
        }
        return outcome instanceof Outcome.Failed failed ? failed.cause().name() : "-";
    }

    List<Long> failedWith(FailureCause cause) {
        return outcomes.keySet().stream()
                .filter(row -> of(row).equals(cause.name()))
                .toList();
    }

    /** Rows in the order of each question. */
    List<List<Long>> rowsAsked() {
        return asked.stream()
                .map(question -> question.items().stream().map(Item::row).toList())
                .toList();
    }

    void assertRight(List<Item> items) {
        items.forEach(
                item -> assertThat(of(item.row())).as("row %d", item.row()).isEqualTo(Bench.expected(item)));
    }
}
