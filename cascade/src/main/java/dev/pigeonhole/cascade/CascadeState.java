package dev.pigeonhole.cascade;

import dev.pigeonhole.core.categorize.Agreement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a cascade has decided so far. Immutable; {@link StateFile} keeps it.
 *
 * @param identity what the decisions are about: settings, rows and categories
 * @param drawn whether the drawn rows were asked about
 * @param rounds of each round that is over: rows of less confidence were asked about
 * @param verdict what is answered without asking; empty if that is not decided yet
 * @param agreement how it ended; empty if it has not
 */
record CascadeState(
        String identity, boolean drawn, List<Double> rounds, Optional<Verdict> verdict, Optional<Agreement> agreement) {
    CascadeState {
        rounds = List.copyOf(rounds);
    }

    /**
     * What is answered without asking. Immutable.
     *
     * @param threshold rows of at least this confidence; {@link #NOTHING} if none are
     * @param audits share of them that are asked about nevertheless
     * @param revision how often audits have raised the threshold
     */
    record Verdict(double threshold, double audits, int revision) {
        /** No confidence is so high. */
        static final double NOTHING = 2;

        boolean answersNothing() {
            return threshold > 1;
        }

        Verdict raised(double to) {
            return new Verdict(to, audits, revision + 1);
        }
    }

    static CascadeState begin(String identity) {
        return new CascadeState(identity, false, List.of(), Optional.empty(), Optional.empty());
    }

    CascadeState withDraw() {
        return new CascadeState(identity, true, rounds, verdict, agreement);
    }

    CascadeState withRound(double below) {
        List<Double> more = new ArrayList<>(rounds);
        more.add(below);
        return new CascadeState(identity, drawn, more, verdict, agreement);
    }

    CascadeState with(Verdict decided) {
        return new CascadeState(identity, drawn, rounds, Optional.of(decided), Optional.empty());
    }

    CascadeState withoutAgreement() {
        return new CascadeState(identity, drawn, rounds, verdict, Optional.empty());
    }

    CascadeState with(Agreement measured) {
        return new CascadeState(identity, drawn, rounds, verdict, Optional.of(measured));
    }
}
