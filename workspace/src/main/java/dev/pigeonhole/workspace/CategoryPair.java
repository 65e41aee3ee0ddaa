package dev.pigeonhole.workspace;

import dev.pigeonhole.workspace.LintNote.Kind;
import dev.pigeonhole.workspace.LintNote.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Two categories, the earlier one in the list first. Immutable.
 *
 * @param first its name
 * @param second its name
 */
record CategoryPair(String first, String second) {
    /** So many pairs come one by one; what is left is one note. */
    private static final int MOST_NOTES = 5;

    /** @param names of all, in their order */
    static CategoryPair of(List<String> names, String a, String b) {
        return names.indexOf(a) < names.indexOf(b) ? new CategoryPair(a, b) : new CategoryPair(b, a);
    }

    /** {@code "A" and "B"}. */
    String quoted() {
        return LintWords.quoted(first) + " and " + LintWords.quoted(second);
    }

    /**
     * A note for each of the first pairs, and one for all others.
     *
     * @param pairs the worst first
     * @param what is so of the others: "are taken for each other"
     */
    static List<LintNote> notes(
            List<CategoryPair> pairs, Function<CategoryPair, LintNote> note, Kind kind, String what) {
        List<LintNote> notes =
                new ArrayList<>(pairs.stream().limit(MOST_NOTES).map(note).toList());
        if (pairs.size() > MOST_NOTES) {
            List<String> others = pairs.subList(MOST_NOTES, pairs.size()).stream()
                    .map(CategoryPair::quoted)
                    .toList();
            notes.add(new LintNote(
                    Level.HINT,
                    kind,
                    null,
                    null,
                    "less so, but " + what + " too: " + LintWords.named(others),
                    "begin with those above, and look again"));
        }
        return notes;
    }
}
