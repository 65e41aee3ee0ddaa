package dev.pigeonhole.core.job;

/** What adds up over all passes of a run. For the thread that runs the job. */
final class RunFigures {
    final long began = System.nanoTime();
    final long rowsBefore;
    long calls;
    long answered;
    long callNanos;
    long retries;
    long lastAnswer = System.nanoTime();

    /** @param rowsBefore rows that were done when the run began */
    RunFigures(long rowsBefore) {
        this.rowsBefore = rowsBefore;
    }
}
