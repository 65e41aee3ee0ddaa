package dev.pigeonhole.cascade;

/**
 * Which rows a cascade asks about before it decides. Immutable. All shares are of the file, by {@link Draw#place}.
 *
 * <p>Three roles are drawn: teachers, whose answers are learned from the first; judges, whose answers tell how right a classifier is that
 * has not learned from them; and all others. Then rounds: of the others, those are asked about that the classifier is least sure of; they
 * would have to be asked anyway, and what they teach is worth more than what rows drawn at random teach.
 *
 * @param teachers share of the rows that are teachers
 * @param judges share of the rows that are judges
 * @param rounds how often the least sure rows are asked about
 * @param step share of the rows that are the least sure ones of a round
 * @param part share of the rows that a round looks at, so that a large file does not teach more than can be learned
 */
record Plan(double teachers, double judges, int rounds, double step, double part) {
    private static final int LEAST_TEACHERS = 300;
    private static final int TEACHERS_PER_CATEGORY = 10;
    private static final double MOST_TEACHERS = 0.08;
    /** What more judges cost grows with their number; what they bring, a tighter bound, with the root of one part in it. */
    private static final double JUDGES_BY_ROWS = 2.4;

    private static final int LEAST_JUDGES = 300;
    private static final int MOST_JUDGES = 6_000;
    private static final int ROUNDS = 6;
    private static final double STEP = 0.03;
    private static final double MOST_OF_A_ROUND = 2_000;
    /** If more has to be asked before anything can be saved, there is too little to save. */
    private static final double MOST_DRAWN = 0.5;

    /** What suits a file, by measurements ({@code docs/performance.md}). */
    static Plan of(long rows, int categories) {
        double all = Math.max(1, rows);
        double wanted = Math.min(TEACHERS_PER_CATEGORY * (double) categories, MOST_TEACHERS * all);
        double teachers = Math.max(LEAST_TEACHERS, wanted) / all;
        double judges = Math.min(MOST_JUDGES, Math.max(LEAST_JUDGES, JUDGES_BY_ROWS * Math.cbrt(all * all))) / all;
        double part = Math.min(1, MOST_OF_A_ROUND / (STEP * all));
        return new Plan(teachers, judges, ROUNDS, STEP, part);
    }

    /** Rows that fall before this are drawn, as teachers or as judges. */
    double drawn() {
        return teachers + judges;
    }

    /** How often the judges may be looked at: before each round, and at the end. */
    int looks() {
        return rounds + 1;
    }

    /** Whether there are too few rows for a cascade. */
    boolean isHopeless() {
        return drawn() > MOST_DRAWN;
    }

    /** Whether a round looks at all rows. */
    boolean looksAtAll() {
        return part >= 1;
    }

    /** Where the part of a round begins, from 0. */
    double from(int round) {
        return looksAtAll() ? drawn() : Math.min(1, drawn() + round * part);
    }

    /** Where the part of a round ends. */
    double to(int round) {
        return looksAtAll() ? 1 : Math.min(1, drawn() + (round + 1) * part);
    }
}
