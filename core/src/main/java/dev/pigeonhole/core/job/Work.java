package dev.pigeonhole.core.job;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.categorize.Question;
import java.util.List;

/**
 * A question on its way to a categorizer.
 *
 * @param batch number of its batch, or {@link #NO_BATCH}
 * @param subBatch number within the batch, from 1; 0 without a batch
 * @param question what is asked
 * @param attempts calls made about these items so far
 * @param failures how many of them, the latest in a row, failed as a whole
 * @param failedAt when the first of these failed, by the clock of {@link System#nanoTime}
 * @param weight what it takes of the window; given back when its outcomes are durable
 */
record Work(int batch, int subBatch, Question question, int attempts, int failures, long failedAt, int weight) {
    /** In place of a batch's number: the rows are from anywhere. */
    static final int NO_BATCH = 0;

    static Work first(int batch, int subBatch, List<Item> items, int weight) {
        return new Work(batch, subBatch, Question.first(items), 0, 0, 0, weight);
    }

    List<Item> items() {
        return question.items();
    }

    Work afterAttempt() {
        return new Work(batch, subBatch, question, attempts + 1, failures, failedAt, weight);
    }

    Work afterFailure(long now) {
        return new Work(batch, subBatch, question, attempts, failures + 1, failures == 0 ? now : failedAt, weight);
    }

    /** What is asked instead of this, about some of its items. */
    Work with(Question next, int itsWeight) {
        return new Work(batch, subBatch, next, attempts, 0, 0, itsWeight);
    }

    /** The part of the weight that belongs to so many of the items. */
    int share(int items) {
        return (int) ((long) weight * items / question.items().size());
    }

    /** Two halves, so that one poisonous item does not take the others with it. */
    List<Work> halves() {
        List<Item> items = items();
        int middle = items.size() / 2;
        int weightOfFirst = share(middle);
        return List.of(
                with(new Question(items.subList(0, middle), question.round()), weightOfFirst),
                with(new Question(items.subList(middle, items.size()), question.round()), weight - weightOfFirst));
    }
}
