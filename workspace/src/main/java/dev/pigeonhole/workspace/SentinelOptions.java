package dev.pigeonhole.workspace;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.file.RealPath;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the texts of known category are that ride along with a job's questions. Immutable.
 *
 * @param column that holds the right categories: of the gold file if there is one, else of the input; empty if there are no known texts
 * @param gold a file of known texts; empty if some rows of the input are known
 * @param on whether they ride along; the column is kept with the job in any case
 * @param floor the job pauses if surely less than this share of them is answered rightly, from 0 to 1
 */
public record SentinelOptions(String column, Optional<Path> gold, boolean on, OptionalDouble floor) {
    /** No known texts. */
    public static final SentinelOptions NONE = new SentinelOptions("", Optional.empty(), false, OptionalDouble.empty());

    private static final String SWITCH = "sentinels";
    private static final String ON = "auto";
    private static final String OFF = "off";
    private static final String GOLD = "gold";
    private static final String GOLD_COLUMN = "gold-column";
    private static final String FLOOR = "sentinel-floor";
    /** In smaller sub-batches nobody rides along. */
    private static final int LEAST_SUB_BATCH = 4;

    public SentinelOptions {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(gold, "gold");
        Objects.requireNonNull(floor, "floor");
    }

    /**
     * Refuses what makes no sense together.
     *
     * @throws ConfigurationException it does not
     */
    public void requireUsable(int subBatchSize) {
        if (column.isEmpty() && gold.isPresent()) {
            throw new ConfigurationException(
                    "--gold " + gold.get() + ": which of its columns holds the right categories? Name it with --truth");
        }
        if (column.isEmpty() && floor.isPresent()) {
            throw new ConfigurationException("--sentinel-floor needs rows whose category is known: name a column of the"
                    + " input with --truth, or a file of such rows with --gold FILE --truth COLUMN");
        }
        if (on && subBatchSize < LEAST_SUB_BATCH) {
            throw new ConfigurationException("known rows ride along in sub-batches of at least " + LEAST_SUB_BATCH
                    + " rows, and --sub-batch-size is " + subBatchSize + "; take larger ones, or add --sentinels off");
        }
    }

    /** As the store keeps them; nothing if there are none. */
    SortedMap<String, String> toMap() {
        SortedMap<String, String> map = new TreeMap<>();
        if (!column.isEmpty()) {
            map.put(SWITCH, on ? ON : OFF);
            map.put(gold.isPresent() ? GOLD_COLUMN : JobOptions.TRUTH_COLUMN, column);
            gold.ifPresent(file -> map.put(GOLD, RealPath.of(file).toString()));
            floor.ifPresent(share -> map.put(FLOOR, Double.toString(share)));
        }
        return map;
    }

    /** A job may name a column with the right categories and yet have been begun without this. */
    static SentinelOptions of(Map<String, String> map) {
        if (!map.containsKey(SWITCH)) {
            return NONE;
        }
        Optional<Path> gold = Optional.ofNullable(map.get(GOLD)).map(Path::of);
        String floor = map.get(FLOOR);
        return new SentinelOptions(
                map.getOrDefault(gold.isPresent() ? GOLD_COLUMN : JobOptions.TRUTH_COLUMN, ""),
                gold,
                ON.equals(map.get(SWITCH)),
                floor == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(floor)));
    }
}
