package dev.pigeonhole.core.batch;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Decides where a sequence is cut into consecutive, non-empty groups: rows into batches, items into sub-batches. A batcher is
 * immutable and thread-safe; each sequence gets its own {@link Cutter}.
 *
 * <p>Nothing is held: the caller keeps the group, so a group may be larger than memory.
 *
 * @param <T> what is grouped
 */
@FunctionalInterface
public interface Batcher<T> {
    /** Starts a sequence. */
    Cutter<T> start();

    /** Walks along one sequence. Not thread-safe. */
    @FunctionalInterface
    interface Cutter<T> {
        /**
         * Whether this element begins a new group. Asked once per element, in order; true for the first. Depends only on the
         * elements since the last cut, so that a sequence can be taken up again at any cut.
         */
        boolean cutsBefore(T element);
    }

    /**
     * Groups of a fixed number of elements; the last may be smaller.
     *
     * @param size elements in a group, at least 1
     */
    static <T> Batcher<T> ofSize(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("size must be at least 1, was " + size);
        }
        return () -> new SizeCutter<>(size);
    }

    /** The groups of a sequence as lists, each built when it is asked for. */
    default Iterator<List<T>> split(Iterator<? extends T> source) {
        return new SplitIterator<>(source, start());
    }

    /** The groups of a list. */
    default List<List<T>> split(List<? extends T> source) {
        List<List<T>> groups = new ArrayList<>();
        split(source.iterator()).forEachRemaining(groups::add);
        return List.copyOf(groups);
    }
}
