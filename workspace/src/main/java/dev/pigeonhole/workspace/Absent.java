package dev.pigeonhole.workspace;

import dev.pigeonhole.workspace.LintNote.Kind;
import dev.pigeonhole.workspace.LintNote.Level;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Categories of which a sample has nothing. Stateless. */
final class Absent {
    /**
     * So many rows for each category, on average, make it odd that one has none: were all equally frequent, that would happen by
     * chance once in twenty thousand times (e to the power of -10).
     */
    private static final int ROWS_A_CATEGORY = 10;

    private static final int MOST_NOTES = 5;

    private Absent() {}

    /**
     * @param there names of categories that the sample has
     * @param how what no row does: "is labelled"
     */
    static List<LintNote> notes(List<String> names, Set<String> there, int rows, String how) {
        List<String> absent =
                names.stream().filter(name -> !there.contains(name)).toList();
        if (rows < ROWS_A_CATEGORY * names.size()) {
            return List.of();
        }
        String none = "none of " + LintWords.rows(rows) + " " + how + " ";
        if (absent.size() <= MOST_NOTES) {
            return absent.stream()
                    .map(name -> note(name, none + LintWords.quoted(name)))
                    .toList();
        }
        String named = LintWords.named(absent.stream().map(LintWords::quoted).toList());
        return List.of(note(null, none + "any of " + absent.size() + " categories: " + named));
    }

    private static LintNote note(@Nullable String name, String detail) {
        return new LintNote(
                Level.HINT,
                Kind.NOT_IN_SAMPLE,
                name,
                null,
                detail,
                "remove what is not needed; else give examples in the words of your rows");
    }
}
