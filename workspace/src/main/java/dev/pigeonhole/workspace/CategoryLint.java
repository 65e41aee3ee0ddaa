package dev.pigeonhole.workspace;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.workspace.LintNote.Kind;
import dev.pigeonhole.workspace.LintNote.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks through categories for what makes answers bad, before anything is paid for them. Good for one use. */
public final class CategoryLint {
    /** So many notes of a kind come one by one; more become one note. */
    private static final int MOST_OF_A_KIND = 5;

    private static final int NAMED_IN_A_GROUP = 3;
    private static final int MANY = 50;
    private static final int VERY_MANY = 200;
    private static final int FEW_ROWS = 10;
    private static final int MOST_WORDS_OF_OTHER = 3;
    private static final int CLIPPED = 60;
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
        lint.nearDuplicates();
        lint.overlaps();
        lint.rest();
        lint.descriptions();
        lint.examples();
        return lint.notes.stream()
                .sorted(Comparator.comparing(LintNote::level).thenComparing(LintNote::kind))
                .toList();
    }

    /** What a user wrote, short enough for a message. */
    static String clip(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
        return line.codePointCount(0, line.length()) <= CLIPPED
                ? line
                : line.substring(0, line.offsetByCodePoints(0, CLIPPED)) + "…";
    }

    private void number(int subBatchSize) {
        int count = categories.size();
        if (count == 1) {
            boolean none = taxonomy.allowUnmatched();
            add(
                    none ? Level.HINT : Level.ERROR,
                    Kind.ONE_CATEGORY,
                    categories.get(0).name(),
                    null,
                    "there is only one category"
                            + (none
                                    ? ": each row gets it or none. If that is what you want to know, describe well what belongs to it"
                                    : ", and every row must get one: so all will get it. Add another, or allow rows without a"
                                            + " category"));
        } else if (count > MANY) {
            String price = subBatchSize < FEW_ROWS
                    ? " The whole list is sent with each call: more than " + subBatchSize
                            + " rows a call would cost less"
                    : "";
            add(
                    count > VERY_MANY ? Level.WARNING : Level.HINT,
                    Kind.TOO_MANY,
                    null,
                    null,
                    count
                            + " categories: the more there are, the more are confused, and the dearer is each call. Merge those that"
                            + " nobody needs apart, and try 25 rows first." + price);
        }
    }

    private void nearDuplicates() {
        List<LintNote> found = new NearDuplicates(taxonomy.names())
                .pairs().stream()
                        .map(
                                pair -> pairNote(
                                        Kind.NEAR_DUPLICATE,
                                        categories.get(pair[0]).name(),
                                        categories.get(pair[1]).name(),
                                        " are nearly the same name: merge them, or rename one so that nobody takes it for the other"))
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
                                " look alike (both " + pair.why()
                                        + "): merge them, or say in their descriptions how they" + " differ"))
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
                name -> "\"" + name
                        + "\" is for what fits nowhere else, and rows may also end without a category: the rest will be"
                        + " split between both. Remove it, or do not allow rows without a category",
                "are for what fits nowhere else, and rows may also end without a category: remove them, or do not allow that");
    }

    private static boolean isRest(String name) {
        List<String> words = CategoryWords.of(name);
        boolean first = !words.isEmpty() && REST.contains(words.get(0));
        return REST.contains(String.join("", CategoryWords.all(name)))
                || (first && (words.size() <= MOST_WORDS_OF_OTHER || name.contains("(")));
    }

    private void descriptions() {
        List<Category> bare = categories.stream()
                .filter(c -> c.description().isBlank() && c.examples().isEmpty())
                .toList();
        addEach(
                Level.WARNING,
                Kind.NO_DESCRIPTION,
                bare,
                name -> "\"" + name
                        + "\" is only a name: say in a sentence what belongs there, or give two or three examples",
                "are only names: say of each in a sentence what belongs there, or give two or three examples");
        addEach(
                Level.HINT,
                Kind.NO_DESCRIPTION,
                categories.stream()
                        .filter(c -> c.description().isBlank() && !c.examples().isEmpty())
                        .toList(),
                name -> "\"" + name
                        + "\" has no description: a sentence that says what belongs there, and what does not, helps",
                "have no description: a sentence that says what belongs there, and what does not, helps");
    }

    /** Where none has an example, their maker does without; the one note that says so is enough. */
    private void examples() {
        addEach(
                Level.HINT,
                Kind.NO_EXAMPLE,
                categories.stream()
                        .filter(c -> c.examples().isEmpty() && !c.description().isBlank())
                        .toList(),
                name -> "\"" + name
                        + "\" has no example: two or three typical texts make answers better, above all offline",
                "have no example: two or three typical texts each make answers better, above all offline");
    }

    private void addEach(Level level, Kind kind, List<Category> found, Function<String, String> one, String severalDo) {
        if (found.size() <= MOST_OF_A_KIND) {
            found.forEach(c -> add(level, kind, c.name(), null, one.apply(clip(c.name()))));
            return;
        }
        String names = named(
                found.stream().map(Category::name).map(CategoryLint::quoted).toList());
        String howMany = found.size() == categories.size() ? "all " : found.size() + " of ";
        add(level, kind, null, null, howMany + categories.size() + " categories (" + names + ") " + severalDo);
    }

    private void addPairs(List<LintNote> found, String what, String advice) {
        if (found.size() <= MOST_OF_A_KIND) {
            notes.addAll(found);
            return;
        }
        String pairs = named(found.stream()
                .map(note -> quoted(String.valueOf(note.category())) + " and " + quoted(String.valueOf(note.other())))
                .toList());
        add(
                found.get(0).level(),
                found.get(0).kind(),
                null,
                null,
                found.size() + " pairs of categories" + what + " (" + pairs + "): " + advice);
    }

    private static LintNote pairNote(Kind kind, String category, String other, String detail) {
        return new LintNote(Level.WARNING, kind, category, other, quoted(category) + " and " + quoted(other) + detail);
    }

    private static String named(List<String> all) {
        String first = all.stream().limit(NAMED_IN_A_GROUP).collect(Collectors.joining(", "));
        return first + " and " + (all.size() - NAMED_IN_A_GROUP) + " more";
    }

    private static String quoted(String name) {
        return "\"" + clip(name) + "\"";
    }

    private void add(Level level, Kind kind, @Nullable String category, @Nullable String other, String detail) {
        notes.add(new LintNote(level, kind, category, other, detail));
    }

    private static Set<String> words(String text) {
        return Set.copyOf(Set.of(text.split(" ")).stream()
                .flatMap(word -> CategoryWords.of(word).stream())
                .collect(Collectors.toSet()));
    }
}
