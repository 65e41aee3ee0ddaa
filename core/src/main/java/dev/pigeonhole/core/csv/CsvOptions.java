package dev.pigeonhole.core.csv;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Suggestion;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the user wants a file to be read; what was typed is checked when it is set. Immutable.
 *
 * @param charset null to find out
 * @param delimiter null to find out
 * @param textColumns names or {@code #n}; empty to find out
 * @param labelColumn name or {@code #n} of the column that is no text unless it is named as one; null if there is none
 * @param maxRecordChars longest record, at least 1
 */
record CsvOptions(
        @Nullable Charset charset,
        @Nullable Character delimiter,
        List<String> textColumns,
        @Nullable String labelColumn,
        RaggedPolicy ragged,
        boolean lenientQuotes,
        boolean replaceBadBytes,
        int maxRecordChars) {

    static final CsvOptions DEFAULT =
            new CsvOptions(null, null, List.of(), null, RaggedPolicy.AUTO, false, false, defaultMaxRecordChars());

    private static final String AUTO = "auto";
    private static final List<String> USUAL_CHARSETS = List.of(
            AUTO,
            "UTF-8",
            "UTF-16",
            "UTF-16LE",
            "UTF-16BE",
            "windows-1252",
            "ISO-8859-1",
            "ISO-8859-15",
            "windows-1250",
            "windows-1251",
            "Shift_JIS",
            "GB18030",
            "Big5");

    CsvOptions {
        textColumns = List.copyOf(textColumns);
        Objects.requireNonNull(ragged, "ragged");
        if (maxRecordChars < 1) {
            throw new IllegalArgumentException("maxRecordChars must be at least 1, was " + maxRecordChars);
        }
    }

    CsvOptions withEncoding(String name) {
        Charset asked = name.strip().equalsIgnoreCase(AUTO) ? null : charsetNamed(name.strip());
        return new CsvOptions(
                asked, delimiter, textColumns, labelColumn, ragged, lenientQuotes, replaceBadBytes, maxRecordChars);
    }

    CsvOptions withDelimiter(String typed) {
        Character asked = typed.strip().equalsIgnoreCase(AUTO) ? null : Delimiters.parse(typed);
        return new CsvOptions(
                charset, asked, textColumns, labelColumn, ragged, lenientQuotes, replaceBadBytes, maxRecordChars);
    }

    CsvOptions withTextColumns(List<String> columns) {
        return new CsvOptions(
                charset, delimiter, columns, labelColumn, ragged, lenientQuotes, replaceBadBytes, maxRecordChars);
    }

    CsvOptions withLabelColumn(String column) {
        return new CsvOptions(
                charset, delimiter, textColumns, column, ragged, lenientQuotes, replaceBadBytes, maxRecordChars);
    }

    CsvOptions withRagged(RaggedPolicy policy) {
        return new CsvOptions(
                charset, delimiter, textColumns, labelColumn, policy, lenientQuotes, replaceBadBytes, maxRecordChars);
    }

    CsvOptions withLenientQuotes(boolean lenient) {
        return new CsvOptions(
                charset, delimiter, textColumns, labelColumn, ragged, lenient, replaceBadBytes, maxRecordChars);
    }

    CsvOptions withReplaceBadBytes(boolean replace) {
        return new CsvOptions(
                charset, delimiter, textColumns, labelColumn, ragged, lenientQuotes, replace, maxRecordChars);
    }

    CsvOptions withMaxRecordChars(int chars) {
        return new CsvOptions(
                charset, delimiter, textColumns, labelColumn, ragged, lenientQuotes, replaceBadBytes, chars);
    }

    /** In one spelling each, so that {@code \t} and {@code tab} are the same. */
    SortedMap<String, String> settings() {
        SortedMap<String, String> settings = new TreeMap<>();
        settings.put("input.encoding", charset == null ? AUTO : charset.name());
        settings.put("input.delimiter", delimiter == null ? AUTO : Delimiters.name(delimiter));
        settings.put(
                "input.text-columns",
                textColumns.isEmpty() ? AUTO : CsvCells.delimitedBy(',').join(textColumns));
        settings.put("input.ragged", ragged.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        settings.put("input.lenient-quotes", Boolean.toString(lenientQuotes));
        settings.put("input.bad-bytes", replaceBadBytes ? "replace" : "refuse");
        return Collections.unmodifiableSortedMap(settings);
    }

    private static Charset charsetNamed(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "--encoding " + Messages.clip(name) + " is not an encoding that Java knows"
                            + Suggestion.hint(name, USUAL_CHARSETS)
                            + "; expected auto or a name such as UTF-8, UTF-16LE or windows-1252",
                    e);
        }
    }

    /** A record is held as characters, as a value and as a text at the same time; a small heap must survive all three. */
    private static int defaultMaxRecordChars() {
        long share = Runtime.getRuntime().maxMemory() / 12;
        return (int) Math.max(1 << 20, Math.min(1 << 24, share));
    }
}
