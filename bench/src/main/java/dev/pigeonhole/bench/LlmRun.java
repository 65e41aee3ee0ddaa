package dev.pigeonhole.bench;

import dev.pigeonhole.fakellm.Fault;
import dev.pigeonhole.fakellm.Stats;

/**
 * What came of one run against the fake server. Immutable.
 *
 * @param stats what the server saw
 * @param bill what the server was paid for
 * @param product what the command took
 * @param output what the output is like
 * @param load of the machine in the minute before
 * @param wallOfP1 seconds that P1 took, in the same series if it was part of it
 */
record LlmRun(
        Stats stats, FakeServer.Sums bill, CliRun product, MessyTable.Verdict output, double load, double wallOfP1) {
    /** Places in use, from the first call's arrival to the last one's. */
    double fill(int places) {
        return stats.meanInFlight() / places;
    }

    /** Of the limit, over the time from the first call's arrival to the last one's; what the bucket held at first is on top. */
    double ofRpm(long rpm) {
        return stats.admittedPerSecond() * 60 / rpm;
    }

    /** Likewise for the tokens that were billed. */
    double ofTpm(long tpm) {
        return (stats.promptTokens() + stats.answerTokens()) * 60.0 / stats.arrivalSeconds() / tpm;
    }

    long happened(Fault fault) {
        return stats.byFault().getOrDefault(fault, 0L);
    }

    double cpuMillisPerCall() {
        return (double) product.cpuMillis() / Math.max(1, stats.calls());
    }
}
