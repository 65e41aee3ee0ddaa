package dev.pigeonhole.web.draft;

import dev.pigeonhole.workspace.CategoryLint;
import dev.pigeonhole.workspace.LintNote;
import dev.pigeonhole.workspace.LintNote.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What could be better about the categories of a draft, as far as it can be seen without a row. Stateless. */
final class CategoryNotes {
    private CategoryNotes() {}

    static List<Map<String, @Nullable Object>> of(Draft draft) {
        if (draft.categories().isEmpty()) {
            return List.of();
        }
        List<Map<String, @Nullable Object>> notes = new ArrayList<>();
        for (LintNote note :
                CategoryLint.of(draft.categories().taxonomy(), draft.settings().subBatchSize())) {
            if (note.kind() != Kind.SUB_BATCH || draft.settings().asksModel()) {
                notes.add(note.toMap());
            }
        }
        return notes;
    }
}
