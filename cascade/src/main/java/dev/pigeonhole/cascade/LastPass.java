package dev.pigeonhole.cascade;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Decision;
import dev.pigeonhole.core.categorize.Pass;
import java.util.OptionalDouble;

/**
 * Answers what the classifier is sure enough of, and asks about the rest, and about the audits. Rows that were drawn are always asked
 * about: the classifier may have learned from them.
 */
record LastPass(Draw draw, double drawn, Classifier classifier, CascadeState.Verdict verdict, Labels labels)
        implements Pass {
    @Override
    public boolean isLast() {
        return true;
    }

    @Override
    public Decision decide(Item item) {
        if (verdict.answersNothing() || draw.isWithin(item.row(), 0, drawn)) {
            return Decision.ASK;
        }
        Guess guess = classifier.guess(item.text());
        boolean sure = labels.isCategory(guess.label()) && guess.confidence() >= verdict.threshold();
        return sure && draw.auditPlace(item.text()) >= verdict.audits()
                ? new Decision.Settle(
                        new Outcome.Categorized(guess.label(), OptionalDouble.of(guess.confidence()), Lesson.LOCAL))
                : Decision.ASK;
    }
}
