package dev.pigeonhole.fakellm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides which call is hit by which fault, and counts. Thread-safe. */
final class Faults {
    private final List<Armed> rules = new ArrayList<>();
    private final Map<Fault, Long> happened = new EnumMap<>(Fault.class);

    Faults(List<FaultRule> rules) {
        replace(rules);
    }

    /** Other rules from now on; what happened stays counted. */
    synchronized void replace(List<FaultRule> others) {
        rules.clear();
        others.forEach(rule -> rules.add(new Armed(rule)));
    }

    synchronized void forget() {
        happened.clear();
        rules.replaceAll(armed -> new Armed(armed.rule));
    }

    /**
     * The fault of a call. One throw of the dice is shared out among the rules that suit, so that each has its own probability as
     * long as their sum is at most 1; otherwise the first ones have it.
     *
     * @param where the call belongs
     * @param call its number there
     * @param chance the throw, 0 (included) to 1 (excluded)
     */
    synchronized Optional<FaultRule> next(
            FaultRule.Where where, long call, Duration sinceFirst, String userText, double chance) {
        double passed = 0;
        for (Armed armed : rules) {
            if (armed.left > 0 && armed.rule.where() == where && armed.rule.suits(call, sinceFirst, userText)) {
                passed += armed.rule.probability();
                if (chance < passed) {
                    armed.left--;
                    happened.merge(armed.rule.fault(), 1L, Long::sum);
                    return Optional.of(armed.rule);
                }
            }
        }
        return Optional.empty();
    }

    synchronized Map<Fault, Long> happened() {
        return new EnumMap<>(happened);
    }

    /** A rule and how often it may still happen. */
    private static final class Armed {
        private final FaultRule rule;
        private long left;

        private Armed(FaultRule rule) {
            this.rule = rule;
            this.left = rule.atMost();
        }
    }
}
