package dev.pigeonhole.llm;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The words a model may answer with, and what each means. Immutable. */
final class Labels {
    private static final List<String> ESCAPES = List.of("__none__", "__no_category__", "__unmatched__");
    private static final Pattern SEPARATORS = Pattern.compile("[-_\\s\\p{Z}]+");

    private final List<String> words;
    private final Optional<String> escape;
    private final Map<String, Outcome> exact = new HashMap<>();
    private final Map<String, Outcome> canonical = new HashMap<>();

    /** @param source who says so, for the outcomes */
    Labels(Taxonomy taxonomy, String source) {
        List<String> names = taxonomy.names();
        escape = taxonomy.allowUnmatched() ? Optional.of(escapeBeside(names)) : Optional.empty();
        words = new ArrayList<>(names);
        names.forEach(name -> exact.put(name, Outcome.categorized(name, source)));
        escape.ifPresent(word -> {
            words.add(word);
            exact.put(word, Outcome.unmatched(source));
        });
        Set<String> ambiguous = new HashSet<>();
        exact.forEach((word, outcome) -> {
            if (canonical.put(canonical(word), outcome) != null) {
                ambiguous.add(canonical(word));
            }
        });
        canonical.keySet().removeAll(ambiguous);
    }

    /** A word for "none of these" that cannot be taken for one of the names. */
    private static String escapeBeside(List<String> names) {
        Set<String> taken = new HashSet<>();
        names.forEach(name -> taken.add(canonical(name)));
        for (String word : ESCAPES) {
            if (!taken.contains(canonical(word))) {
                return word;
            }
        }
        int number = 2;
        while (taken.contains(canonical("__none_" + number + "__"))) {
            number++;
        }
        return "__none_" + number + "__";
    }

    /** All words that an answer may hold, in a fixed order. */
    List<String> words() {
        return List.copyOf(words);
    }

    /** The word for "no category fits"; empty if that is no answer here. */
    Optional<String> escape() {
        return escape;
    }

    /**
     * What a word means: to the letter, or as the only one that differs in nothing but case, width, and what stands between its
     * parts. Nearness is no reason.
     */
    Optional<Outcome> find(String word) {
        Outcome outcome = exact.get(word);
        return Optional.ofNullable(outcome != null ? outcome : canonical.get(canonical(word)));
    }

    private static String canonical(String word) {
        String folded = Normalizer.normalize(word, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT) // Upper before lower: then "ß" is "ss", and both kinds of sigma are one.
                .toLowerCase(Locale.ROOT);
        return SEPARATORS.matcher(folded).replaceAll(" ").strip();
    }
}
