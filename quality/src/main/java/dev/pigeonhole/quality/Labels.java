package dev.pigeonhole.quality;

import dev.pigeonhole.core.Taxonomy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells which category a label means: the one of exactly this name, or else the only one of that name but for case and space. */
final class Labels {
    /**
     * A category.
     *
     * @param index from 0, in order
     * @param folded whether the label is written in another way than the name
     */
    record Found(int index, boolean folded) {}

    /** Room for any name that another program may give; a column of texts must not fill the memory. */
    private static final int LONGEST = 1_000;

    private final List<String> names = new ArrayList<>();
    private final Map<String, Found> exact = new HashMap<>();
    private final Map<String, Found> folded = new HashMap<>();

    Labels(List<String> categories) {
        Set<String> ambiguous = new HashSet<>();
        for (String name : categories) {
            Found other = folded.put(Taxonomy.fold(name), new Found(names.size(), true));
            if (other != null) {
                ambiguous.add(Taxonomy.fold(name));
            }
            add(name);
        }
        folded.keySet().removeAll(ambiguous);
    }

    /** Whether this is a text, and not the name of anything. */
    static boolean isLong(String label) {
        return label.length() > LONGEST;
    }

    Optional<Found> find(String label) {
        Found found = exact.get(label);
        return Optional.ofNullable(found != null ? found : folded.get(Taxonomy.fold(label)));
    }

    /** One name more, which is found exactly only. */
    Found add(String name) {
        Found added = new Found(names.size(), false);
        names.add(name);
        exact.put(name, added);
        return added;
    }

    String name(int index) {
        return names.get(index);
    }

    int size() {
        return names.size();
    }
}
