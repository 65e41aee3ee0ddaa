package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.job.JobEvent;
import dev.pigeonhole.workspace.Forecast;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What is said, and perhaps asked, before a new job spends money.
 *
 * @param quiet whether to say nothing that is not a question
 * @param json whether scripts are told too
 * @param yes whether the answer is known
 */
record BeforeSpending(Console console, boolean quiet, boolean json, boolean yes) {
    /** Less is not worth a question. */
    private static final Money SMALL = Money.dollars(BigDecimal.ONE);

    /**
     * Says what the job will cost.
     *
     * @param cap the most that it may cost, if it has a cap
     * @param face told if the cap will not do
     * @throws ConfigurationException a person was asked, and did not agree
     */
    void say(Forecast forecast, Optional<Money> cap, Face face) {
        if (json) {
            console.out().println(new Json().line(ForecastText.json(forecast)));
        }
        if (!quiet) {
            console.terminal().err().println("estimate  " + ForecastText.line(forecast));
        }
        if (cap.isPresent()
                && forecast.least()
                        .filter(least -> least.compareTo(cap.get()) > 0)
                        .isPresent()) {
            face.on(new JobEvent.Notice("--max-cost " + cap.get() + " is less than the estimate of "
                    + ForecastText.cost(forecast) + ": the job will pause there, and goes on with a higher one"));
        }
        boolean worthAQuestion = forecast.calls() > 0
                && cap.isEmpty()
                && forecast.most().filter(most -> most.compareTo(SMALL) <= 0).isEmpty();
        if (worthAQuestion && !yes && !console.agrees("no --max-cost was given; go on?")) {
            throw new ConfigurationException("not begun; nothing was sent");
        }
    }
}
