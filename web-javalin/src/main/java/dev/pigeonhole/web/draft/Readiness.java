package dev.pigeonhole.web.draft;

import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a draft is ready to run, and what is in the way. Immutable.
 *
 * @param blockers for people; empty if it can be run
 */
record Readiness(boolean file, boolean columns, boolean categories, boolean settings, List<String> blockers) {
    Readiness {
        blockers = List.copyOf(blockers);
    }

    /** @param inspected null if there is no file, or nobody has looked at it yet */
    static Readiness of(Draft draft, @Nullable Inspected inspected, SettingsCheck check) {
        List<String> blockers = new ArrayList<>();
        boolean file = file(draft, inspected, blockers);
        boolean columns = !draft.columns().text().isEmpty() && fit(draft, inspected);
        if (file && !columns) {
            blockers.add("choose the column that holds the text");
        }
        boolean categories = !draft.categories().isEmpty();
        if (!categories) {
            blockers.add("add at least one category");
        }
        return new Readiness(file, columns, categories, settings(draft.settings(), check, blockers), blockers);
    }

    private static boolean file(Draft draft, @Nullable Inspected inspected, List<String> blockers) {
        if (draft.file() == null) {
            blockers.add("choose a CSV file");
            return false;
        } else if (inspected instanceof Inspected.Unreadable) {
            blockers.add("say how the file is to be read, or choose another");
            return false;
        } else if (inspected instanceof Inspected.Found found
                && found.inspection().profile().rows() == 0) {
            blockers.add("choose a file with rows; this one has column names only");
            return false;
        }
        return true;
    }

    private static boolean fit(Draft draft, @Nullable Inspected inspected) {
        return !(inspected instanceof Inspected.Found found) || draft.columns().fit(found.names());
    }

    private static boolean settings(Settings settings, SettingsCheck check, List<String> blockers) {
        Fields errors = Fields.of(Map.of());
        check.check(settings, errors);
        if (!errors.isFine()) {
            blockers.add("put the settings right: " + errors.first());
            return false;
        } else if (settings.asksModel() && settings.model().isEmpty()) {
            blockers.add("name a language model");
            return false;
        }
        return true;
    }

    boolean isReady() {
        return blockers.isEmpty();
    }

    /**
     * @throws ProblemException something is in the way
     */
    void require() {
        if (!isReady()) {
            throw new ProblemException(
                    Problem.of(ProblemType.DRAFT_CONFLICT, "not ready yet: " + String.join("; ", blockers)));
        }
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", file);
        map.put("columns", columns);
        map.put("categories", categories);
        map.put("settings", settings);
        return map;
    }
}
