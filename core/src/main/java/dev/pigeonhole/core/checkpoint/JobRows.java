package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.Item;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The rows of a job, for people to look at and to judge; works beside a run, of this process or of another. Thread-safe. Every
 * method throws {@link dev.pigeonhole.core.StorageException} if the store cannot be read or written.
 */
public interface JobRows {
    /** Most rows of a page. */
    int MAX_PAGE = 1_000;

    /**
     * A page of rows that have an outcome.
     *
     * @param skip how many rows of the order stand before the page, from 0
     * @param most rows of the page, from 0 to {@value #MAX_PAGE}
     * @throws IllegalStateException the filter has words, and the texts cannot be searched yet; see {@link #isSearchable}
     */
    RowPage page(RowFilter filter, RowOrder order, long skip, int most);

    /**
     * Counts the rows behind a filter.
     *
     * @throws IllegalStateException as for {@link #page}
     */
    Facets facets(RowFilter filter);

    /** A row, if it has an outcome. */
    Optional<SeenRow> find(long row);

    /** The calls of the ledger that asked about a row, in the order they were made. */
    List<PaidAttempt> attempts(long row);

    /**
     * Hands over the outcomes, what people said included, in row order, one at a time. Rows are as they are when they are read, which
     * is not the same moment for all of them if the job runs meanwhile. The consumer may take its time: it keeps nobody waiting.
     */
    void forEach(Consumer<RowOutcome> consumer);

    /** Whether {@link #makeSearchable} has come to its end once. */
    boolean isSearchable();

    /**
     * Makes the texts searchable. Begins anew if it did not come to its end before; does nothing if it did. Of several at once
     * one works, the others wait. Ends early, unfinished, if the thread is interrupted.
     *
     * @param texts all rows of the job that have a text, in row order
     * @param progress told the number of the row it has come to, now and then
     */
    void makeSearchable(Iterator<Item> texts, LongConsumer progress);

    /**
     * Keeps what a person says of a row. Nothing is published by it; see {@link JobLease#applyReviews}.
     *
     * @throws IllegalArgumentException the row has no outcome, or the category is none of the job's
     */
    Review review(long row, Verdict verdict);

    /**
     * Takes the newest review back that was not taken back yet and is no taking back itself: adds one that says what held before.
     *
     * @return what was added; empty if there is nothing to take back
     */
    Optional<Review> undo();

    /** All reviews, the newest first. */
    List<Review> reviews(int most);

    /** How many rows people have said something of that still holds. */
    long reviewed();

    /** How many rows would be changed by {@link JobLease#applyReviews}. */
    long unpublished();
}
