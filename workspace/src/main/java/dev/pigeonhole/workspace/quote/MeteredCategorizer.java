package dev.pigeonhole.workspace.quote;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Assignment;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.RetryPolicy;
import dev.pigeonhole.core.ledger.CallLedger;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A categorizer whose calls go through another ledger. Thread-safe if both are. */
record MeteredCategorizer(Categorizer categorizer, UnaryOperator<CallLedger> meter) implements Categorizer {
    @Override
    public List<Outcome> categorize(List<Item> items) {
        return categorizer.categorize(items);
    }

    @Override
    public Map<String, String> fingerprint() {
        return categorizer.fingerprint();
    }

    @Override
    public Map<String, String> answerFingerprint() {
        return categorizer.answerFingerprint();
    }

    @Override
    public int suggestedConcurrency() {
        return categorizer.suggestedConcurrency();
    }

    @Override
    public RetryPolicy suggestedRetries() {
        return categorizer.suggestedRetries();
    }

    @Override
    public Conversation begin(Assignment assignment) {
        return categorizer.begin(new Assignment(
                meter.apply(assignment.ledger()),
                assignment.concurrency(),
                assignment.concurrencyTold(),
                assignment.memory()));
    }

    @Override
    public boolean hasLastingAnswers() {
        return categorizer.hasLastingAnswers();
    }

    @Override
    public boolean isFree() {
        return categorizer.isFree();
    }

    @Override
    public void close() {
        categorizer.close();
    }
}
