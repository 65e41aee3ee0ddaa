package dev.pigeonhole.core.csv;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/**
 * A CSV file and how it is to be read. Immutable and thread-safe: each method that reads opens the file anew.
 *
 * <p>{@link #scan} looks at the whole file once, refuses what cannot be read without guessing, and yields a profile; rows are
 * then read from any place by that profile, which never is found out a second time.
 */
public final class CsvSource {
    private final Path path;
    private final CsvOptions options;

    private CsvSource(Path path, CsvOptions options) {
        this.path = Objects.requireNonNull(path, "path");
        this.options = options;
    }

    /** A file whose encoding, delimiter and text column are found out by {@link #scan}. */
    public static CsvSource of(Path path) {
        return new CsvSource(path, CsvOptions.DEFAULT);
    }

    /** How bytes become characters: the name of a charset, or {@code auto} for a byte order mark or else strict UTF-8. */
    public CsvSource encoding(String name) {
        return new CsvSource(path, options.withEncoding(name));
    }

    /** What stands between columns: one character, or {@code tab}, {@code comma}, {@code semicolon}, {@code pipe}, {@code auto}. */
    public CsvSource delimiter(String delimiter) {
        return new CsvSource(path, options.withDelimiter(delimiter));
    }

    /** The columns that make the text, by name or, counted from 1, as {@code #3}; none to take the obvious one. */
    public CsvSource textColumns(String... columns) {
        return textColumns(List.of(columns));
    }

    /** The columns that make the text, by name or, counted from 1, as {@code #3}; none to take the obvious one. */
    public CsvSource textColumns(List<String> columns) {
        return new CsvSource(path, options.withTextColumns(columns));
    }

    /**
     * The column that holds what somebody has said of each row, by name or, counted from 1, as {@code #3}. It must be there, and is
     * never taken for the text unless {@link #textColumns} names it too.
     */
    public CsvSource labelColumn(String column) {
        return new CsvSource(path, options.withLabelColumn(column));
    }

    /** What is done with rows that have more or fewer columns than the header. */
    public CsvSource ragged(RaggedPolicy policy) {
        return new CsvSource(path, options.withRagged(policy));
    }

    /** Whether text after a closing quote is joined to the value; otherwise the file is refused. */
    public CsvSource lenientQuotes(boolean lenient) {
        return new CsvSource(path, options.withLenientQuotes(lenient));
    }

    /** Whether bytes that are no characters become U+FFFD; otherwise the file is refused. */
    public CsvSource replaceBadBytes(boolean replace) {
        return new CsvSource(path, options.withReplaceBadBytes(replace));
    }

    /**
     * The longest record that is read, in characters, at least 1; a longer one is refused. Without this call it is 16 Mi, or
     * less if the heap is small.
     */
    public CsvSource maxRecordChars(int chars) {
        return new CsvSource(path, options.withMaxRecordChars(chars));
    }

    public Path path() {
        return path;
    }

    /** The settings as asked for, by key: what must be the same when a job is resumed. */
    public SortedMap<String, String> settings() {
        return options.settings();
    }

    /**
     * Reads the whole file once.
     *
     * @throws dev.pigeonhole.core.InputException if it is not a CSV file that can be read without guessing
     * @throws dev.pigeonhole.core.ConfigurationException if the settings do not fit the file
     * @throws dev.pigeonhole.core.StorageException if reading fails
     */
    public CsvProfile scan() {
        return new PreScan(path, options, RowWatcher.NONE).run();
    }

    /**
     * Reads the whole file once, as {@link #scan} does, and describes it for people. Memory does not grow with the file. There need be
     * no text column yet: if none was named and none is obvious, the profile has none. Which delimiter it has may depend on the named
     * text columns where the file leaves that open.
     *
     * @throws dev.pigeonhole.core.InputException if it is not a CSV file that can be read without guessing
     * @throws dev.pigeonhole.core.ConfigurationException if the settings do not fit the file
     * @throws dev.pigeonhole.core.StorageException if reading fails
     */
    public CsvInspection inspect() {
        return Inspector.inspect(path, options);
    }

    /**
     * The index from 0 of the label column.
     *
     * @param profile of this file, by a source with the same settings
     * @throws IllegalStateException there is no label column
     */
    public int labelColumn(CsvProfile profile) {
        return new TextColumns(path, options)
                .label(profile.columns())
                .orElseThrow(() -> new IllegalStateException("no label column was asked for"));
    }

    /** The SHA-256 of the file as it is now, as in {@link CsvProfile#sha256}. */
    public String sha256() {
        return InputFile.sha256(path);
    }

    /**
     * The rows as categorizers see them.
     *
     * @param profile of this file, by a source with the same settings
     * @param fromRow number of the first row to read, from 1 to one more than there are
     */
    public CsvRows<CsvItem> items(CsvProfile profile, long fromRow) {
        return new ScannedFile(path, options, profile).items(fromRow);
    }

    /**
     * The rows as they go to the output.
     *
     * @param profile of this file, by a source with the same settings
     * @param fromRow number of the first row to read, from 1 to one more than there are
     */
    public CsvRows<CsvRecord> records(CsvProfile profile, long fromRow) {
        return new ScannedFile(path, options, profile).records(fromRow);
    }

    /**
     * The rows as a table shows them. The profile need not have text columns.
     *
     * @param profile of this file, by a source with the same settings
     * @param fromRow number of the first row to read, from 1 to one more than there are
     */
    public CsvRows<CsvValues> values(CsvProfile profile, long fromRow) {
        return new ScannedFile(path, options, profile).values(fromRow);
    }

    @Override
    public String toString() {
        return "CsvSource[" + path + ", " + options.settings() + "]";
    }
}
