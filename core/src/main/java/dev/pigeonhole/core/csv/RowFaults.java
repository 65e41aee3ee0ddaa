package dev.pigeonhole.core.csv;

import dev.pigeonhole.core.csv.CsvInspection.Problem;
import dev.pigeonhole.core.csv.CsvInspection.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says what is odd about the row that was framed last. Immutable. */
record RowFaults(Shape shape) {
    List<Problem> of(RecordFramer framer) {
        if (framer.fields() == shape.headerWidth() && !framer.hasNul() && !framer.hasReplaced() && !framer.isLoose()) {
            return List.of();
        }
        List<Problem> faults = new ArrayList<>();
        if (framer.fields() != shape.headerWidth()) {
            ProblemKind kind = framer.fields() < shape.headerWidth() ? ProblemKind.SHORT : ProblemKind.LONG;
            faults.add(problem(framer, kind, columns(framer.fields()) + " instead of " + shape.headerWidth()));
        }
        if (framer.hasNul()) {
            faults.add(problem(
                    framer, ProblemKind.NUL, "the character U+0000, which is kept and not shown to the categorizer"));
        }
        if (framer.hasReplaced()) {
            faults.add(problem(framer, ProblemKind.BAD_BYTES, "bytes that are no characters, replaced by U+FFFD"));
        }
        if (framer.isLoose()) {
            faults.add(problem(framer, ProblemKind.LOOSE_QUOTE, "text after a closing quote, joined to the value"));
        }
        return faults;
    }

    /** The same as one line. */
    String note(RecordFramer framer) {
        String note = of(framer).stream().map(Problem::detail).collect(Collectors.joining("; "));
        return shape.setsAside(framer.fields()) ? note + "; the row will be set aside as failed" : note;
    }

    private static Problem problem(RecordFramer framer, ProblemKind kind, String detail) {
        return new Problem(framer.row(), framer.line(), kind, detail);
    }

    private static String columns(int count) {
        return count == 1 ? "1 column" : count + " columns";
    }
}
