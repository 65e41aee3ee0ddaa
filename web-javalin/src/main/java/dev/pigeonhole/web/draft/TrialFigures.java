package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.job.Progress;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.web.json.Dollars;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a trial has taken so far. Immutable.
 *
 * @param meanCall zero if there was no call
 */
record TrialFigures(long done, long calls, Duration meanCall, Bill bill) {
    static final TrialFigures NONE = new TrialFigures(0, 0, Duration.ZERO, Bill.NONE);

    TrialFigures advanced(Progress progress) {
        return new TrialFigures(progress.done(), progress.calls(), progress.meanCall(), progress.bill());
    }

    TrialFigures ended(Summary summary) {
        return new TrialFigures(summary.counts().total(), summary.calls(), meanCall, summary.bill());
    }

    double secondsPerCall() {
        return meanCall.toMillis() / 1000.0;
    }

    /** Null if nobody was paid. */
    @Nullable
    Double tokensPerRow() {
        return bill.answered() == 0 ? null : Math.round(10.0 * bill.usage().total() / Math.max(1, done)) / 10.0;
    }

    /** Null if a price is not known. */
    @Nullable
    String cost() {
        return bill.unpriced() > 0 ? null : Dollars.rounded(bill.cost());
    }
}
