package dev.pigeonhole.quality.sentinel;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The known texts, under row numbers that no row of the input has: the first one follows the last row. So a stored call tells which of
 * them it asked about. Immutable, thread-safe.
 */
final class KnownTexts {
    private final List<LabelledText> texts;
    private final long lastRow;

    KnownTexts(List<LabelledText> texts, long lastRow) {
        this.texts = List.copyOf(texts);
        this.lastRow = lastRow;
    }

    /**
     * How the known texts in a reply were answered; a failure, or no answer yet, says nothing.
     *
     * @param judged answers that say something
     * @param right of them
     */
    record Marks(int judged, int right) {
        /** One wrong answer may be the one in ten that is always wrong; two at once seldom are. */
        boolean allWrong() {
            return judged >= Riders.PAIR && right == 0;
        }
    }

    int size() {
        return texts.size();
    }

    String text(int index) {
        return texts.get(index).text();
    }

    Item item(int index) {
        return new Item(lastRow + 1 + index, text(index));
    }

    boolean isOne(long row) {
        return row > lastRow;
    }

    /** The outcomes of rows of the input. */
    SortedMap<Long, Outcome> without(SortedMap<Long, Outcome> outcomes) {
        return outcomes.headMap(lastRow + 1);
    }

    Marks judge(SortedMap<Long, Outcome> outcomes) {
        int judged = 0;
        int right = 0;
        for (Map.Entry<Long, Outcome> entry : outcomes.tailMap(lastRow + 1).entrySet()) {
            Optional<Boolean> verdict = verdict(entry.getKey(), entry.getValue());
            judged += verdict.isPresent() ? 1 : 0;
            right += verdict.orElse(false) ? 1 : 0;
        }
        return new Marks(judged, right);
    }

    private Optional<Boolean> verdict(long row, Outcome outcome) {
        long index = row - lastRow - 1;
        if (index >= texts.size()) {
            return Optional.empty();
        }
        if (outcome instanceof Outcome.Categorized answer) {
            return Optional.of(answer.category().equals(texts.get((int) index).category()));
        }
        return outcome instanceof Outcome.Unmatched ? Optional.of(false) : Optional.empty();
    }
}
