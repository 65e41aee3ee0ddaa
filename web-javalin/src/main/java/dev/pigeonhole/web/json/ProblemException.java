package dev.pigeonhole.web.json;

import dev.pigeonhole.core.PermanentException;

/** Ends a request with a problem. */
public final class ProblemException extends PermanentException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail(), null);
        this.problem = problem;
    }

    public ProblemException(Problem problem, Throwable cause) {
        super(problem.detail(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
