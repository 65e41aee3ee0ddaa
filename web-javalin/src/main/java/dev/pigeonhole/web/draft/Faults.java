package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.web.json.KnownFailures;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemType;

/** What is wrong with a trial, as it is shown in an answer that is none itself. Stateless. */
final class Faults {
    static final Problem STOPPED =
            Problem.of(ProblemType.NOT_READY, "the server was stopped; what was answered is kept, so try again");
    static final Problem UNEXPECTED =
            Problem.of(ProblemType.UNEXPECTED, "something went wrong that was not foreseen; error.log says what");

    private Faults() {}

    static Problem of(PigeonholeException e) {
        return KnownFailures.of(e)
                .orElseGet(() -> Problem.of(ProblemType.SETTING_WRONG, String.valueOf(e.getMessage())));
    }

    /** A run that has not come to its end. */
    static Problem of(Summary summary) {
        boolean key = summary.reason()
                .filter(reason -> reason == PauseReason.KEY_REJECTED)
                .isPresent();
        String message = summary.message().isEmpty() ? "the trial was stopped" : summary.message();
        return Problem.of(key ? ProblemType.KEY_MISSING : ProblemType.NOT_READY, message);
    }
}
