package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.Digest;
import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.workspace.JobOptions;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes of drafts what can be run. Thread-safe. */
final class Recipes {
    private final DraftFolders folders;
    private final Inspections inspections;
    private final SettingsCheck check;
    private final Json json;

    Recipes(DraftFolders folders, Inspections inspections, SettingsCheck check, Json json) {
        this.folders = folders;
        this.inspections = inspections;
        this.check = check;
        this.json = json;
    }

    /** What is in the draft's file; null if it has none. */
    @Nullable
    Inspected inspected(Draft draft) {
        DraftFile file = draft.file();
        return file == null
                ? null
                : inspections.look(
                        input(draft, file),
                        file.name(),
                        draft.reading(),
                        draft.columns().text());
    }

    /** The same as far as it is known already. */
    @Nullable
    Inspected known(Draft draft) {
        DraftFile file = draft.file();
        return file == null || !Files.isRegularFile(input(draft, file), LinkOption.NOFOLLOW_LINKS)
                ? null
                : inspections
                        .known(
                                input(draft, file),
                                draft.reading(),
                                draft.columns().text())
                        .orElse(null);
    }

    Path input(Draft draft, DraftFile file) {
        return file.in(folders.path(draft.id()));
    }

    /**
     * What the draft would become.
     *
     * @throws dev.pigeonhole.web.json.ProblemException it is not ready
     */
    Recipe of(Draft draft) {
        Inspected inspected = inspected(draft);
        Readiness.of(draft, inspected, check).require();
        DraftFile file = draft.file();
        if (file == null || !(inspected instanceof Inspected.Found found)) {
            throw new IllegalStateException("ready without a file");
        }
        return new Recipe(
                draft,
                options(draft, input(draft, file)),
                draft.categories().taxonomy(),
                found.inspection().profile(),
                key(draft));
    }

    /** Changes with all that an estimate or a trial depends on. */
    String key(Draft draft) {
        return Digest.sha256(json.write(draft.recipe()));
    }

    private JobOptions options(Draft draft, Path input) {
        Path folder = folders.path(draft.id());
        Reading reading = draft.reading();
        Settings settings = draft.settings();
        return new JobOptions(
                input,
                folder.resolve(Recipe.OUTPUT),
                Optional.of(folder.resolve(Recipe.CATEGORIES)),
                draft.columns().text(),
                reading.encoding(),
                reading.delimiter(),
                reading.ragged(),
                reading.lenientQuotes(),
                reading.replaceBadBytes(),
                settings.provider(),
                settings.options(),
                settings.batchSize(),
                settings.subBatchSize(),
                settings.concurrency(),
                settings.outputBom());
    }
}
