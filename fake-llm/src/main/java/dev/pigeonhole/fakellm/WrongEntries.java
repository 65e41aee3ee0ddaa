package dev.pigeonhole.fakellm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Content faults that change which record gets which answer. Belongs to one call. */
final class WrongEntries {
    private static final Pattern ORDER =
            Pattern.compile("\\b(ignore|disregard|every|everything|all)\\b", Pattern.CASE_INSENSITIVE);

    private final Question question;
    private final FaultRule rule;
    private final RandomGenerator random;

    WrongEntries(Question question, FaultRule rule, RandomGenerator random) {
        this.question = question;
        this.rule = rule;
        this.random = random;
    }

    Spoilt spoil(List<Draft.Entry> truth) {
        List<Draft.Entry> entries = changed(truth);
        return new Spoilt(entries, spoiledBetween(truth, entries));
    }

    private List<Draft.Entry> changed(List<Draft.Entry> truth) {
        return switch (rule.fault()) {
            case MISSING_ID -> without(truth, hit(truth));
            case DUPLICATE_SAME -> twice(truth, UnaryOperator.identity());
            case DUPLICATE_DIFFERENT -> twice(truth, this::another);
            case EXTRA_ID -> withExtra(truth);
            case EXTRA_AND_MISSING -> renamed(truth, 1);
            case SWAPPED -> swapped(truth);
            case SHIFTED -> shifted(truth);
            case REORDERED -> reordered(truth);
            case BARE_IDS -> bare(truth);
            case CASE_VARIANT -> renamed(truth, WrongEntries::otherCase);
            case SPACES_AROUND -> renamed(truth, name -> "  " + name + " ");
            case SYNONYM -> renamed(truth, name -> "something like " + name);
            case OTHER_LANGUAGE -> renamed(truth, name -> "Kategorie «" + name + "»");
            case HOMOGLYPH -> renamed(truth, WrongEntries::homoglyph);
            case ALL_ONE_LABEL -> all(truth, firstCategory(truth));
            case OBEYS_INJECTION -> ordered().map(name -> all(truth, name)).orElse(truth);
            default -> truth;
        };
    }

    /** A record is spoiled unless it has its own answer, once, in any case and with any spaces. */
    private Set<String> spoiledBetween(List<Draft.Entry> truth, List<Draft.Entry> entries) {
        Set<String> right = new HashSet<>();
        Set<String> wrong = new HashSet<>();
        Set<Draft.Entry> known = new HashSet<>();
        truth.forEach(entry -> known.add(folded(entry)));
        entries.forEach(entry -> (known.contains(folded(entry)) ? right : wrong).add(entry.id()));
        Set<String> spoiled = new LinkedHashSet<>();
        boolean discarded = rule.fault() == Fault.EXTRA_AND_MISSING || rule.fault() == Fault.BARE_IDS;
        for (Draft.Entry entry : truth) {
            if (discarded || !right.contains(entry.id()) || wrong.contains(entry.id())) {
                spoiled.add(entry.id());
            }
        }
        return spoiled;
    }

    private static Draft.Entry folded(Draft.Entry entry) {
        return new Draft.Entry(entry.id(), entry.category().strip().toLowerCase(Locale.ROOT));
    }

    /** Places of the records that are hit: those with the marker, else some by chance. */
    private Set<Integer> hit(List<Draft.Entry> truth) {
        if (!rule.marker().isEmpty()) {
            Set<String> marked = new HashSet<>();
            question.records().stream()
                    .filter(record -> record.text().contains(rule.marker()))
                    .forEach(record -> marked.add(record.id()));
            return Set.copyOf(IntStream.range(0, truth.size())
                    .filter(i -> marked.contains(truth.get(i).id()))
                    .boxed()
                    .toList());
        }
        List<Integer> places =
                new ArrayList<>(IntStream.range(0, truth.size()).boxed().toList());
        Collections.shuffle(places, new Random(random.nextLong()));
        return Set.copyOf(places.subList(0, Math.min(rule.records(), places.size())));
    }

    private static List<Draft.Entry> without(List<Draft.Entry> truth, Set<Integer> hit) {
        return IntStream.range(0, truth.size())
                .filter(i -> !hit.contains(i))
                .mapToObj(truth::get)
                .toList();
    }

    private List<Draft.Entry> twice(List<Draft.Entry> truth, UnaryOperator<String> second) {
        Set<Integer> hit = hit(truth);
        List<Draft.Entry> entries = new ArrayList<>();
        for (int i = 0; i < truth.size(); i++) {
            Draft.Entry entry = truth.get(i);
            entries.add(entry);
            if (hit.contains(i)) {
                entries.add(new Draft.Entry(entry.id(), second.apply(entry.category())));
            }
        }
        return entries;
    }

    private String another(String category) {
        return question.categories().stream()
                .filter(name -> !name.equals(category))
                .findFirst()
                .orElse(category + " too");
    }

    private List<Draft.Entry> withExtra(List<Draft.Entry> truth) {
        List<Draft.Entry> entries = new ArrayList<>(truth);
        entries.add(new Draft.Entry(shiftedId(truth.size() - 1, truth, 1), firstCategory(truth)));
        return entries;
    }

    private static List<Draft.Entry> renamed(List<Draft.Entry> truth, int by) {
        return IntStream.range(0, truth.size())
                .mapToObj(i ->
                        new Draft.Entry(shiftedId(i, truth, by), truth.get(i).category()))
                .toList();
    }

    /** The id that follows: the next record's, or one more than the last. */
    private static String shiftedId(int place, List<Draft.Entry> truth, int by) {
        return place + by < truth.size()
                ? truth.get(place + by).id()
                : String.format(Locale.ROOT, "r%02d", truth.size() + by);
    }

    private List<Draft.Entry> renamed(List<Draft.Entry> truth, UnaryOperator<String> change) {
        Set<Integer> hit = hit(truth);
        return IntStream.range(0, truth.size())
                .mapToObj(i -> hit.contains(i)
                        ? new Draft.Entry(
                                truth.get(i).id(), change.apply(truth.get(i).category()))
                        : truth.get(i))
                .toList();
    }

    /** Exchanges the answers of two neighbours whose answers differ, if there are such. */
    private List<Draft.Entry> swapped(List<Draft.Entry> truth) {
        List<Draft.Entry> entries = new ArrayList<>(truth);
        int start = random.nextInt(truth.size());
        for (int i = 0; i < truth.size() - 1; i++) {
            int a = (start + i) % (truth.size() - 1);
            Draft.Entry one = truth.get(a);
            Draft.Entry other = truth.get(a + 1);
            if (!one.category().equals(other.category())) {
                entries.set(a, new Draft.Entry(one.id(), other.category()));
                entries.set(a + 1, new Draft.Entry(other.id(), one.category()));
                return entries;
            }
        }
        return entries;
    }

    private static List<Draft.Entry> shifted(List<Draft.Entry> truth) {
        return IntStream.range(0, truth.size())
                .mapToObj(i -> new Draft.Entry(
                        truth.get(i).id(), truth.get((i + 1) % truth.size()).category()))
                .toList();
    }

    private List<Draft.Entry> reordered(List<Draft.Entry> truth) {
        List<Draft.Entry> entries = new ArrayList<>(truth);
        Collections.shuffle(entries, new Random(random.nextLong()));
        return entries;
    }

    private static List<Draft.Entry> bare(List<Draft.Entry> truth) {
        return truth.stream()
                .map(entry -> new Draft.Entry(entry.id().replaceFirst("^r0*", ""), entry.category()))
                .toList();
    }

    private static List<Draft.Entry> all(List<Draft.Entry> truth, String category) {
        return truth.stream()
                .map(entry -> new Draft.Entry(entry.id(), category))
                .toList();
    }

    private String firstCategory(List<Draft.Entry> truth) {
        return question.categories().isEmpty()
                ? truth.get(0).category()
                : question.categories().get(0);
    }

    /** The category that a record orders for all of them. */
    private Optional<String> ordered() {
        return question.records().stream()
                .filter(record -> ORDER.matcher(record.text()).find())
                .flatMap(record -> Categories.withoutNone(question.categories()).stream()
                        .filter(name -> record.text().contains(name)))
                .findFirst();
    }

    private static String otherCase(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals(name) ? name.toLowerCase(Locale.ROOT) : upper;
    }

    private static String homoglyph(String name) {
        String other = name.replace('a', '\u0430').replace('e', '\u0435').replace('o', '\u043e');
        return other.equals(name) ? name + '\u0430' : other;
    }
}
