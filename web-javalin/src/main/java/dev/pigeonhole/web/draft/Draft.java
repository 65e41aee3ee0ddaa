package dev.pigeonhole.web.draft;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job in the making. Immutable; the {@code with} methods make others, and the store numbers them.
 *
 * @param revision grows by one with each change
 * @param like the job that it was made like; empty for none
 * @param file null before there is one
 * @param job what it has become; empty while it is a draft
 * @param startKey the idempotency key it was started with; empty for none
 */
record Draft(
        String id,
        long revision,
        Instant created,
        Instant updated,
        String like,
        @Nullable DraftFile file,
        Reading reading,
        Columns columns,
        CategoryList categories,
        Settings settings,
        String job,
        String startKey) {
    static final String NEW = "New job";

    static Draft empty(String id, Instant now) {
        return new Draft(
                id, 0, now, now, "", null, Reading.AUTO, Columns.NONE, CategoryList.NONE, Settings.DEFAULTS, "", "");
    }

    /** What people call it. */
    String name() {
        if (!settings.name().isEmpty()) {
            return settings.name();
        }
        return file == null ? NEW : file.name();
    }

    String etag() {
        return "\"" + revision + "\"";
    }

    boolean isJob() {
        return !job.isEmpty();
    }

    Draft numbered(long number, Instant now) {
        return new Draft(id, number, created, now, like, file, reading, columns, categories, settings, job, startKey);
    }

    Draft withLike(String other) {
        return new Draft(
                id, revision, created, updated, other, file, reading, columns, categories, settings, job, startKey);
    }

    Draft withFile(DraftFile other) {
        return new Draft(
                id, revision, created, updated, like, other, reading, columns, categories, settings, job, startKey);
    }

    Draft withReading(Reading other) {
        return new Draft(
                id, revision, created, updated, like, file, other, columns, categories, settings, job, startKey);
    }

    Draft withColumns(Columns other) {
        return new Draft(
                id, revision, created, updated, like, file, reading, other, categories, settings, job, startKey);
    }

    Draft withCategories(CategoryList other) {
        return new Draft(id, revision, created, updated, like, file, reading, columns, other, settings, job, startKey);
    }

    Draft withSettings(Settings other) {
        return new Draft(
                id, revision, created, updated, like, file, reading, columns, categories, other, job, startKey);
    }

    Draft withJob(String jobId, String key) {
        return new Draft(
                id, revision, created, updated, like, file, reading, columns, categories, settings, jobId, key);
    }

    /** All that a trial or an estimate depends on. */
    Map<String, Object> recipe() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", file == null ? "" : file.toKeep());
        map.put("reading", reading.toMap());
        map.put("text", columns.text());
        map.put("categories", categories.toMap());
        Map<String, Object> settings = settings().toMap();
        settings.remove("name");
        map.put("settings", settings);
        map.put("options", settings().options());
        return map;
    }
}
