package dev.pigeonhole.quality;

import dev.pigeonhole.core.checkpoint.Counts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How right answers are, measured by rows whose right category is known. Immutable.
 *
 * @param subject what was measured
 * @param rows how many rows there are, and how many of them tell something
 * @param counts the judged rows by status: together they are all of them
 * @param right judged rows whose answer is the right one
 * @param macroF1 mean F1 of the categories that occur as truth; empty if no row is judged
 * @param kappa Cohen's kappa of truth and answer; empty if no row is judged, or if chance alone would agree always
 * @param categories all categories in their order, then, by name, answers that are no category
 * @param confused wrong answers, the most frequent pair first
 * @param reliability of the confidence; empty if no answer has one
 * @param thresholds what a least confidence would leave, by confidence; empty if no answer has one
 * @param sources who gave the answers, the one with the most first
 * @param cost of a job that costs money
 * @param shortlist how often the right category is on a short list, if such lists were made
 */
public record Evaluation(
        Subject subject,
        Rows rows,
        Counts counts,
        long right,
        OptionalDouble macroF1,
        OptionalDouble kappa,
        List<CategoryScore> categories,
        List<Confusion> confused,
        Optional<Reliability> reliability,
        List<Threshold> thresholds,
        List<SourceScore> sources,
        Optional<Cost> cost,
        Optional<ShortlistScore> shortlist) {
    public Evaluation {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(counts, "counts");
        categories = List.copyOf(categories);
        confused = List.copyOf(confused);
        thresholds = List.copyOf(thresholds);
        sources = List.copyOf(sources);
        if (counts.total() != rows.judged() || right > counts.categorized()) {
            throw new IllegalStateException(
                    "the numbers do not add up: " + rows + ", but " + counts + " and " + right + " right");
        }
    }

    /** Judged rows that have an answer. */
    public Proportion coverage() {
        return new Proportion(counts.categorized(), counts.total());
    }

    /** Answers that are right. */
    public Proportion accuracy() {
        return new Proportion(right, counts.categorized());
    }

    /** Judged rows whose answer is right; one without an answer is not. */
    public Proportion accuracyOfAll() {
        return new Proportion(right, counts.total());
    }

    /** The same as maps, lists, numbers, texts and nulls: {@code docs/formats.md}, "Evaluation". */
    public Map<String, @Nullable Object> toMap() {
        return EvaluationMap.of(this);
    }

    /**
     * What was measured.
     *
     * @param job id of the job; empty for a file
     * @param file path of the file; for a job, of its input
     * @param truthColumn name of the column that holds the right categories
     */
    public record Subject(Optional<String> job, String file, String truthColumn) {
        public Subject {
            Objects.requireNonNull(job, "job");
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(truthColumn, "truthColumn");
        }
    }

    /**
     * How many rows there are: judged + withoutTruth + unknownTruth + left.
     *
     * @param judged rows with an outcome whose truth is one of the categories
     * @param withoutTruth rows with an outcome for which nobody has said what is right
     * @param unknownTruth rows with an outcome whose truth is none of the categories
     * @param left rows without an outcome yet
     * @param folded judged rows whose truth or answer is written in another way than the category, but for case and space the same
     * @param unknownTruths the first few of the unknown truths, with their rows
     */
    public record Rows(
            long judged,
            long withoutTruth,
            long unknownTruth,
            long left,
            long folded,
            List<UnknownTruth> unknownTruths) {
        public Rows {
            unknownTruths = List.copyOf(unknownTruths);
        }

        /** All rows of the file. */
        public long total() {
            return judged + withoutTruth + unknownTruth + left;
        }
    }

    /** A truth that is none of the categories, and how many rows have it. */
    public record UnknownTruth(String name, long rows) {}

    /**
     * A wrong answer.
     *
     * @param truth the right category
     * @param answer the one that was given
     * @param share of the rows that belong to {@code truth}, those to which this happened
     */
    public record Confusion(String truth, String answer, Proportion share) {
        /** How often it happened. */
        public long rows() {
            return share.count();
        }
    }

    /**
     * What would be left if answers below a confidence were set aside, and with them those without a confidence.
     *
     * @param minConfidence the least confidence that stays
     * @param coverage answers that stay, of the judged rows
     * @param accuracy right ones of those that stay
     */
    public record Threshold(double minConfidence, Proportion coverage, Proportion accuracy) {}

    /** Who gave answers, and how many of them are right. */
    public record SourceScore(String source, Proportion accuracy) {}

    /**
     * What the answers have cost.
     *
     * @param usd in dollars; empty if the price of a call is not known
     * @param tokens sent and received
     * @param rows rows of the job that were asked about, whether they are judged or not
     */
    public record Cost(Optional<BigDecimal> usd, long tokens, long rows) {
        private static final int DECIMALS = 9;

        /** Dollars for each 1,000 rows; empty if the price is not known or no row was asked about. */
        public Optional<BigDecimal> usdPerThousand() {
            return usd.filter(sum -> rows > 0)
                    .map(sum -> sum.movePointRight(3).divide(BigDecimal.valueOf(rows), DECIMALS, RoundingMode.HALF_UP));
        }

        /** Tokens for each 1,000 rows; empty if no row was asked about. */
        public OptionalDouble tokensPerThousand() {
            return rows == 0 ? OptionalDouble.empty() : OptionalDouble.of(tokens * 1000.0 / rows);
        }
    }

    /**
     * How often the right category is among the first few that a ranker names.
     *
     * @param size how many it names
     * @param recall rows where it is, of the judged rows that have a text
     */
    public record ShortlistScore(int size, Proportion recall) {}
}
