package dev.pigeonhole.cascade;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.Taxonomy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a classifier can learn to say: the categories, and that none fits. Immutable.
 *
 * @param taxonomy the categories
 * @param nothing the label for texts that no category fits; no category has this name
 */
record Labels(Taxonomy taxonomy, String nothing) {
    static Labels of(Taxonomy taxonomy) {
        Set<String> folded =
                Set.copyOf(taxonomy.names().stream().map(Taxonomy::fold).toList());
        String nothing = "-";
        while (folded.contains(Taxonomy.fold(nothing))) {
            nothing += "-";
        }
        return new Labels(taxonomy, nothing);
    }

    /** Whether the label stands for a category. */
    boolean isCategory(String label) {
        return !label.isEmpty() && !label.equals(nothing);
    }

    /** Whether {@link #nothing} can be taught: there is room for it among the categories. */
    boolean canTeachNothing() {
        return taxonomy.categories().size() < Taxonomy.MAX_CATEGORIES;
    }

    /** The categories, and {@link #nothing} behind them if it is wanted. */
    Taxonomy taught(boolean withNothing) {
        if (!withNothing) {
            return taxonomy;
        }
        List<Category> all = new ArrayList<>(taxonomy.categories());
        all.add(Category.of(nothing));
        return new Taxonomy(taxonomy.task(), all, taxonomy.allowUnmatched());
    }
}
