package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.csv.CsvProfile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is fixed when a job is created. Immutable.
 *
 * @param name what the user calls it; may be empty
 * @param input the input file, absolute
 * @param output where the result goes, absolute
 * @param settings everything that can change an answer or the output, by name; a later run with other values is refused. No
 *     secrets
 * @param launch how the job was asked for, by name, so that it can be taken up without asking again; never compared. No secrets
 * @param categories names of the categories, in order
 * @param profile what the pre-scan found
 */
public record JobPlan(
        String name,
        Path input,
        Path output,
        SortedMap<String, String> settings,
        SortedMap<String, String> launch,
        List<String> categories,
        CsvProfile profile) {
    public JobPlan {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(profile, "profile");
        if (!input.isAbsolute() || !output.isAbsolute()) {
            throw new IllegalArgumentException("input and output must be absolute paths");
        }
        settings = sorted(settings);
        launch = sorted(launch);
        categories = List.copyOf(categories);
    }

    /** Whether this plan is for that input and output, and of that name if one is given. */
    public boolean isFor(String wantedName, Path wantedInput, Path wantedOutput) {
        return input.equals(wantedInput)
                && output.equals(wantedOutput)
                && (wantedName.isEmpty() || wantedName.equals(name));
    }

    private static SortedMap<String, String> sorted(Map<String, String> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
