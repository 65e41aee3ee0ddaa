package dev.pigeonhole.core.categorize;

/**
 * What a cascade knows of how far its own answers are those of the categorizer that it spares. Immutable.
 *
 * @param target agreement over all rows that was asked for, from 0 to 1
 * @param local rows that were answered without asking
 * @param asked rows that were asked about, draws and audits included
 * @param compared rows that both have answered, without the one having learned from the other
 * @param agreed of these
 * @param estimate agreement over all rows, as measured: rows that were asked about agree by definition
 * @param lowerBound exact one-sided bound at 95 %: the agreement over all rows is at least this
 * @param audited of the compared ones, those drawn while the job answered by itself
 * @param auditAgreed of these
 * @param threshold confidence from which rows are answered without asking; above 1 if none is
 */
public record Agreement(
        double target,
        long local,
        long asked,
        long compared,
        long agreed,
        double estimate,
        double lowerBound,
        long audited,
        long auditAgreed,
        double threshold) {}
