package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.csv.ColumnName;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.job.JobSettings;
import dev.pigeonhole.quality.FileEvaluation;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.SweepSample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which sizes of calls are tried, and by what they are judged. Filled by picocli. */
final class SweepFlags {
    /** So that a model whose answers differ in two rows of a hundred from time to time can be shown to stay inside the usual tolerance. */
    static final int ROWS = 400;

    static final int MOST_ROWS = 10_000;

    /** As much as most models lose up to a hundred rows a call (Pipal et al., arXiv 2604.03684). */
    private static final String TOLERANCE = "0.02";

    @Option(
            names = "--sweep",
            paramLabel = "N",
            split = ",",
            description = "Ask about the same rows in calls of each of these sizes, such as 1,5,10,20,40; show how many"
                    + " answers are right at each, what they cost, and the largest size that loses no more than"
                    + " --tolerance. The answers are not kept for later runs.")
    private List<Integer> sizes = new ArrayList<>();

    @Option(
            names = "--truth",
            paramLabel = "COL",
            description = "Column of the input, or of the file --gold, with the right categories. A --sweep without it"
                    + " compares answers with those of the smallest size, which is asked twice.")
    private @Nullable String truth;

    @Option(
            names = "--gold",
            paramLabel = "FILE",
            description = "Of --sweep: ask about the rows of this CSV file, which has the column --truth.")
    private @Nullable Path gold;

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            description = "Of --sweep: share of right answers that a larger size may lose. Default: " + TOLERANCE + ".")
    private @Nullable Double tolerance;

    boolean isAsked() {
        return !sizes.isEmpty();
    }

    /** Of a command line without a sweep. */
    void requireNothing() {
        if (gold != null || tolerance != null) {
            throw new ConfigurationException(
                    "--gold and --tolerance belong to --sweep; add --sweep 1,5,10,20,40, or leave them out");
        }
    }

    /** From small to large; at least two. */
    List<Integer> sizes() {
        List<Integer> distinct = sizes.stream().distinct().sorted().toList();
        for (int size : distinct) {
            if (size < 1 || size > JobSettings.MAX_SUB_BATCH_SIZE) {
                throw new ConfigurationException("--sweep takes numbers of rows from 1 to "
                        + JobSettings.MAX_SUB_BATCH_SIZE + ", such as 1,5,10,20,40; found " + size);
            }
        }
        if (distinct.size() < 2) {
            throw new ConfigurationException("--sweep compares sizes, and found only " + distinct.get(0)
                    + "; name two or more, such as 1,5,10,20,40");
        }
        return distinct;
    }

    double tolerance() {
        double share = tolerance == null ? Double.parseDouble(TOLERANCE) : tolerance;
        if (!(share > 0 && share < 1)) {
            throw new ConfigurationException("--tolerance takes a share above 0 and below 1, found " + share
                    + (share >= 1 && share < 100 ? "; " + share + " % is " + share / 100 : ""));
        }
        return share;
    }

    Optional<String> truth() {
        return Optional.ofNullable(truth);
    }

    /** What the answers are judged by, for a person. */
    String judgedBy() {
        return truth == null ? "" : gold == null ? truth : gold.getFileName() + ", " + truth;
    }

    /** How the input of a job is to be read, so that the column of right answers is not taken for the text. */
    JobOptions withoutTruth(JobOptions whole) {
        if (truth == null || gold != null) {
            return whole;
        }
        CsvProfile profile = source(whole.source(), truth).scan();
        List<String> addresses = profile.addresses();
        return whole.withTextColumns(
                profile.textColumns().stream().map(addresses::get).toList());
    }

    /**
     * Draws the rows.
     *
     * @param whole options of a job of the whole input
     */
    SweepSample sample(JobOptions whole, CsvProfile input, Taxonomy taxonomy, int rows, long seed) {
        if (truth == null) {
            requireNoGold();
            return SweepSample.of(whole.source(), input, rows, seed);
        }
        if (gold == null) {
            return SweepSample.labelled(source(whole.source(), truth), input, taxonomy, rows, seed);
        }
        CsvSource source = source(CsvSource.of(gold).textColumns(whole.textColumns()), truth);
        return SweepSample.labelled(source, source.scan(), taxonomy, rows, seed);
    }

    private void requireNoGold() {
        if (gold != null) {
            throw new ConfigurationException("which column of " + gold + " says what is right? Name it with --truth,"
                    + " which takes one of " + ColumnName.list(FileEvaluation.columns(CsvSource.of(gold))));
        }
    }

    /** Names the flag of this command if there is no such column. */
    private static CsvSource source(CsvSource source, String truth) {
        ColumnName.find(source.path(), FileEvaluation.columns(source), truth, "column", "--truth");
        return source.labelColumn(truth);
    }
}
