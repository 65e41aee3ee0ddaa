package dev.pigeonhole.web.draft;

import dev.pigeonhole.workspace.CategoryLint;
import dev.pigeonhole.workspace.LintNote;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What could be better about the categories of a draft. Stateless. */
final class CategoryNotes {
    private CategoryNotes() {}

    static List<Map<String, @Nullable Object>> of(Draft draft) {
        if (draft.categories().isEmpty()) {
            return List.of();
        }
        return CategoryLint.of(draft.categories().taxonomy(), draft.settings().subBatchSize()).stream()
                .map(CategoryNotes::toMap)
                .toList();
    }

    private static Map<String, @Nullable Object> toMap(LintNote note) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("level", note.level().name().toLowerCase(Locale.ROOT));
        map.put("kind", note.kind().code());
        map.put("category", note.category());
        map.put("other", note.other());
        map.put("detail", note.detail());
        return map;
    }
}
