package dev.pigeonhole.cascade;

import dev.pigeonhole.core.categorize.Agreement;
import dev.pigeonhole.quality.Proportion;

/**
 * Turns counts into decisions. Immutable.
 *
 * @param looks how often the judges may be asked at most; each look has its part of the chance of error
 * @param rows rows of the file
 * @param drawnRows rows that were drawn, as teachers or judges
 * @param teacherRows of these
 * @param answerable share of the drawn rows that have got an answer: not those without a text, nor failed ones
 */
record Measure(CascadeSettings settings, int looks, long rows, long drawnRows, long teacherRows, double answerable) {
    private static final double LEVEL = 0.95;

    /** What can be answered without asking, as far as the judges can tell. */
    CascadeState.Verdict verdict(Sample judges) {
        long most =
                Bound.mostWrong(population(teacherRows, judges), judges.rows(), allowed(), settings.delta() / looks);
        double threshold = judges.threshold(most);
        double share = judges.rows() == 0 ? 0 : (double) judges.from(threshold).of() / judges.rows();
        double expected = share * (rows - drawnRows);
        if (expected <= settings.leastAudits()) {
            return new CascadeState.Verdict(CascadeState.Verdict.NOTHING, 1, 0);
        }
        double audits = Math.max(settings.auditShare(), settings.leastAudits() / expected);
        return new CascadeState.Verdict(threshold, Math.min(audits, settings.mostAudits() / expected), 0);
    }

    /**
     * Whether the audits alone contradict the judges: with so many wrong ones among them, it is all but impossible that the target is
     * met.
     */
    boolean isBroken(CascadeState.Verdict verdict, Census census) {
        Proportion right = census.audits().from(verdict.threshold());
        if (right.of() == 0 || census.answered() == 0) {
            return false;
        }
        double wrong = new Proportion(right.of() - right.count(), right.of()).lowerBound(LEVEL);
        return wrong * census.local() / census.answered() > 1 - settings.target();
    }

    /** The verdict by the audits alone. */
    CascadeState.Verdict corrected(CascadeState.Verdict broken, Census census) {
        Sample audits = census.audits();
        long most = Bound.mostWrong(population(drawnRows, audits), audits.rows(), allowed(), settings.delta());
        return broken.raised(Math.max(Math.nextUp(broken.threshold()), audits.threshold(most)));
    }

    Agreement agreement(CascadeState.Verdict verdict, Census census, Sample judges) {
        Sample audits = census.audits();
        Proportion audited = audits.from(verdict.threshold());
        boolean corrected = verdict.revision() > 0; // The judges were wrong then.
        Sample all = corrected ? audits : judges.plus(audits);
        Proportion compared = all.from(verdict.threshold());
        // Of rows that were drawn together the bound knows nothing; judges are drawn one by one.
        Sample bounding = census.repeats() && !corrected ? judges : all;
        double local = census.answered() == 0 ? 0 : (double) census.local() / census.answered();
        double right = compared.value().orElse(0);
        return new Agreement(
                settings.target(),
                census.local(),
                census.asked(),
                compared.of(),
                compared.count(),
                1 - local * (1 - right),
                lowerBound(census, bounding, bounding.from(verdict.threshold()), corrected ? drawnRows : teacherRows),
                audited.of(),
                audited.count(),
                verdict.threshold());
    }

    private double lowerBound(Census census, Sample sample, Proportion compared, long before) {
        if (census.local() == 0) {
            return 1;
        }
        long wrong = compared.of() - compared.count();
        long most = Bound.mostOutside(population(before, sample), sample.rows(), wrong, 1 - LEVEL);
        return 1 - (double) Math.min(most, census.local()) / census.answered();
    }

    /** @param before drawn rows that the sample was not drawn from */
    private long population(long before, Sample sample) {
        return Math.max(sample.rows(), Math.round((rows - before) * answerable));
    }

    private long allowed() {
        return (long) Math.floor((1 - settings.target()) * rows * answerable);
    }
}
