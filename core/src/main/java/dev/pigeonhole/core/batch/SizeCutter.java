package dev.pigeonhole.core.batch;

/** Cuts before every {@code size}-th element. */
final class SizeCutter<T> implements Batcher.Cutter<T> {
    private final int size;
    private int inGroup;

    SizeCutter(int size) {
        this.size = size;
        this.inGroup = size;
    }

    @Override
    public boolean cutsBefore(T element) {
        boolean cuts = inGroup == size;
        inGroup = cuts ? 1 : inGroup + 1;
        return cuts;
    }
}
