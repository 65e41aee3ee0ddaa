package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.checkpoint.JobPlan;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.file.RealPath;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import dev.pigeonhole.workspace.JobOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Fills a draft with all that a job was begun with. Thread-safe. */
final class Likeness {
    /** Launch values of a job, beside its options. */
    static final String ID_COLUMN = "id-column";

    static final String DRAFT = "draft";
    static final String FILE = "file";

    private static final Set<String> OWN = Set.of(
            Settings.MODEL,
            Settings.BASE_URL,
            Settings.MAX_COST,
            Settings.RPM,
            Settings.TPM,
            Settings.FRESH,
            Settings.CASCADE,
            Settings.HINTS);

    private final DraftFolders folders;

    Likeness(DraftFolders folders) {
        this.folders = folders;
    }

    /**
     * @throws ProblemException the input of the job is gone, or the job was begun by another program
     */
    Draft fill(Draft draft, JobRecord job, String stored) {
        JobPlan plan = job.plan();
        JobOptions options = options(plan);
        DraftFile file = file(draft, plan, stored);
        return draft.withLike(job.id())
                .withFile(file)
                .withReading(new Reading(
                        options.encoding(),
                        options.delimiter(),
                        options.ragged(),
                        options.lenientQuotes(),
                        options.replaceBadBytes()))
                .withColumns(columns(plan))
                .withCategories(categories(options, plan))
                .withSettings(settings(options, plan.name()));
    }

    private static JobOptions options(JobPlan plan) {
        try {
            return JobOptions.of(plan);
        } catch (ConfigurationException e) {
            throw new ProblemException(Problem.of(ProblemType.DRAFT_CONFLICT, e.getMessage()), e);
        }
    }

    /** A file of the page gets a second name, so that either job can be deleted; one of the command line stays where it is. */
    private DraftFile file(Draft draft, JobPlan plan, String stored) {
        Path input = plan.input();
        if (!Files.isRegularFile(input, LinkOption.NOFOLLOW_LINKS)) {
            throw new ProblemException(Problem.of(
                    ProblemType.DRAFT_CONFLICT,
                    "the input of that job is not there any more; put it back, or upload it for a new job"));
        }
        String name = plan.launch().getOrDefault(FILE, input.getFileName().toString());
        if (!input.startsWith(RealPath.of(folders.root()))) {
            return new DraftFile(name, size(input), false, "", input.toString());
        }
        folders.link(input, folders.path(draft.id()).resolve(stored));
        return new DraftFile(name, size(input), false, stored, "");
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw DraftFolders.failure("cannot read the input of that job", e);
        }
    }

    private static Columns columns(JobPlan plan) {
        CsvProfile profile = plan.profile();
        List<String> names = profile.addresses();
        return new Columns(
                profile.textColumns().stream().map(names::get).toList(),
                known(plan, ID_COLUMN, names),
                known(plan, JobOptions.TRUTH_COLUMN, names));
    }

    private static @Nullable String known(JobPlan plan, String key, List<String> names) {
        String column = plan.launch().get(key);
        return column != null && names.contains(column) ? column : null;
    }

    /** The file of a job of the command line may be gone, or there was none; then its names are left. */
    private static CategoryList categories(JobOptions options, JobPlan plan) {
        return options.categories()
                .filter(Files::isRegularFile)
                .map(file -> CategoryList.of(options.taxonomy()))
                .orElseGet(() -> new CategoryList(
                        "", true, plan.categories().stream().map(Category::of).toList()));
    }

    private static Settings settings(JobOptions options, String name) {
        Map<String, String> all = options.providerOptions();
        Map<String, String> more = new TreeMap<>(all);
        boolean local = options.provider().equals(Settings.LOCAL);
        // The model of a local provider is a file of the server, which the page neither shows nor sets.
        more.keySet().removeIf(option -> OWN.contains(option) && !(local && option.equals(Settings.MODEL)));
        return new Settings(
                name,
                options.provider(),
                local ? "" : all.getOrDefault(Settings.MODEL, ""),
                all.getOrDefault(Settings.BASE_URL, ""),
                options.batchSize(),
                options.subBatchSize(),
                options.concurrency(),
                all.getOrDefault(Settings.MAX_COST, ""),
                all.getOrDefault(Settings.RPM, ""),
                all.getOrDefault(Settings.TPM, ""),
                Boolean.parseBoolean(all.getOrDefault(Settings.FRESH, "false")),
                all.getOrDefault(Settings.HINTS, Settings.AUTO),
                all.getOrDefault(Settings.CASCADE, ""),
                options.outputBom(),
                more);
    }
}
