package dev.pigeonhole.llm;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Shortlist;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Compares what the model answers with the candidates that it was shown. If too few answers are among them, it says so once, and
 * stops them for the rest of the run unless the user has asked for them. Thread-safe.
 */
final class HintWatch {
    /** Before that, chance decides. */
    static final int LEAST_ANSWERS = 200;
    /** In hundredths. */
    static final int LEAST_PERCENT = 80;

    private final Hints hints;
    private final List<String> warnings = new ArrayList<>();
    private long answers;
    private long among;
    private boolean warned;

    HintWatch(Hints hints) {
        this.hints = hints;
    }

    /** The candidates to be shown with each record now; all empty if none are. */
    List<List<String>> candidates(List<RecordText> records) {
        return isStopped() ? Hints.none(records.size()) : hints.of(records);
    }

    /**
     * Counts the answers to records that had candidates. That no category fits says nothing about these.
     *
     * @param shown candidates by position
     * @param settled accepted answers by position
     */
    synchronized void accepted(List<List<String>> shown, Map<Integer, Outcome> settled) {
        settled.forEach((position, outcome) -> {
            List<String> candidates = shown.get(position);
            if (outcome instanceof Outcome.Categorized categorized && !candidates.isEmpty()) {
                answers++;
                among += candidates.contains(categorized.category()) ? 1 : 0;
            }
        });
        if (!warned && answers >= LEAST_ANSWERS && among * 100 < answers * LEAST_PERCENT) {
            warned = true;
            warnings.add(warning());
        }
    }

    private String warning() {
        return String.format(
                Locale.ROOT,
                "the shortlist misses too often: of %d answers only %d (%d%%) were among the %d categories shown as hints;"
                        + " %s. Leave the hints out (hints=off, on the command line --hints off), or give the categories"
                        + " examples, which make them better",
                answers,
                among,
                among * 100 / answers,
                Hints.MOST,
                hints.mayStop() ? "no more are shown in this run" : "they may mislead the model");
    }

    private synchronized boolean isStopped() {
        return warned && hints.mayStop();
    }

    /** What has come up since this was called last. */
    synchronized List<String> warnings() {
        List<String> news = List.copyOf(warnings);
        warnings.clear();
        return news;
    }

    /** Empty if no candidates are shown at all. */
    synchronized Optional<Shortlist> figures() {
        return hints.areOn() ? Optional.of(new Shortlist(answers, among, warned && hints.mayStop())) : Optional.empty();
    }
}
