package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.quality.Evaluation;
import dev.pigeonhole.quality.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How good the answers have to be. Filled by picocli. */
final class GateFlags {
    @Option(
            names = "--min-accuracy",
            paramLabel = "X",
            description =
                    "From 0 to 1: exit with 7 unless this share of the answers is right. Compared is the share itself,"
                            + " not its lower bound; rows without an answer do not count.")
    private @Nullable Double minAccuracy;

    @Option(
            names = "--min-coverage",
            paramLabel = "X",
            description =
                    "From 0 to 1: exit with 7 unless this share of the judged rows has an answer, right or wrong.")
    private @Nullable Double minCoverage;

    /**
     * @param met whether all is as good as it was asked to be
     * @param notes for a person
     */
    record Verdict(boolean met, List<String> notes) {
        Verdict {
            notes = List.copyOf(notes);
        }
    }

    /** Before any work is done. */
    void requireShares() {
        requireShare("--min-accuracy", minAccuracy);
        requireShare("--min-coverage", minCoverage);
    }

    static void requireShare(String flag, @Nullable Double share) {
        if (share == null || (share >= 0 && share <= 1)) {
            return;
        }
        String hint = share > 1 && share <= 100 ? "; " + share + " % is " + share / 100 : "";
        throw new ConfigurationException(flag + " takes a share from 0 to 1, found " + share + hint);
    }

    Verdict judge(Evaluation evaluation) {
        List<String> notes = new ArrayList<>();
        boolean right = look(notes, evaluation.accuracy(), minAccuracy, "of the answers are right");
        boolean answered = look(notes, evaluation.coverage(), minCoverage, "of the judged rows have an answer");
        return new Verdict(right && answered, notes);
    }

    private static boolean look(List<String> notes, Proportion found, @Nullable Double asked, String what) {
        if (asked == null) {
            return true;
        }
        double value = found.value().orElse(-1);
        double low = found.wilson().map(interval -> interval.low()).orElse(0.0);
        String measured = found.of() == 0
                ? "there is nothing to measure"
                : EvaluationText.share(found) + " " + what + EvaluationText.between(found);
        String wanted = String.format(Locale.ROOT, "at least %s %% asked for", plain(asked * 100));
        if (value < asked) {
            notes.add("quality gate not met: " + measured + ", " + wanted);
        } else if (low < asked) {
            notes.add("quality gate met, but not by a safe margin: " + measured + ", " + wanted);
        }
        return value >= asked;
    }

    private static String plain(double percent) {
        return String.format(Locale.ROOT, "%.2f", percent).replaceFirst("\\.?0+$", "");
    }
}
