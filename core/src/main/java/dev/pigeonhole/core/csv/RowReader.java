package dev.pigeonhole.core.csv;

import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Reads rows by a profile. What is made of a row is up to the {@link RowMaker}. Not thread-safe. */
final class RowReader<R> implements CsvRows<R> {
    /** Makes something of the row that was framed last. */
    @FunctionalInterface
    interface RowMaker<R> {
        R make(RecordFramer framer);
    }

    private final Path path;
    private final CsvProfile profile;
    private final Function<RowMark, RecordFramer> jump;
    private final RowMaker<R> maker;
    private RecordFramer framer;
    private int nextMark;
    private boolean ended;

    /**
     * Takes over the framer, which stands before the first row.
     *
     * @param jump opens the file again at a mark
     */
    RowReader(
            Path path,
            CsvProfile profile,
            RecordFramer framer,
            Function<RowMark, RecordFramer> jump,
            RowMaker<R> maker) {
        this.path = path;
        this.profile = profile;
        this.framer = framer;
        this.jump = jump;
        this.maker = maker;
    }

    @Override
    public RowReader<R> skipTo(long fromRow) {
        RowMark mark = markBefore(fromRow);
        if (mark.row() > framer.row() + 1) {
            framer.close();
            framer = jump.apply(mark);
        }
        while (framer.row() < fromRow - 1) {
            advance();
        }
        return this;
    }

    private RowMark markBefore(long row) {
        List<RowMark> index = profile.index();
        int low = 0;
        int high = index.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (index.get(middle).row() <= row) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return index.get(low);
    }

    @Override
    public boolean hasNext() {
        if (framer.row() < profile.rows()) {
            return true;
        }
        if (!ended && framer.hasMore()) {
            throw Messages.changed(path, "it goes on after its " + profile.rows() + " rows");
        }
        ended = true;
        return false;
    }

    @Override
    public R next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there are " + profile.rows() + " rows");
        }
        advance();
        return maker.make(framer);
    }

    @Override
    public void close() {
        framer.close();
    }

    private void advance() {
        if (!framer.hasMore()) {
            throw Messages.changed(path, "it ends after row " + framer.row() + " of " + profile.rows());
        }
        checkMark();
        framer.next();
    }

    /** Where the rows of the index begin is known: a file that was edited before one of them gives itself away. */
    private void checkMark() {
        long row = framer.row() + 1;
        while (nextMark < profile.index().size()
                && profile.index().get(nextMark).row() < row) {
            nextMark++;
        }
        if (nextMark < profile.index().size() && profile.index().get(nextMark).row() == row) {
            checkMark(profile.index().get(nextMark));
        }
    }

    private void checkMark(RowMark mark) {
        boolean seekable = mark.offset() > 0;
        if (framer.nextLine() != mark.line() || (seekable && framer.offset() != mark.offset())) {
            throw Messages.changed(path, "row " + mark.row() + " does not begin where it began");
        }
    }
}
