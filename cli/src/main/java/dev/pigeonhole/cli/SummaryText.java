package dev.pigeonhole.cli;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.Shortlist;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.workspace.Forecast;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a run ended, in a few lines for a person. Stateless. */
final class SummaryText {
    private static final int MOST_CATEGORIES = 4;

    private SummaryText() {}

    /**
     * What the user types to go on.
     *
     * @param name what stands before the command
     * @param flags what stands behind it; empty, or with a leading space
     */
    record Program(String name, String flags) {
        String line(String command, String jobId) {
            return name + " " + command + " " + jobId + flags;
        }
    }

    /** @param forecast what the job was expected to cost, if that was said */
    static String of(Summary summary, Terminal terminal, Program program, Optional<Forecast> forecast) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(summary, terminal));
        lines.add("  rows      " + Plain.number(summary.rows()) + " = " + addition(summary));
        if (!summary.tally().byCategory().isEmpty()) {
            lines.add("  top       " + top(summary));
        }
        if (!summary.tally().byCause().isEmpty()) {
            lines.add("  failed    " + causes(summary.tally().byCause()));
        }
        if (summary.calls() > 0) {
            lines.add("  calls     " + Plain.number(summary.calls()) + " in this run"
                    + (summary.retries() == 0 ? "" : ", " + Plain.number(summary.retries()) + " made again"));
        }
        if (summary.bill().sent() > 0) {
            lines.add("  cost      "
                    + BillText.line(summary.bill(), forecast, summary.state().isFinished()));
            BillText.unanswered(
                            summary.bill(), summary.directory(), summary.state().isFinished())
                    .ifPresent(note -> lines.add("  note      " + note));
        }
        summary.shortlist().ifPresent(shortlist -> lines.add("  hints     " + hints(shortlist)));
        summary.agreement().ifPresent(agreement -> {
            lines.add("  cascade   " + CascadeText.saved(agreement, summary.bill()));
            lines.add("  agreement " + CascadeText.measured(agreement));
        });
        summary.sentinels().ifPresent(sentinels -> lines.add("  sentinels " + SentinelText.line(sentinels)));
        lines.add("  batches   " + Plain.count(summary.batches(), "file", "files") + " in "
                + Plain.text(summary.directory().resolve("batches").toString()));
        summary.output()
                .ifPresent(path -> lines.add("  output    " + Plain.text(path.toString()) + " ("
                        + Plain.count(summary.rows(), "row", "rows") + ", original columns + 4)"));
        if (summary.counts().failed() > 0) {
            summary.errors().ifPresent(path -> lines.add("  errors    " + Plain.text(path.toString())));
        }
        next(summary, program).ifPresent(text -> lines.add("  next      " + text));
        return String.join(System.lineSeparator(), lines);
    }

    private static String headline(Summary summary, Terminal terminal) {
        String time = Plain.duration(summary.elapsed());
        String message = summary.message().isEmpty() ? "" : ": " + Plain.text(summary.message());
        return switch (summary.state()) {
            case COMPLETED -> terminal.green("✔ Finished") + " in " + time + message;
            case COMPLETED_WITH_FAILURES ->
                terminal.yellow("▲ Finished") + " with "
                        + Plain.count(summary.counts().failed(), "failed row", "failed rows") + " in " + time + message;
            case PAUSED ->
                terminal.yellow("‖ Paused") + " after " + time
                        + summary.reason().map(r -> " (" + r.text() + ")").orElse("") + message;
            case RUNNING, FAILED, INTERRUPTED -> terminal.red("✘ Stopped") + " after " + time + message;
        };
    }

    private static String hints(Shortlist shortlist) {
        if (shortlist.answers() == 0) {
            return "shown, and no answer yet to compare them with";
        }
        return Plain.number(shortlist.among()) + " of " + Plain.count(shortlist.answers(), "answer", "answers")
                + " in this run were among them (" + (int) (100 * shortlist.share()) + "%)"
                + (shortlist.stopped() ? "; too few, so they were stopped" : "");
    }

    private static String addition(Summary summary) {
        Counts counts = summary.counts();
        String sum = Plain.number(counts.categorized()) + " categorized + " + Plain.number(counts.unmatched())
                + " unmatched + " + Plain.number(counts.failed()) + " failed + " + Plain.number(counts.skipped())
                + " without text";
        return summary.left() == 0 ? sum : sum + " + " + Plain.number(summary.left()) + " to do";
    }

    private static String top(Summary summary) {
        List<Map.Entry<String, Long>> all = summary.tally().byCategory().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .toList();
        String most = all.stream()
                .limit(MOST_CATEGORIES)
                .map(e -> Plain.text(e.getKey()) + " " + Plain.number(e.getValue()) + " ("
                        + Math.round(100.0 * e.getValue() / summary.rows()) + "%)")
                .collect(Collectors.joining(" · "));
        return all.size() <= MOST_CATEGORIES ? most : most + " · " + (all.size() - MOST_CATEGORIES) + " more";
    }

    private static String causes(Map<FailureCause, Long> byCause) {
        return byCause.entrySet().stream()
                .map(e -> Plain.number(e.getValue()) + " " + e.getKey().text())
                .collect(Collectors.joining(" · "));
    }

    private static Optional<String> next(Summary summary, Program program) {
        return switch (summary.state()) {
            case COMPLETED_WITH_FAILURES ->
                summary.tally().byCause().keySet().stream().anyMatch(FailureCause::canAskAgain)
                        ? Optional.of(program.line("retry-failed", summary.jobId()))
                        : Optional.empty();
            case PAUSED, FAILED, INTERRUPTED -> Optional.of(program.line("resume", summary.jobId() + more(summary)));
            case COMPLETED, RUNNING -> Optional.empty();
        };
    }

    /** A job that has spent all it may goes on only if it may spend more. */
    private static String more(Summary summary) {
        return summary.reason().filter(reason -> reason == PauseReason.BUDGET).isPresent() ? " --max-cost …" : "";
    }
}
