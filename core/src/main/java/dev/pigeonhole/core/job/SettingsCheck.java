package dev.pigeonhole.core.job;

import dev.pigeonhole.core.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Refuses to go on with a job under other settings, and says which. */
final class SettingsCheck {
    private static final int MOST_NAMED = 10;
    private static final int DIGEST_LENGTH = 64;

    /** The setting that is the digest of the input. */
    static final String INPUT = "input.content";

    private SettingsCheck() {}

    /** Looked at first: a categorizer may learn from the input. */
    static void requireSameInput(String jobId, String then, String now) {
        requireSame(jobId, new TreeMap<>(Map.of(INPUT, then)), new TreeMap<>(Map.of(INPUT, now)));
    }

    static void requireSame(String jobId, SortedMap<String, String> then, SortedMap<String, String> now) {
        List<String> differences = differences(then, now);
        if (!differences.isEmpty()) {
            int more = differences.size() - MOST_NAMED;
            throw new ConfigurationException("job " + jobId + " was begun with something else:\n  "
                    + String.join("\n  ", differences.subList(0, Math.min(MOST_NAMED, differences.size())))
                    + (more > 0 ? "\n  and " + more + " more differences" : "")
                    + "\nput it back as it was to go on with the job, or begin a new one with --existing new");
        }
    }

    private static List<String> differences(SortedMap<String, String> then, SortedMap<String, String> now) {
        SortedSet<String> names = new TreeSet<>(then.keySet());
        names.addAll(now.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            String before = then.get(name);
            String after = now.get(name);
            if (before == null || !before.equals(after)) {
                differences.add(name + ": " + difference(before, after));
            }
        }
        return differences;
    }

    private static String difference(@Nullable String before, @Nullable String after) {
        if (before == null) {
            return "new, was not there before";
        }
        if (after == null) {
            return "missing, was there before";
        }
        return isDigest(before) ? "its content has changed" : "was \"" + before + "\", now \"" + after + "\"";
    }

    private static boolean isDigest(String value) {
        return value.length() == DIGEST_LENGTH && value.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }
}
