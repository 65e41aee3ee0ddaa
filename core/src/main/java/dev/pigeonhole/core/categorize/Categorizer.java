package dev.pigeonhole.core.categorize;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import java.util.List;
import java.util.Map;

/**
 * The port: items in, one outcome per item out. An LLM, a local classifier and a fake are adapters.
 *
 * <p>Thread-safe: the engine calls {@link #categorize} from several threads at once. Concurrency, retries and checkpoints belong
 * to the engine; an adapter answers one call and keeps no state between calls that could change an answer.
 */
public interface Categorizer extends AutoCloseable {
    /**
     * Finds the category of each item. Blocks until all are known.
     *
     * @param items one sub-batch, never empty, in input order
     * @return one outcome per item, in the order of the items; trouble with a single item is its {@link Outcome.Failed}
     * @throws TransientCategorizerException the call as a whole failed, and may succeed later
     * @throws PermanentCategorizerException the call as a whole failed, and will fail again
     * @throws JobPausedException no call can succeed until the user does something
     */
    List<Outcome> categorize(List<Item> items);

    /**
     * All that can change an answer besides the taxonomy, by name: a model's name, a version, a seed. Kept with the job; a job is
     * not resumed with another fingerprint. No secrets.
     */
    default Map<String, String> fingerprint() {
        return Map.of("categorizer", getClass().getSimpleName());
    }

    /**
     * All that can change the answer to a question, as far as it is asked: that part of the {@link #fingerprint} under which answers are
     * known for later rows and jobs. It is smaller where a categorizer only decides whom to ask.
     */
    default Map<String, String> answerFingerprint() {
        return fingerprint();
    }

    /** Calls in flight that suit this categorizer when the user names no number; at least 1. */
    default int suggestedConcurrency() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** When a call that failed is made again, if the user says nothing about it. */
    default RetryPolicy suggestedRetries() {
        return RetryPolicy.defaults();
    }

    /**
     * Begins to work for a job. The engine asks through what is returned here; a categorizer that asks in several rounds, or pays
     * for calls, has its own, all others are asked by {@link #categorize}.
     */
    default Conversation begin(Assignment assignment) {
        return question -> Answer.of(question.items(), categorize(question.items()));
    }

    /**
     * Whether an answer holds for the same text in every job with the same fingerprint and taxonomy. Then it is kept beyond the
     * job, and never asked for again.
     */
    default boolean hasLastingAnswers() {
        return false;
    }

    /**
     * Whether asking again costs nothing but time. If it does cost, an answer keeps its place in flight until it is durable, so
     * that a sudden end can lose no more answers than calls may be in flight.
     */
    default boolean isFree() {
        return false;
    }

    /** Frees what the categorizer holds. Calling it twice does no harm. */
    @Override
    default void close() {}
}
