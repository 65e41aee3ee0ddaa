package dev.pigeonhole.quality;

import java.util.List;
import java.util.OptionalDouble;

/** Single figures for all categories together. Stateless. */
final class Agreement {
    private Agreement() {}

    /**
     * The plain mean of F1 over the categories that occur as truth: each counts the same, however rare. The mean of the F1s, not
     * the F1 of the means (Opitz and Burst, arXiv 1911.03347).
     */
    static OptionalDouble macroF1(List<CategoryScore> categories) {
        return categories.stream()
                .filter(category -> category.truth() > 0)
                .mapToDouble(category -> category.f1().orElse(0))
                .average();
    }

    /**
     * Cohen's kappa, (po - pe) / (1 - pe): agreement po beyond the agreement pe that two raters with these frequencies have by
     * chance. No answer is an answer of its own that is never the truth, so it adds nothing to pe.
     *
     * <p>Source: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960).
     *
     * @param judged all rows
     * @return empty if there are no rows, or if chance alone agrees always: one category, and nothing else was ever said
     */
    static OptionalDouble kappa(List<CategoryScore> categories, long judged) {
        if (judged == 0) {
            return OptionalDouble.empty();
        }
        double n = judged;
        double seen = categories.stream().mapToLong(CategoryScore::right).sum() / n;
        double chance = categories.stream()
                .mapToDouble(category -> category.truth() / n * (category.answered() / n))
                .sum();
        return chance >= 1 ? OptionalDouble.empty() : OptionalDouble.of((seen - chance) / (1 - chance));
    }
}
