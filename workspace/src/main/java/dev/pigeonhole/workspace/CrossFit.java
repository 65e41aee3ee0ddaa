package dev.pigeonhole.workspace;

import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Ranker;
import dev.pigeonhole.core.categorize.RankerProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Guesses the category of each labelled text by a ranker that was made without it. Stateless. */
final class CrossFit {
    /** The usual number: each ranker learns from four fifths, so it is nearly as good as one that learns from all. */
    private static final int FOLDS = 5;
    /** With more categories a ranker takes longer to make; two parts then, which bounds the time. */
    private static final int MANY_CATEGORIES = 200;

    private static final int FEW_FOLDS = 2;
    private static final long SEED = 1;

    private CrossFit() {}

    /** Guesses, in the order of the rows; empty texts where nothing fits. */
    static List<String> guesses(RankerProvider rankers, Taxonomy taxonomy, List<LabelledText> rows) {
        int folds = taxonomy.categories().size() > MANY_CATEGORIES ? FEW_FOLDS : FOLDS;
        int[] fold = folds(rows, folds);
        String[] guesses = new String[rows.size()];
        for (int k = 0; k < folds; k++) {
            int part = k;
            List<LabelledText> others = IntStream.range(0, rows.size())
                    .filter(i -> fold[i] != part)
                    .mapToObj(rows::get)
                    .toList();
            Ranker ranker = rankers.create(taxonomy, others);
            IntStream.range(0, rows.size())
                    .filter(i -> fold[i] == part)
                    .forEach(i -> guesses[i] = best(ranker, rows.get(i).text()));
        }
        return Arrays.asList(guesses);
    }

    private static String best(Ranker ranker, String text) {
        return ranker.rank(text, 1).stream()
                .findFirst()
                .map(Ranker.Candidate::category)
                .orElse("");
    }

    /** The part of each row: drawn at random, and each category spread evenly over all parts. */
    private static int[] folds(List<LabelledText> rows, int folds) {
        List<Integer> places =
                new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
        Collections.shuffle(places, new Random(SEED));
        places.sort(Comparator.comparing(place -> rows.get(place).category()));
        int[] fold = new int[rows.size()];
        for (int i = 0; i < fold.length; i++) {
            fold[places.get(i)] = i % folds;
        }
        return fold;
    }
}
