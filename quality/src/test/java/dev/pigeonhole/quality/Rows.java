package dev.pigeonhole.quality;

import dev.pigeonhole.core.checkpoint.RowStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Rows and evaluations for tests. */
final class Rows {
    private Rows() {}

    static JudgedRow answered(String truth, String answer) {
        return new JudgedRow(truth, RowStatus.CATEGORIZED, answer, OptionalDouble.empty(), "");
    }

    static JudgedRow answered(String truth, String answer, double confidence) {
        return new JudgedRow(truth, RowStatus.CATEGORIZED, answer, OptionalDouble.of(confidence), "local");
    }

    static JudgedRow unanswered(String truth, RowStatus status) {
        return new JudgedRow(truth, status, "", OptionalDouble.empty(), "");
    }

    /**
     * One row: {@code truth>answer}, {@code truth>answer@0.9} or {@code truth>!failed}.
     */
    static JudgedRow row(String text) {
        String[] parts = text.strip().split("[>@]", -1);
        if (parts[1].startsWith("!")) {
            return unanswered(parts[0], RowStatus.valueOf(parts[1].substring(1).toUpperCase(Locale.ROOT)));
        }
        return parts.length == 2
                ? answered(parts[0], parts[1])
                : answered(parts[0], parts[1], Double.parseDouble(parts[2]));
    }

    static Evaluation judge(List<String> categories, List<JudgedRow> rows) {
        Judge judge = new Judge(categories);
        rows.forEach(judge::add);
        return evaluation(judge);
    }

    static Evaluation evaluation(Judge judge) {
        return judge.evaluation(
                new Evaluation.Subject(Optional.empty(), "rows.csv", "label"), 0, Optional.empty(), Optional.empty());
    }
}
