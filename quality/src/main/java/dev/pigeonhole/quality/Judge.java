package dev.pigeonhole.quality;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.RowStatus;
import dev.pigeonhole.core.csv.ColumnName;
import dev.pigeonhole.quality.Evaluation.Confusion;
import dev.pigeonhole.quality.Evaluation.SourceScore;
import dev.pigeonhole.quality.Evaluation.UnknownTruth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Compares rows with what is right, one at a time, in any order, and says at the end how right they are. Memory grows with the
 * categories and with the pairs of them that are confused, not with the rows. Not thread-safe.
 */
public final class Judge {
    /** Unknown truths that are kept, to be shown. */
    private static final int SHOWN = 5;
    /** A column of sources that holds something else must not fill the memory. */
    private static final int MOST_SOURCES = 100;

    private static final String OTHER_SOURCES = "(others)";

    private final int known;
    private final Labels labels;
    private final List<CategoryCounts> categories = new ArrayList<>();
    private final PairCounts wrong = new PairCounts();
    private final Confidences confidences = new Confidences();
    private final Map<String, SourceCounts> sources = new LinkedHashMap<>();
    private final Map<String, Long> unknownTruths = new LinkedHashMap<>();
    private Counts counts = Counts.NONE;
    private long withoutTruth;
    private long unknownTruth;
    private long folded;

    /** @param categories their names; an answer that is none of them is wrong, and a row whose truth is none of them is not judged */
    public Judge(List<String> categories) {
        this.known = categories.size();
        this.labels = new Labels(categories);
        categories.forEach(name -> this.categories.add(new CategoryCounts()));
    }

    private static final class CategoryCounts {
        private long truth;
        private long answered;
        private long right;
        private long unanswered;
    }

    private static final class SourceCounts {
        private long answered;
        private long right;
    }

    /**
     * Adds a row.
     *
     * @return the category that is right; empty if the row cannot be judged
     * @throws ConfigurationException there are more than {@value Taxonomy#MAX_CATEGORIES} different answers that are no categories, or
     *     one is too long to be any
     */
    public Optional<String> add(JudgedRow row) {
        if (row.truth().isBlank()) {
            withoutTruth++;
            return Optional.empty();
        }
        Optional<Labels.Found> truth = labels.find(row.truth()).filter(found -> found.index() < known);
        if (truth.isEmpty()) {
            addUnknown(row.truth());
            return Optional.empty();
        }
        judge(truth.get(), row);
        return Optional.of(labels.name(truth.get().index()));
    }

    private void addUnknown(String truth) {
        unknownTruth++;
        String name = Labels.isLong(truth) ? ColumnName.clip(truth) : truth;
        if (unknownTruths.size() < SHOWN || unknownTruths.containsKey(name)) {
            unknownTruths.merge(name, 1L, Long::sum);
        }
    }

    private void judge(Labels.Found truth, JudgedRow row) {
        counts = counts.plus(one(row.status()));
        CategoryCounts category = categories.get(truth.index());
        category.truth++;
        if (row.status() != RowStatus.CATEGORIZED) {
            category.unanswered++;
            folded += truth.folded() ? 1 : 0;
            return;
        }
        Labels.Found answer = labels.find(row.answer()).orElseGet(() -> stranger(row.answer()));
        folded += truth.folded() || answer.folded() ? 1 : 0;
        boolean right = answer.index() == truth.index();
        categories.get(answer.index()).answered++;
        category.right += right ? 1 : 0;
        if (!right) {
            wrong.add(truth.index(), answer.index());
        }
        row.confidence().ifPresent(confidence -> confidences.add(confidence, right));
        addSource(row.source(), right);
    }

    /** An answer that is no category. */
    private Labels.Found stranger(String answer) {
        if (Labels.isLong(answer)) {
            throw new ConfigurationException("an answer is a text of " + answer.length() + " characters, \""
                    + ColumnName.clip(answer) + "\"; is this the column of the answers?");
        }
        if (labels.size() - known >= Taxonomy.MAX_CATEGORIES) {
            throw new ConfigurationException("more than " + Taxonomy.MAX_CATEGORIES
                    + " different answers are none of the categories, such as \"" + ColumnName.clip(answer)
                    + "\"; is this the column of the answers, and are these their categories?");
        }
        categories.add(new CategoryCounts());
        return labels.add(answer);
    }

    private void addSource(String source, boolean right) {
        if (source.isEmpty()) {
            return;
        }
        boolean full = sources.size() >= MOST_SOURCES && !sources.containsKey(source);
        SourceCounts counts = sources.computeIfAbsent(full ? OTHER_SOURCES : source, name -> new SourceCounts());
        counts.answered++;
        counts.right += right ? 1 : 0;
    }

    /**
     * What the rows so far say.
     *
     * @param left rows that have no outcome yet
     */
    public Evaluation evaluation(
            Evaluation.Subject subject,
            long left,
            Optional<Evaluation.Cost> cost,
            Optional<Evaluation.ShortlistScore> shortlist) {
        List<CategoryScore> scores = scores();
        return new Evaluation(
                subject,
                new Evaluation.Rows(counts.total(), withoutTruth, unknownTruth, left, folded, unknownTruths()),
                counts,
                scores.stream().mapToLong(CategoryScore::right).sum(),
                Agreement.macroF1(scores),
                Agreement.kappa(scores, counts.total()),
                scores,
                confused(),
                confidences.reliability(),
                confidences.thresholds(counts.total()),
                sources(),
                cost,
                shortlist);
    }

    private static Counts one(RowStatus status) {
        return switch (status) {
            case CATEGORIZED -> new Counts(1, 0, 0, 0);
            case UNMATCHED -> new Counts(0, 1, 0, 0);
            case FAILED -> new Counts(0, 0, 1, 0);
            case SKIPPED -> new Counts(0, 0, 0, 1);
        };
    }

    private List<UnknownTruth> unknownTruths() {
        return unknownTruths.entrySet().stream()
                .map(entry -> new UnknownTruth(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The categories, then the strangers. */
    private List<CategoryScore> scores() {
        List<CategoryScore> scores = new ArrayList<>(
                IntStream.range(0, categories.size()).mapToObj(this::score).toList());
        scores.subList(known, scores.size()).sort(Comparator.comparing(CategoryScore::name));
        return scores;
    }

    private CategoryScore score(int index) {
        CategoryCounts counts = categories.get(index);
        return new CategoryScore(labels.name(index), counts.truth, counts.answered, counts.right, counts.unanswered);
    }

    private List<Confusion> confused() {
        List<Confusion> pairs = new ArrayList<>();
        wrong.forEach((truth, answer, rows) -> pairs.add(new Confusion(
                labels.name(truth), labels.name(answer), new Proportion(rows, categories.get(truth).truth))));
        pairs.sort(Comparator.comparing(Confusion::rows, Comparator.reverseOrder())
                .thenComparing(pair -> pair.share().of())
                .thenComparing(Confusion::truth)
                .thenComparing(Confusion::answer));
        return pairs;
    }

    private List<SourceScore> sources() {
        return sources.entrySet().stream()
                .map(entry -> new SourceScore(
                        entry.getKey(), new Proportion(entry.getValue().right, entry.getValue().answered)))
                .sorted(Comparator.comparing(
                                (SourceScore source) -> source.accuracy().of())
                        .reversed()
                        .thenComparing(SourceScore::source))
                .toList();
    }
}
