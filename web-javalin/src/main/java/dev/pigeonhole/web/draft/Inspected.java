package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.csv.CsvInspection;
import dev.pigeonhole.web.json.Problem;
import java.util.List;

/** What a look at a file has brought. Immutable. */
sealed interface Inspected {
    /**
     * It can be read.
     *
     * @param guesses made without knowing what was chosen
     */
    record Found(CsvInspection inspection, Guesses guesses) implements Inspected {
        /** Whether these, and no others, are the text columns. */
        boolean takes(List<String> text) {
            List<String> names = inspection.profile().addresses();
            return inspection.profile().textColumns().stream()
                    .map(names::get)
                    .toList()
                    .equals(text);
        }

        ColumnNames names() {
            return new ColumnNames(inspection.profile());
        }
    }

    /** It cannot be read in this way. */
    record Unreadable(Problem problem) implements Inspected {}
}
