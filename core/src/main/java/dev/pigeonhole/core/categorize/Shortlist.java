package dev.pigeonhole.core.categorize;

/**
 * How well the candidates that were shown with items have served in one run. Immutable.
 *
 * @param answers categories that were accepted for items with candidates
 * @param among how many of them were candidates
 * @param stopped whether no more candidates are shown in this run, because too few were right
 */
public record Shortlist(long answers, long among, boolean stopped) {
    public Shortlist {
        if (among < 0 || answers < among) {
            throw new IllegalArgumentException(among + " of " + answers);
        }
    }

    /** From 0 to 1; 1 if there were no answers yet. */
    public double share() {
        return answers == 0 ? 1 : (double) among / answers;
    }
}
