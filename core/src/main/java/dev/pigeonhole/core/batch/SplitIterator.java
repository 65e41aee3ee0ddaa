package dev.pigeonhole.core.batch;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Collects the elements between two cuts; holds one group and the first element of the next. */
final class SplitIterator<T> implements Iterator<List<T>> {
    private final Iterator<? extends T> source;
    private final Batcher.Cutter<T> cutter;
    private Optional<T> next = Optional.empty();

    SplitIterator(Iterator<? extends T> source, Batcher.Cutter<T> cutter) {
        this.source = source;
        this.cutter = cutter;
    }

    @Override
    public boolean hasNext() {
        return next.isPresent() || source.hasNext();
    }

    @Override
    public List<T> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<T> group = new ArrayList<>();
        next.ifPresent(group::add);
        next = Optional.empty();
        while (next.isEmpty() && source.hasNext()) {
            T element = source.next();
            if (cutter.cutsBefore(element) && !group.isEmpty()) {
                next = Optional.of(element);
            } else {
                group.add(element);
            }
        }
        return List.copyOf(group);
    }
}
