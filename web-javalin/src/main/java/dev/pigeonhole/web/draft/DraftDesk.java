package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.RankerProvider;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.file.Disk;
import dev.pigeonhole.web.job.JobDesk;
import dev.pigeonhole.web.job.JobFiles;
import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.Providers;
import dev.pigeonhole.workspace.quote.Measurements;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The drafts of a workspace: from a file to a job. What is here survives the process; of a running trial only what it has paid for.
 * Thread-safe. Methods throw {@link ProblemException} where a request is at fault.
 */
public final class DraftDesk implements JobFiles, AutoCloseable {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 16;
    /** Models that can be compared at once, and characters of the name of one. */
    private static final int MOST_MODELS = 8;

    private static final int MOST_MODEL = 200;
    /** Calls in flight of a trial are waited for so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** A place to look at categories is waited for so long: as long as a look takes with very many of them. */
    private static final Duration LOOK = Duration.ofSeconds(15);

    private final DraftFolders folders;
    private final Drafts drafts;
    private final Disk disk;
    private final Recipes recipes;
    private final SettingsCheck check;
    private final DraftView view;
    private final Estimates estimates;
    private final Trials trials;
    private final Confusables confusables;
    private final Likeness likeness;
    private final Launch launch;
    private final Examples examples;
    private final CheckpointStore store;
    private final RandomGenerator random;

    /**
     * Opens a desk. Nothing is made on disk before there is a draft; what a sudden end has left there is removed.
     *
     * @param store closed by whoever opened it, after the desk
     * @param jobs runs what drafts become
     * @param baseUrls servers of language models that may be chosen
     * @param random makes ids that nobody can guess
     */
    public DraftDesk(
            Path workspace,
            CheckpointStore store,
            JobDesk jobs,
            List<String> baseUrls,
            Json json,
            Clock clock,
            RandomGenerator random) {
        this(workspace, store, jobs, baseUrls, json, clock, random, Disk.real(), PATIENCE);
    }

    /** @param patience calls in flight of a trial are waited for so long */
    DraftDesk(
            Path workspace,
            CheckpointStore store,
            JobDesk jobs,
            List<String> baseUrls,
            Json json,
            Clock clock,
            RandomGenerator random,
            Disk disk,
            Duration patience) {
        this.disk = disk;
        this.store = store;
        this.random = random;
        this.folders = new DraftFolders(workspace, disk);
        LostJobs lost = new LostJobs(store);
        this.drafts = new Drafts(folders, json, clock, this::newId, lost);
        this.check = new SettingsCheck(baseUrls);
        this.recipes = new Recipes(folders, new Inspections(), check, json);
        this.view = new DraftView(check);
        Measurements measured = Measurements.in(workspace);
        this.estimates = new Estimates(store, measured);
        this.trials = new Trials(
                new TrialFolder(workspace, store),
                folders,
                store,
                estimates,
                measured,
                json,
                clock,
                this::newId,
                patience);
        this.confusables = new Confusables(RankerProvider.find(), json, LOOK);
        this.likeness = new Likeness(folders);
        this.launch = new Launch(drafts, folders, recipes, estimates, trials, store, lost, jobs);
        this.examples = new Examples(drafts, this::like);
        Leftovers.sweep(folders, drafts, lost, store);
        trials.sweep();
    }

    private String newId() {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        random.ints(ID_LENGTH, 0, LETTERS.length()).forEach(i -> id.append(LETTERS.charAt(i)));
        return id.toString();
    }

    private String newFileName() {
        return "input-" + newId() + DraftFile.SUFFIX;
    }

    // ---- looking

    Draft get(String id) {
        return drafts.get(id);
    }

    Map<String, @Nullable Object> shown(Draft draft) {
        return view.of(draft, recipes.inspected(draft));
    }

    /** Files are not looked at for it: a draft that nobody has opened since the start shows nothing of its file. */
    List<Map<String, @Nullable Object>> list() {
        return drafts.open().stream()
                .map(draft -> view.of(draft, recipes.known(draft)))
                .toList();
    }

    /** What is in the file of a draft, which must have one that can be read. */
    Inspected.Found found(Draft draft) {
        Inspected inspected = recipes.inspected(draft);
        if (inspected instanceof Inspected.Found found) {
            return found;
        } else if (inspected instanceof Inspected.Unreadable unreadable) {
            throw new ProblemException(unreadable.problem());
        }
        throw new ProblemException(
                Problem.of(ProblemType.DRAFT_CONFLICT, "this draft has no file yet; upload one first"));
    }

    /** The file of a draft as it is read now. */
    CsvSource source(Draft draft) {
        DraftFile file = draft.file();
        if (file == null) {
            throw new IllegalStateException("no file");
        }
        return draft.reading()
                .of(recipes.input(draft, file))
                .textColumns(draft.columns().text());
    }

    // ---- making

    Draft create() {
        return drafts.create(draft -> draft);
    }

    Draft ofSample(String id) {
        Samples.Sample sample = Samples.named(id);
        return drafts.create(draft -> {
            String stored = newFileName();
            long bytes = Samples.copy(sample, disk, folders.path(draft.id()).resolve(stored));
            return draft.withFile(new DraftFile(sample.name(), bytes, true, stored, ""))
                    .withColumns(Samples.columns(sample))
                    .withCategories(CategoryList.of(Samples.taxonomy(sample)));
        });
    }

    Draft like(String jobId) {
        return like(job(jobId));
    }

    private Draft like(JobRecord job) {
        return drafts.create(draft -> likeness.fill(draft, job, newFileName()));
    }

    private JobRecord job(String id) {
        return (id.matches("[A-Za-z0-9._-]{1,64}") ? store.find(id) : Optional.<JobRecord>empty())
                .orElseThrow(() -> new ProblemException(
                        Problem.of(ProblemType.NOT_FOUND, "there is no such job; it may have been deleted")));
    }

    void delete(String id) {
        drafts.locked(id, draft -> {
            Drafts.requireOpen(drafts.settled(draft));
            trials.requireEnded(id, "the draft was deleted", "delete the draft in a moment");
            trials.forget(id);
            drafts.remove(id);
            return draft;
        });
    }

    // ---- changing

    /**
     * Takes a file in place of the one that was there.
     *
     * @param upload writes it where it is told, and returns how many bytes it has
     */
    Draft takeFile(String id, String name, ToLongFunction<Path> upload) {
        Drafts.requireOpen(drafts.get(id));
        String stored = newFileName();
        Path target = folders.path(id).resolve(stored);
        long bytes = upload.applyAsLong(target);
        boolean taken = false;
        try {
            FileSniff.requireText(target);
            DraftFile file = new DraftFile(DraftFile.shown(name), bytes, false, stored, "");
            Draft after = drafts.change(id, "", draft -> fitted(draft.withFile(file)));
            taken = true;
            return after;
        } finally {
            if (!taken && folders.isThere(id)) {
                folders.delete(id, stored);
            }
        }
    }

    /** Columns that are not in the file any more make room for what is probably meant. */
    private Draft fitted(Draft draft) {
        Inspected inspected = recipes.inspected(draft.withColumns(Columns.NONE));
        if (!(inspected instanceof Inspected.Found found)) {
            return draft;
        }
        boolean chosen = !draft.columns().text().isEmpty() && draft.columns().fit(found.names());
        return chosen ? draft : draft.withColumns(found.guesses().columns());
    }

    Draft change(String id, String ifMatch, Map<?, ?> body) {
        return drafts.change(id, ifMatch, draft -> changed(draft, Fields.of(body)));
    }

    private Draft changed(Draft draft, Fields fields) {
        Draft next = draft;
        if (fields.has("settings")) {
            Fields settings = fields.object("settings");
            next = next.withSettings(Settings.of(settings, draft.settings()));
            check.check(next.settings(), settings);
        }
        if (fields.has("reading")) {
            next = next.withReading(Reading.of(fields.object("reading")));
        }
        Fields columns = fields.object("columns");
        Optional<Columns> asked = fields.has("columns") ? Optional.of(Columns.of(columns)) : Optional.empty();
        fields.end();
        fields.requireFine(ProblemType.SETTING_WRONG);
        if (asked.isPresent()) {
            next = next.withColumns(usable(next, asked.get(), columns));
            fields.requireFine(ProblemType.SETTING_WRONG);
        } else if (fields.has("reading") && next.file() != null) {
            next = fitted(next);
        }
        return next;
    }

    private Columns usable(Draft draft, Columns asked, Fields errors) {
        Inspected inspected = recipes.inspected(draft.withColumns(Columns.NONE));
        if (inspected instanceof Inspected.Found found) {
            return asked.in(found.names(), errors);
        }
        errors.wrong(
                "",
                inspected == null
                        ? "there is no file yet whose columns could be chosen; upload one first"
                        : "the file cannot be read in this way, so its columns are not known; change the reading first");
        return Columns.NONE;
    }

    Draft changeCategories(String id, String ifMatch, Map<?, ?> body) {
        Fields fields = Fields.of(body);
        CategoryList list = CategoryList.of(fields);
        fields.requireFine(ProblemType.CATEGORIES_WRONG);
        return changeCategories(id, ifMatch, list);
    }

    Draft importCategories(String id, String ifMatch, Map<?, ?> body) {
        Fields fields = Fields.of(body);
        String name = DraftFile.shown(fields.text("name", "categories.txt", 255));
        String text = fields.text("text", "", 1 << 20);
        fields.end();
        fields.requireFine(ProblemType.CATEGORIES_WRONG);
        return changeCategories(id, ifMatch, CategoryList.of(parsed(name, text)));
    }

    private static Taxonomy parsed(String name, String text) {
        try {
            return Taxonomy.parse(name, text);
        } catch (ConfigurationException e) {
            throw new ProblemException(
                    new Problem(
                            ProblemType.CATEGORIES_WRONG,
                            e.getMessage(),
                            Map.of("errors", List.of(Map.of("pointer", "/text", "detail", e.getMessage())))),
                    e);
        }
    }

    private Draft changeCategories(String id, String ifMatch, CategoryList list) {
        return drafts.change(id, ifMatch, draft -> {
            requireFits(list);
            return draft.withCategories(list);
        });
    }

    /** What cannot be kept as a file must be told now, not when the job begins. */
    private static void requireFits(CategoryList list) {
        if (list.isEmpty()) {
            return;
        }
        try {
            CategoryFile.write(list.taxonomy());
        } catch (ConfigurationException e) {
            throw new ProblemException(Problem.of(ProblemType.CATEGORIES_WRONG, e.getMessage()), e);
        }
    }

    // ---- trying

    /** @param body may name models to compare in place of the draft's own */
    Map<String, @Nullable Object> estimate(String id, Map<?, ?> body) {
        Fields fields = Fields.of(body);
        List<String> models = fields.texts("models", MOST_MODELS, MOST_MODEL).stream()
                .distinct()
                .toList();
        fields.end();
        Recipe recipe = recipes.of(drafts.get(id));
        if (!models.isEmpty() && !recipe.draft().settings().asksModel()) {
            fields.wrong("models", "this draft asks no language model, so there is nothing to compare");
        }
        fields.requireFine(ProblemType.SETTING_WRONG);
        return estimates.of(recipe, models).toMap(trials.measured(recipe).orElse(null));
    }

    /** Which categories will be confused. May take seconds. */
    Map<String, @Nullable Object> lint(String id) {
        Draft draft = drafts.get(id);
        return confusables.of(
                draft,
                recipes.inspected(draft),
                Optional.ofNullable(draft.file()).map(file -> source(draft)));
    }

    Map<String, @Nullable Object> tryRows(String id, int rows) {
        return drafts.locked(id, draft -> {
            Drafts.requireOpen(draft);
            Recipe recipe = recipes.of(draft);
            Launch.requireKey(recipe);
            return trials.begin(recipe, rows);
        });
    }

    Map<String, @Nullable Object> trial(String id) {
        return trials.last(id, recipes.key(drafts.get(id)))
                .orElseThrow(() ->
                        new ProblemException(Problem.of(ProblemType.NOT_FOUND, "nothing of this draft was tried yet")));
    }

    /** What the categorizer gets of a row. */
    Map<String, @Nullable Object> prompt(String id, long row) {
        Recipe recipe = recipes.of(drafts.get(id));
        CsvItem item = item(recipe.source(), recipe.profile(), row);
        List<Map<String, Object>> messages = new ArrayList<>();
        if (!item.text().isBlank()) {
            JobOptions options = recipe.options();
            Providers.named(options.provider())
                    .prompt(recipe.taxonomy(), options.providerOptions(), List.of(new Item(row, item.text())))
                    .forEach(each -> messages.add(Map.of("role", each.role(), "content", each.content())));
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("row", row);
        map.put("text", item.text());
        map.put("messages", messages);
        return map;
    }

    private static CsvItem item(CsvSource source, CsvProfile profile, long row) {
        if (row < 1 || row > profile.rows()) {
            throw new ProblemException(Problem.of(
                    ProblemType.NOT_FOUND, "there is no such row; the file has rows 1 to " + profile.rows()));
        }
        try (CsvRows<CsvItem> rows = source.items(profile, row)) {
            return rows.next();
        }
    }

    // ---- becoming a job

    /** @param key the same key gives the same job; empty for none */
    Launch.Started start(String id, String key) {
        return launch.start(id, key);
    }

    /** Adds the text of a row of a job to the categories of a draft like that job. */
    Map<String, @Nullable Object> addExample(String jobId, long row, String category) {
        JobRecord job = job(jobId);
        String text = item(JobOptions.of(job.plan()).source(), job.plan().profile(), row)
                .text()
                .strip();
        if (text.isEmpty()) {
            throw new ProblemException(
                    Problem.of(ProblemType.DRAFT_CONFLICT, "this row has no text that could be an example"));
        }
        Draft after = examples.add(job, category, text);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("category", category);
        map.put("examples", after.categories().examples(category));
        map.put("draft", shown(after));
        return map;
    }

    /** A mark, so that a store that has lost its jobs is not taken for one whose jobs were deleted. */
    @Override
    public void removing(JobRecord job) {
        String id = job.plan().launch().getOrDefault(Likeness.DRAFT, "");
        if (folders.isThere(id)) {
            folders.write(id, Leftovers.DELETING, "");
        }
    }

    /** The upload and the output of a job that was begun here go with it. */
    @Override
    public void removed(JobRecord job) {
        String id = job.plan().launch().getOrDefault(Likeness.DRAFT, "");
        if (folders.isThere(id)) {
            trials.forget(id);
            drafts.remove(id);
        }
        examples.forget(job.id());
    }

    /** Stops trials; waits for their calls in flight, but not for ever. */
    @Override
    public void close() {
        trials.close();
    }
}
