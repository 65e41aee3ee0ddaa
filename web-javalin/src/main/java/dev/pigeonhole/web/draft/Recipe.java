package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.workspace.JobOptions;

/**
 * A draft that can be run. Immutable.
 *
 * @param options as of the job that it would become
 * @param profile of its input, read with its text columns
 * @param key changes with all that an estimate or a trial depends on
 */
record Recipe(Draft draft, JobOptions options, Taxonomy taxonomy, CsvProfile profile, String key) {
    static final String CATEGORIES = "categories.yaml";
    static final String OUTPUT = "output.csv";

    CsvSource source() {
        return options.source();
    }
}
