package dev.pigeonhole.core.categorize;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.LongPredicate;

/**
 * What is durable of a job that is being worked on. For the thread that runs the job, between two passes.
 */
public interface JobMemory {
    /** The job. */
    String jobId();

    /** Rows of the input. */
    long rows();

    /** The job's folder; what is in it goes when the job is deleted. */
    Path directory();

    /**
     * Hands over rows with their text and their outcome, in row order; rows without a text or without an outcome are left out. Reads
     * the input only where rows are wanted.
     *
     * @param wanted by row number, from 1
     * @throws dev.pigeonhole.core.InputException the input cannot be read
     */
    void forEachOutcome(LongPredicate wanted, BiConsumer<Item, Outcome> consumer);

    /**
     * Forgets outcomes that were too bold, so that a later pass decides about their rows anew.
     *
     * @param source of the outcomes, as in {@link Outcome.Categorized}
     * @param confidence outcomes with less than that are forgotten; those without any are kept
     * @return how many rows
     */
    long reopen(String source, double confidence);
}
