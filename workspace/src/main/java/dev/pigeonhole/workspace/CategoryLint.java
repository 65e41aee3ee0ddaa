package dev.pigeonhole.workspace;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.workspace.LintNote.Kind;
import dev.pigeonhole.workspace.LintNote.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks through categories for what makes answers bad, before anything is paid for them. Good for one use. */
public final class CategoryLint {
    /** So many notes of a kind come one by one; more become one note. */
    private static final int MOST_OF_A_KIND = 5;

    private static final int MANY = 50;
    private static final int VERY_MANY = 200;
    private static final int FEW_ROWS = 10;
    /** What the large providers allow in a schema, if they count a list once for each use (llm's {@code ReplySchema}). */
    private static final int MOST_CHOICES = 1_000;
    /** With fewer rows a call, the list of categories costs more than the rows. */
    private static final int FEWEST_ROWS = 5;

    private static final int MOST_WORDS_OF_OTHER = 3;
    /** How people call the category for the rest; as {@link CategoryWords} cuts them. */
    private static final Set<String> REST =
            words("other others misc miscellaneous else none unknown na unclear undefined"
                    + " uncategorized uncategorised unclassified rest remaining catchall"
                    + " sonstiges sonstige sonstiger andere anderes verschiedenes unbekannt ubrige"
                    + " autre autres divers inconnu aucun otro otra otros otras varios ninguno ninguna desconocido"
                    + " altro altri altre varie nessuno outro outra outros nenhum diverso overig overige anders onbekend"
                    + " inne inny pozostale nieznane diger muu annat andet annet jine ostatni egyeb"
                    + " другое другие прочее прочие неизвестно その他 不明 其他 其它 未知 기타 أخرى");

    private final Taxonomy taxonomy;
    private final List<Category> categories;
    private final List<LintNote> notes = new ArrayList<>();

    private CategoryLint(Taxonomy taxonomy) {
        this.taxonomy = taxonomy;
        this.categories = taxonomy.categories();
    }

    /**
     * What was found, the worst first.
     *
     * @param subBatchSize rows that are sent with one call, at least 1
     */
    public static List<LintNote> of(Taxonomy taxonomy, int subBatchSize) {
        CategoryLint lint = new CategoryLint(taxonomy);
        lint.number(subBatchSize);
        lint.subBatch(subBatchSize);
        lint.nearDuplicates();
        lint.overlaps();
        lint.rest();
        lint.descriptions();
        lint.examples();
        return sorted(lint.notes);
    }

    /** All notes, the worst first; those of a level by kind. */
    public static List<LintNote> sorted(List<LintNote> some, List<LintNote> others) {
        return sorted(Stream.concat(some.stream(), others.stream()).toList());
    }

    /** The worst first; those of a level by kind. */
    static List<LintNote> sorted(List<LintNote> notes) {
        return notes.stream()
                .sorted(Comparator.comparing(LintNote::level).thenComparing(LintNote::kind))
                .toList();
    }

    private void number(int subBatchSize) {
        int count = categories.size();
        if (count == 1) {
            oneCategory();
        } else if (count > MANY) {
            String price = subBatchSize < FEW_ROWS
                    ? "; the whole list is sent with each call, so more than " + subBatchSize
                            + " rows a call would cost less"
                    : "";
            add(
                    count > VERY_MANY ? Level.WARNING : Level.HINT,
                    Kind.TOO_MANY,
                    null,
                    null,
                    LintWords.number(count)
                            + " categories: the more there are, the more are confused, and the dearer is each call",
                    "merge those that nobody needs apart, and try 25 rows first" + price);
        }
    }

    private void oneCategory() {
        boolean none = taxonomy.allowUnmatched();
        add(
                none ? Level.HINT : Level.ERROR,
                Kind.ONE_CATEGORY,
                categories.get(0).name(),
                null,
                "there is only one category"
                        + (none ? ": each row gets it or none" : ", and every row must get one: so all will get it"),
                none
                        ? "if that is what you want to know, describe well what belongs to it"
                        : "add another, or allow rows without a category");
    }

    /**
     * A language model's answer names each row and is bound to the list of categories by a schema, as long as no provider counts more
     * than {@value #MOST_CHOICES} choices in it; beyond that it is a looser list, in which late rows go wrong more often.
     */
    private void subBatch(int subBatchSize) {
        int choices = categories.size() + (taxonomy.allowUnmatched() ? 1 : 0);
        if ((long) choices * subBatchSize <= MOST_CHOICES) {
            return;
        }
        int fits = MOST_CHOICES / choices;
        add(
                Level.HINT,
                Kind.SUB_BATCH,
                null,
                null,
                "with a language model: " + LintWords.number(choices) + " choices for each of " + subBatchSize
                        + " rows are more than the " + LintWords.number(MOST_CHOICES)
                        + " that the strict form of answer has room for; in the looser form, the last rows of a call go"
                        + " wrong more often",
                fits >= FEWEST_ROWS
                        ? "a sub-batch size of " + fits
                                + " keeps to it (with more calls, so dearer); or merge categories"
                        : "merge categories, or decide in two steps; fewer rows a call are no way out here");
    }

    private void nearDuplicates() {
        List<LintNote> found = new NearDuplicates(taxonomy.names())
                .pairs().stream()
                        .map(pair -> pairNote(
                                Kind.NEAR_DUPLICATE,
                                categories.get(pair[0]).name(),
                                categories.get(pair[1]).name(),
                                " are nearly the same name",
                                "merge them, or rename one so that nobody takes it for the other"))
                        .toList();
        addPairs(found, " have nearly the same names", "merge them, or rename one of each two");
    }

    private void overlaps() {
        List<LintNote> found = new Overlaps(categories)
                .pairs().stream()
                        .map(pair -> pairNote(
                                Kind.OVERLAP,
                                categories.get(pair.first()).name(),
                                categories.get(pair.second()).name(),
                                " look alike (both " + pair.why() + ")",
                                "merge them, or say in their descriptions how they differ"))
                        .filter(this::isNews)
                        .toList();
        addPairs(found, " look alike", "merge them, or say in their descriptions how they differ");
    }

    /** Categories with nearly the same name overlap, of course. */
    private boolean isNews(LintNote overlap) {
        return notes.stream()
                .noneMatch(note -> note.kind() == Kind.NEAR_DUPLICATE
                        && overlap.category() != null
                        && overlap.category().equals(note.category())
                        && overlap.other() != null
                        && overlap.other().equals(note.other()));
    }

    private void rest() {
        if (!taxonomy.allowUnmatched() || categories.size() == 1) {
            return;
        }
        addEach(
                Level.WARNING,
                Kind.LOOKS_LIKE_OTHER,
                categories.stream().filter(c -> isRest(c.name())).toList(),
                new Wording(
                        "is for what fits nowhere else, and rows may also end without a category: the rest will be"
                                + " split between both",
                        "are for what fits nowhere else, and rows may also end without a category",
                        "remove it, or do not allow rows without a category",
                        "remove them, or do not allow rows without a category"));
    }

    private static boolean isRest(String name) {
        List<String> words = CategoryWords.of(name);
        boolean first = !words.isEmpty() && REST.contains(words.get(0));
        return REST.contains(String.join("", CategoryWords.all(name)))
                || (first && (words.size() <= MOST_WORDS_OF_OTHER || name.contains("(")));
    }

    private void descriptions() {
        addEach(
                Level.WARNING,
                Kind.NO_DESCRIPTION,
                categories.stream()
                        .filter(c -> c.description().isBlank() && c.examples().isEmpty())
                        .toList(),
                new Wording(
                        "is only a name",
                        "are only names",
                        "say in a sentence what belongs there, or give two or three examples",
                        "say of each in a sentence what belongs there, or give two or three examples"));
        addEach(
                Level.HINT,
                Kind.NO_DESCRIPTION,
                categories.stream()
                        .filter(c -> c.description().isBlank() && !c.examples().isEmpty())
                        .toList(),
                new Wording(
                        "has no description",
                        "have no description",
                        "a sentence that says what belongs there, and what does not, helps",
                        "a sentence that says what belongs there, and what does not, helps"));
    }

    /** Where none has an example, their maker does without; the one note that says so is enough. */
    private void examples() {
        addEach(
                Level.HINT,
                Kind.NO_EXAMPLE,
                categories.stream()
                        .filter(c -> c.examples().isEmpty() && !c.description().isBlank())
                        .toList(),
                new Wording(
                        "has no example",
                        "have no example",
                        "two or three typical texts make answers better, above all offline",
                        "two or three typical texts each make answers better, above all offline"));
    }

    /** What is said of one category, and of several in one note. */
    private record Wording(String one, String several, String adviceForOne, String adviceForSeveral) {}

    private void addEach(Level level, Kind kind, List<Category> found, Wording say) {
        if (found.size() <= MOST_OF_A_KIND) {
            found.forEach(c ->
                    add(level, kind, c.name(), null, LintWords.quoted(c.name()) + " " + say.one, say.adviceForOne));
            return;
        }
        String names = LintWords.named(
                found.stream().map(Category::name).map(LintWords::quoted).toList());
        String howMany = found.size() == categories.size() ? "all " : found.size() + " of ";
        add(
                level,
                kind,
                null,
                null,
                howMany + categories.size() + " categories (" + names + ") " + say.several,
                say.adviceForSeveral);
    }

    private void addPairs(List<LintNote> found, String what, String advice) {
        if (found.size() <= MOST_OF_A_KIND) {
            notes.addAll(found);
            return;
        }
        String pairs = LintWords.named(found.stream()
                .map(note -> LintWords.quoted(String.valueOf(note.category())) + " and "
                        + LintWords.quoted(String.valueOf(note.other())))
                .toList());
        add(
                found.get(0).level(),
                found.get(0).kind(),
                null,
                null,
                found.size() + " pairs of categories" + what + " (" + pairs + ")",
                advice);
    }

    private static LintNote pairNote(Kind kind, String category, String other, String detail, String hint) {
        return new LintNote(
                Level.WARNING,
                kind,
                category,
                other,
                LintWords.quoted(category) + " and " + LintWords.quoted(other) + detail,
                hint);
    }

    private void add(
            Level level, Kind kind, @Nullable String category, @Nullable String other, String detail, String hint) {
        notes.add(new LintNote(level, kind, category, other, detail, hint));
    }

    private static Set<String> words(String text) {
        return Set.copyOf(Set.of(text.split(" ")).stream()
                .flatMap(word -> CategoryWords.of(word).stream())
                .collect(Collectors.toSet()));
    }
}
