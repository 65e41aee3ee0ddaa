package dev.pigeonhole.workspace.quote;

import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.csv.CsvValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a column says of some rows of a file. Stateless. */
public final class RowLabels {
    private RowLabels() {}

    /**
     * Reads no further than the last of the rows.
     *
     * @param profile of this file, by a source with the same settings
     * @param column its name or, counted from 1, {@code #3}
     * @param rows in the order of the file
     * @return by number of the row
     * @throws dev.pigeonhole.core.ConfigurationException there is no such column, or more than one has the name
     */
    public static Map<Long, String> of(CsvSource source, CsvProfile profile, String column, List<CsvItem> rows) {
        int index = source.labelColumn(column).labelColumn(profile);
        Map<Long, String> labels = new HashMap<>();
        try (CsvRows<CsvValues> all = source.values(profile, 1)) {
            for (CsvItem row : rows) {
                labels.put(row.row(), all.skipTo(row.row()).next().values().get(index));
            }
        }
        return labels;
    }
}
