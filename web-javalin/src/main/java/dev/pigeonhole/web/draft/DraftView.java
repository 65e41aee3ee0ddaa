package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.csv.CsvDialect;
import dev.pigeonhole.core.csv.CsvInspection;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.job.Notices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Drafts as the API shows them. Thread-safe. */
final class DraftView {
    private static final int MOST_SAMPLE = 200;

    private final SettingsCheck check;

    DraftView(SettingsCheck check) {
        this.check = check;
    }

    /** @param inspected null if there is no file, or nobody has looked at it yet */
    Map<String, @Nullable Object> of(Draft draft, @Nullable Inspected inspected) {
        Readiness ready = Readiness.of(draft, inspected, check);
        DraftFile file = draft.file();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("id", draft.id());
        map.put("name", draft.name());
        map.put("etag", draft.etag());
        map.put("createdAt", draft.created().toString());
        map.put("updatedAt", draft.updated().toString());
        map.put("job", draft.isJob() ? draft.job() : null);
        map.put("file", file == null ? null : file.toMap());
        map.put("reading", draft.reading().toMap());
        map.put("found", inspected instanceof Inspected.Found found ? found(found) : null);
        map.put(
                "problem",
                inspected instanceof Inspected.Unreadable unreadable
                        ? unreadable.problem().toMap("/api/v1/drafts/" + draft.id())
                        : null);
        map.put("columns", draft.columns().toMap());
        map.put("categories", draft.categories().toMap());
        map.put("lint", CategoryNotes.of(draft));
        map.put("settings", draft.settings().toMap());
        map.put("ready", ready.toMap());
        map.put("blockers", ready.blockers());
        return map;
    }

    private static Map<String, @Nullable Object> found(Inspected.Found look) {
        CsvInspection inspection = look.inspection();
        CsvProfile profile = inspection.profile();
        CsvDialect dialect = profile.dialect();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("encoding", dialect.charset().name());
        map.put("bom", dialect.bom());
        map.put("delimiter", dialect.delimiterName());
        map.put("lineEnding", lineEnding(dialect));
        map.put("rows", profile.rows());
        map.put("withoutText", inspection.withoutText());
        map.put("oddities", oddities(profile.oddities()));
        map.put("notices", Notices.of(profile));
        map.put("columns", columns(look));
        return map;
    }

    private static String lineEnding(CsvDialect dialect) {
        return switch (dialect.lineEnding()) {
            case "\r\n" -> "CRLF";
            case "\r" -> "CR";
            default -> "LF";
        };
    }

    private static Map<String, Object> oddities(CsvProfile.Oddities odd) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("blankLines", odd.blankLines());
        map.put("shortRows", odd.shortRows());
        map.put("longRows", odd.longRows());
        map.put("rowsWithNul", odd.rowsWithNul());
        map.put("rowsWithBadBytes", odd.rowsWithBadBytes());
        map.put("rowsWithLooseQuotes", odd.rowsWithLooseQuotes());
        return map;
    }

    private static List<Map<String, Object>> columns(Inspected.Found look) {
        CsvInspection inspection = look.inspection();
        List<String> names = inspection.profile().addresses();
        Guesses guesses = look.guesses();
        List<Map<String, Object>> columns = new ArrayList<>();
        for (CsvInspection.Column column : inspection.columns()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("index", column.index() + 1);
            map.put("name", names.get(column.index()));
            map.put("filled", Math.floor(column.filled() * 1_000) / 1_000);
            map.put("typicalLength", column.typicalLength());
            map.put("distinct", column.distinct());
            map.put("distinctExact", column.distinctExact());
            map.put("sample", TrialAnswers.cut(column.sample(), MOST_SAMPLE));
            map.put("guess", guesses.role(column.index()));
            map.put("reason", guesses.reason(column.index()));
            columns.add(map);
        }
        return columns;
    }
}
