package dev.pigeonhole.web.draft;

import dev.pigeonhole.web.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A draft as it is kept on disk. Stateless. */
final class DraftJson {
    private static final int VERSION = 1;
    private static final int MOST_CHARS = 10_000;

    private final Json json;

    DraftJson(Json json) {
        this.json = json;
    }

    String write(Draft draft) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("version", VERSION);
        map.put("id", draft.id());
        map.put("revision", draft.revision());
        map.put("created", draft.created().toString());
        map.put("updated", draft.updated().toString());
        map.put("like", draft.like());
        DraftFile file = draft.file();
        map.put("file", file == null ? null : file.toKeep());
        map.put("reading", draft.reading().toMap());
        map.put("columns", draft.columns().toMap());
        map.put("categories", draft.categories().toMap());
        map.put("settings", draft.settings().toMap());
        map.put("options", draft.settings().more());
        map.put("job", draft.job());
        map.put("startKey", draft.startKey());
        return json.write(map);
    }

    /**
     * @throws RuntimeException it is not what {@link #write} wrote
     */
    Draft read(String text) {
        Map<?, ?> map = json.read(text, Map.class);
        Fields fields = Fields.of(map);
        if (fields.number("version", 0, 0, Integer.MAX_VALUE) != VERSION) {
            throw new IllegalStateException("it was written by another version of this program");
        }
        Draft draft = new Draft(
                fields.text("id", "", MOST_CHARS),
                fields.longNumber("revision", 0, 0, Long.MAX_VALUE),
                Instant.parse(fields.text("created", "", MOST_CHARS)),
                Instant.parse(fields.text("updated", "", MOST_CHARS)),
                fields.text("like", "", MOST_CHARS),
                fields.has("file") ? DraftFile.kept(fields.object("file")) : null,
                Reading.of(fields.object("reading")),
                Columns.of(fields.object("columns")),
                CategoryList.of(fields.object("categories")),
                Settings.kept(
                        fields.object("settings"), map.get("options") instanceof Map<?, ?> more ? more : Map.of()),
                fields.text("job", "", MOST_CHARS),
                fields.text("startKey", "", MOST_CHARS));
        if (!fields.isFine()) {
            throw new IllegalStateException("some of it cannot be read");
        }
        return draft;
    }
}
