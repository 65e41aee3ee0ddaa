package dev.pigeonhole.core.combine;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.csv.CsvCells;
import dev.pigeonhole.core.csv.CsvProfile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** The columns that are added behind the original ones, in the order of {@link #NAMES}. Immutable, thread-safe. */
public final class ResultColumns {
    /** Their names, where the input does not have them already. */
    public static final List<String> NAMES =
            List.of("category", "category_status", "category_confidence", "category_source");

    private final CsvCells cells;
    private final char delimiter;
    private final List<String> names;

    private ResultColumns(char delimiter, List<String> names) {
        this.cells = CsvCells.delimitedBy(delimiter);
        this.delimiter = delimiter;
        this.names = names;
    }

    /** The result columns for an input; a name that it has already gets a number behind it. */
    public static ResultColumns of(CsvProfile profile) {
        Set<String> taken = new HashSet<>(profile.columns());
        List<String> names = new ArrayList<>();
        for (String name : NAMES) {
            String free = name;
            for (int i = 2; taken.contains(free); i++) {
                free = name + "_" + i;
            }
            names.add(free);
        }
        return new ResultColumns(profile.dialect().outputDelimiter(), List.copyOf(names));
    }

    /** The names as they are used. */
    public List<String> names() {
        return names;
    }

    /** The names of the input's own columns that made a suffix necessary. */
    public List<String> collisions() {
        return NAMES.stream().filter(n -> !names.contains(n)).toList();
    }

    /** The names as CSV, to stand behind the original header. */
    public String header() {
        return delimiter + cells.join(names);
    }

    /**
     * All that comes before the first row of an output, line ending included.
     *
     * @param bom whether a byte order mark comes first
     */
    public static String head(CsvProfile profile, boolean bom) {
        return (bom ? "\ufeff" : "")
                + profile.header()
                + of(profile).header()
                + profile.dialect().lineEnding();
    }

    /** Adds the outcome of a row as CSV to its original columns. */
    void append(Outcome outcome, StringBuilder line) {
        line.append(delimiter);
        cells.append(values(outcome), line);
    }

    private static List<String> values(Outcome outcome) {
        if (outcome instanceof Outcome.Categorized c) {
            return List.of(c.category(), "categorized", confidence(c.confidence()), c.source());
        } else if (outcome instanceof Outcome.Unmatched u) {
            return List.of("", "unmatched", confidence(u.confidence()), u.source());
        } else if (outcome instanceof Outcome.Failed) {
            return List.of("", "failed", "", "");
        }
        return List.of("", "skipped", "", "");
    }

    /** Four decimals: more would be noise, and rows would differ between machines. */
    private static String confidence(OptionalDouble confidence) {
        if (confidence.isEmpty()) {
            return "";
        }
        long tenThousandths = Math.round(confidence.getAsDouble() * 10_000);
        String digits = Long.toString(10_000 + tenThousandths % 10_000);
        return tenThousandths / 10_000 + "." + digits.substring(1);
    }
}
