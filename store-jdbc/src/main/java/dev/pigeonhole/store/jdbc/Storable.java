package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.nio.charset.StandardCharsets;

/** Makes texts fit for UTF-8: half a surrogate pair, as a cut message may end with, becomes a question mark. Stateless. */
final class Storable {
    private Storable() {}

    static RowOutcome of(RowOutcome row) {
        Outcome fit = of(row.outcome());
        return fit == row.outcome() ? row : new RowOutcome(row.row(), fit, row.subBatch(), row.attempts());
    }

    static Outcome of(Outcome outcome) {
        if (outcome instanceof Outcome.Categorized o && !isFit(o.source())) {
            return new Outcome.Categorized(o.category(), o.confidence(), text(o.source()));
        } else if (outcome instanceof Outcome.Unmatched o && !isFit(o.source())) {
            return new Outcome.Unmatched(o.confidence(), text(o.source()));
        } else if (outcome instanceof Outcome.Failed o && !isFit(o.message())) {
            return new Outcome.Failed(o.cause(), text(o.message()));
        }
        return outcome;
    }

    static String text(String text) {
        return isFit(text) ? text : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static boolean isFit(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return StandardCharsets.UTF_8.newEncoder().canEncode(text);
            }
        }
        return true;
    }
}
