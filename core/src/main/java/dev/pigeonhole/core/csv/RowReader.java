package dev.pigeonhole.core.csv;

import java.nio.file.Path;
import java.util.NoSuchElementException;

/** Reads rows by a profile. What is made of a row is up to the {@link RowMaker}. Not thread-safe. */
final class RowReader<R> implements CsvRows<R> {
    /** Makes something of the row that was framed last. */
    @FunctionalInterface
    interface RowMaker<R> {
        R make(RecordFramer framer);
    }

    private final Path path;
    private final CsvProfile profile;
    private final RecordFramer framer;
    private final RowMaker<R> maker;
    private int nextMark;
    private boolean ended;

    /** Takes over the framer, which stands before the row {@code fromRow} or earlier. */
    RowReader(Path path, CsvProfile profile, RecordFramer framer, RowMaker<R> maker) {
        this.path = path;
        this.profile = profile;
        this.framer = framer;
        this.maker = maker;
    }

    /** Passes over the rows before this one. */
    RowReader<R> skipTo(long fromRow) {
        while (framer.row() < fromRow - 1) {
            advance();
        }
        return this;
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
