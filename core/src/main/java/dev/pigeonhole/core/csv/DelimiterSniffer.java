package dev.pigeonhole.core.csv;

import dev.pigeonhole.core.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the delimiter from the begin of a file, or refuses to guess. Immutable. */
final class DelimiterSniffer {
    /** Of the records in the sample, how many have to be as wide as the header if not all are. */
    private static final double MOST = 0.6;

    /** Bytes that a character may have: so many at the end of a sample may be a part of one. */
    private static final int LONGEST_CHARACTER = 4;

    private final Path path;
    private final FileStart start;
    private final CsvOptions options;

    DelimiterSniffer(Path path, FileStart start, CsvOptions options) {
        this.path = path;
        this.start = start;
        this.options = options;
    }

    /** The delimiter, or {@link CsvDialect#NONE} for a file of one column. */
    char find() {
        Trial undelimited = trial(CsvDialect.NONE);
        if (undelimited.hint != CsvDialect.NONE) {
            return undelimited.hint;
        }
        if (undelimited.header.isEmpty() && !whole()) {
            throw Messages.refuse(
                    path,
                    "the header line is longer than 64 KiB, so the delimiter is not looked for."
                            + " Say --delimiter comma, semicolon, tab or pipe.");
        }
        if (!undelimited.header.isEmpty() && options.textColumns().equals(undelimited.header)) {
            return CsvDialect.NONE;
        }
        List<Trial> trials = Delimiters.CANDIDATES.stream().map(this::trial).toList();
        return best(trials).map(Trial::delimiter).orElseGet(() -> noneOrRefuse(trials));
    }

    private Optional<Trial> best(List<Trial> trials) {
        List<Trial> named = trials.stream()
                .filter(t -> t.header.size() > 1)
                .filter(t -> options.textColumns().stream().allMatch(c -> TextColumns.present(c, t.header)))
                .toList();
        List<Trial> wide = named.isEmpty()
                ? trials.stream().filter(t -> t.header.size() > 1).toList()
                : named;
        return widest(wide.stream().filter(t -> t.clean && t.agreement() == 1).toList())
                .or(() -> widest(wide.stream().filter(t -> t.agreement() == 1).toList()))
                .or(() -> widest(mostAgreed(wide)));
    }

    private static List<Trial> mostAgreed(List<Trial> trials) {
        double most = trials.stream().mapToDouble(Trial::agreement).max().orElse(0);
        return most < MOST
                ? List.of()
                : trials.stream().filter(t -> t.agreement() == most).toList();
    }

    /** Empty if there is none, and also if two are equally good: the user has to say. */
    private static Optional<Trial> widest(List<Trial> trials) {
        int width = trials.stream().mapToInt(t -> t.header.size()).max().orElse(0);
        List<Trial> widest =
                trials.stream().filter(t -> t.header.size() == width).toList();
        return widest.size() == 1 ? Optional.of(widest.get(0)) : Optional.empty();
    }

    private char noneOrRefuse(List<Trial> trials) {
        if (trials.stream().anyMatch(t -> t.header.size() > 1)) {
            refuseBadBytes();
            throw undecided(trials);
        }
        List<Trial> broken = trials.stream().filter(t -> t.header.isEmpty()).toList();
        // Quotes in the header that only some delimiters break: the pre-scan will say what is wrong with them.
        return broken.isEmpty() || broken.size() == trials.size() ? CsvDialect.NONE : broken.get(0).delimiter;
    }

    private InputException undecided(List<Trial> trials) {
        String found = trials.stream()
                .filter(t -> t.header.size() > 1)
                .sorted(Comparator.comparing(t -> -t.agreement()))
                .map(Trial::describe)
                .collect(Collectors.joining("; "));
        return Messages.refuse(
                path,
                "the delimiter cannot be told from the first 64 KiB: " + found
                        + ". Say --delimiter comma, semicolon, tab or pipe; if the file has a single column,"
                        + " give its whole header line as --text-column.");
    }

    private boolean whole() {
        return start.sample().length < FileStart.SAMPLE_BYTES;
    }

    /** Frames the sample as if this were the delimiter. */
    private Trial trial(char delimiter) {
        Trial trial = new Trial(delimiter);
        try (RecordFramer framer = framer(delimiter)) {
            RecordWriter writer = new RecordWriter(delimiter, options.lenientQuotes());
            while (framer.hasMore()) {
                framer.next();
                trial.add(framer, writer);
            }
            trial.clean = true;
        } catch (InputException e) {
            // A wrong delimiter breaks quotes, and the end of the sample cuts them: what was framed so far counts.
            trial.clean = false;
        }
        trial.dropCut(whole());
        return trial;
    }

    /** In the wrong encoding no delimiter fits: then that is what has to be said. */
    private void refuseBadBytes() {
        CharWindow window = window(options.replaceBadBytes());
        try {
            while (window.fill(Integer.MAX_VALUE)) {
                window.start = window.limit;
            }
        } catch (IOException e) {
            throw Messages.unreadable(path, e);
        }
        boolean cut = !whole() && window.stoppedAt() > start.sample().length - LONGEST_CHARACTER;
        if (window.stoppedAt() >= 0 && !cut) {
            throw Messages.refuse(path, Messages.badBytes(window) + ".");
        }
    }

    private RecordFramer framer(char delimiter) {
        return new RecordFramer(path, window(true), delimiter, options);
    }

    private CharWindow window(boolean replacing) {
        CharWindow window = new CharWindow(
                Channels.newChannel(new ByteArrayInputStream(start.sample())), 0, start.charset(), replacing, null);
        try {
            window.skipBytes(start.bom() ? ByteOrderMark.length(start.charset()) : 0);
            return window;
        } catch (IOException e) {
            throw Messages.unreadable(path, e);
        }
    }

    /** What one delimiter makes of the sample. */
    private static final class Trial {
        private final char delimiter;
        private final List<Integer> widths = new ArrayList<>();
        private List<String> header = List.of();
        private char hint = CsvDialect.NONE;
        private boolean clean;

        Trial(char delimiter) {
            this.delimiter = delimiter;
        }

        char delimiter() {
            return delimiter;
        }

        void add(RecordFramer framer, RecordWriter writer) {
            if (!header.isEmpty()) {
                widths.add(framer.fields());
                return;
            }
            char named = CsvHeader.delimiterIn(framer.raw());
            if (named != CsvDialect.NONE && hint == CsvDialect.NONE) {
                hint = named;
                return;
            }
            header = writer.values(framer);
        }

        /** The last record of a sample that is not the whole file may be cut off. */
        void dropCut(boolean whole) {
            if (!whole && clean && widths.size() > 1) {
                widths.remove(widths.size() - 1);
            }
        }

        /** The share of rows that are as wide as the header. */
        double agreement() {
            long equal = widths.stream().filter(w -> w == header.size()).count();
            return widths.isEmpty() ? 1 : (double) equal / widths.size();
        }

        String describe() {
            return "with " + Delimiters.name(delimiter) + " the header has " + header.size() + " columns, and "
                    + Math.round(agreement() * 100) + " % of the rows have as many";
        }
    }
}
