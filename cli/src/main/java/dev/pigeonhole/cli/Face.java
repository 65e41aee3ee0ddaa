package dev.pigeonhole.cli;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.job.JobListener;
import dev.pigeonhole.core.job.Progress;
import java.util.Optional;

/** How a run is shown while it goes on. */
interface Face extends JobListener {
    /** Progress in plain words: {@code 12,431/20,000 rows  214/s}. */
    static String rows(Progress progress) {
        return Plain.number(progress.done()) + "/" + Plain.number(progress.rows()) + " rows";
    }

    /** Rows done by this run for each second of it; 0 if it is too early to say. */
    static long rowsPerSecond(Progress progress) {
        long millis = progress.elapsed().toMillis();
        return millis < 200 ? 0 : progress.doneNow() * 1000 / millis;
    }

    /** What the job has cost so far: {@code $0.42 of $5.00}; empty if its calls cost nothing. */
    static String spend(Progress progress, Optional<Money> cap) {
        return progress.bill().sent() == 0
                ? ""
                : BillText.spent(progress.bill())
                        + cap.map(most -> " of " + most).orElse("");
    }

    /** The run is over, well or not: leaves the screen ready for other lines. */
    default void end() {}

    /** A listener that shows nothing but how it ended. */
    static Face quiet() {
        return event -> {};
    }
}
