package com.example.helpdesk;

import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.csv.CsvValues;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The category of each ticket, back in the terms of the application. Immutable.
 *
 * @param categories by the id of the ticket, in the order of the inbox; empty for a ticket that none fits
 */
record Results(Map<String, String> categories) {
    Results {
        categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
    }

    /** From the output of a job, which has its columns behind those of the input. */
    static Results read(Path output) {
        CsvSource source = CsvSource.of(output).textColumns("subject");
        CsvProfile profile = source.scan();
        int id = profile.columns().indexOf("id");
        int category = profile.columns().indexOf("category");
        Map<String, String> categories = new LinkedHashMap<>();
        try (CsvRows<CsvValues> rows = source.values(profile, 1)) {
            while (rows.hasNext()) {
                CsvValues row = rows.next();
                categories.put(row.values().get(id), row.values().get(category));
            }
        }
        return new Results(categories);
    }
}
